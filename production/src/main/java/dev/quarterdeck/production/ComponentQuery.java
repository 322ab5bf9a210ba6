package dev.quarterdeck.production;

import org.jspecify.annotations.Nullable;

/// A component as a request names it.
///
/// @param type may be null when the name carries it: `ApexClass.Foo`
/// @param name with or without the type as prefix
public record ComponentQuery(@Nullable String type, String name) {}
