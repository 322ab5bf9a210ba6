package dev.quarterdeck.settings;

/// One definition of a setting. Holds no secret: what is secret shows as `<secret>`.
///
/// @param key the setting's path
/// @param layer the layer
/// @param place the place
/// @param shown the value as it is written there, redacted
public record Definition(String key, Layer layer, Place place, String shown) {}
