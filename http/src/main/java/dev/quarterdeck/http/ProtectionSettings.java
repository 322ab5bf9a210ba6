package dev.quarterdeck.http;

import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.units.Cidr;
import dev.quarterdeck.settings.units.RateLimits;
import java.util.List;

/// What protects the server from its callers, and its callers from other sites.
public record ProtectionSettings(
    @Setting(
            value = "Limit of each user's (else each client address's) calls of /api.",
            fallback = "100/minute")
        RateLimits rateLimits,
    @Setting(
            value = "Whether the rate limit is enforced.",
            fallback = "true",
            profiles = @ProfileDefault(in = "test", value = "false"))
        boolean rateLimitEnabled,
    @Setting(
            value =
                "Origins of other sites whose pages may call the API with the user's credentials.",
            fallback = "")
        List<String> corsOrigins,
    @Setting(
            value = "Blocks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
            fallback = "")
        List<Cidr> trustedProxies,
    @Setting(
            value = "Whether cookies carry the Secure flag.",
            fallback = "false",
            profiles = @ProfileDefault(in = "production", value = "true"))
        boolean secureCookies) {}
