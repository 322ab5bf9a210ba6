package dev.quarterdeck.accounts;

import java.time.Instant;

/// What others may see of a user; never the password hash.
public record UserProfile(
    String id,
    String username,
    String email,
    Role role,
    boolean active,
    Instant createdAt,
    Instant updatedAt) {}
