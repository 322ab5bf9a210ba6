package dev.quarterdeck.accounts;

/// Which service an event comes from.
///
/// @param environment the profile
public record EventOrigin(String serviceName, String serviceVersion, String environment) {}
