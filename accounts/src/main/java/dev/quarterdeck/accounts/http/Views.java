package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.Role;
import dev.quarterdeck.accounts.UserProfile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The JSON of this slice's answers, as the OpenAPI document has them.
final class Views {
  private Views() {}

  static UserResponse user(UserProfile user) {
    return new UserResponse(
        user.username(),
        user.email(),
        user.role().label(),
        user.active(),
        user.id(),
        user.role() == Role.ADMIN,
        user.createdAt(),
        user.updatedAt(),
        null,
        null,
        null);
  }

  /// A user. The last three are null: nobody has limits of its own.
  record UserResponse(
      String username,
      String email,
      String role,
      boolean isActive,
      String userId,
      boolean isSuperuser,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Boolean bypassRateLimit,
      @Nullable Double globalMultiplier,
      @Nullable Boolean hasCustomLimits) {}

  /// A sentence for the user.
  record MessageResponse(String message) {}

  /// A good login; `access_token` is for those who send it as Bearer instead of the cookie.
  record LoginResponse(
      String message,
      String username,
      String role,
      String csrfToken,
      String accessToken,
      String tokenType,
      long expiresIn) {}
}
