package dev.quarterdeck.accounts;

import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Spelled;
import java.time.Duration;
import java.util.Optional;

/// Logins, tokens and passwords.
public record AccountSettings(
    @Setting(
            value = "Signs JWTs and CSRF tokens.",
            profiles =
                @ProfileDefault(
                    in = {"development", "test"},
                    value = AccountSettings.DEVELOPMENT_SECRET_KEY),
            minLength = 32)
        Secret<String> secretKey,
    @Setting(
            value = "The key before the present one, still accepted for verification.",
            minLength = 32)
        Optional<Secret<String>> secretKeyPrevious,
    @Setting(value = "Algorithm that signs JWTs.", fallback = "HS256") Algorithm algorithm,
    @Setting(
            value = "Life of a login: the token's exp and the cookie's max-age.",
            fallback = "1440",
            unit = "min",
            min = "1min")
        Duration accessTokenExpireMinutes,
    @Setting(
            value = "Cost of password hashes; a login hashes anew when it was lower.",
            fallback = "12",
            profiles = @ProfileDefault(in = "test", value = "4"),
            min = "4",
            max = "31")
        int bcryptRounds,
    @Setting(
            value = "Whether anybody may register.",
            fallback = "true",
            profiles = @ProfileDefault(in = "production", value = "false"))
        boolean registrationEnabled) {

  /// The public key of development, refused in production.
  public static final String DEVELOPMENT_SECRET_KEY = "CHANGE_ME_min_32_chars_long_!!!!";

  /// The algorithms that are offered; `none` and public-key algorithms are not.
  public enum Algorithm {
    @Spelled("HS256")
    HS256,
    @Spelled("HS384")
    HS384,
    @Spelled("HS512")
    HS512
  }
}
