package dev.quarterdeck.accounts;

import java.net.InetAddress;
import java.util.Optional;

/// Where an attempt to log in comes from.
public record Caller(InetAddress address, Optional<String> userAgent) {}
