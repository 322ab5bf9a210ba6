package dev.quarterdeck.accounts;

import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.NewEvent;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this slice tells of: who registered, came, left, failed or was changed. Events of one user
/// keep their order.
final class AccountEvents {
  static final String TOPIC = "user";

  private final EventOrigin origin;
  private final Ids ids;
  private final InstantSource clock;

  AccountEvents(EventOrigin origin, Ids ids, InstantSource clock) {
    this.origin = origin;
    this.ids = ids;
    this.clock = clock;
  }

  NewEvent registered(User user) {
    return event(
        "user_registered",
        user.id(),
        fields("user_id", user.id(), "username", user.username(), "email", user.email()));
  }

  NewEvent loggedIn(User user, InetAddress address, Optional<String> userAgent) {
    return event(
        "user_logged_in",
        user.id(),
        fields(
            "user_id",
            user.id(),
            "login_method",
            "password",
            "ip_address",
            address.getHostAddress(),
            "user_agent",
            userAgent.map(AccountEvents::shortened).orElse(null)));
  }

  NewEvent loggedOut(User user) {
    return event(
        "user_logged_out", user.id(), fields("user_id", user.id(), "logout_reason", "logout"));
  }

  /// @param user the one whose name was given; empty for a name that does not exist, which is not
  ///   told, as it may be a password typed into the wrong field
  NewEvent failed(Optional<User> user, String reason, InetAddress address) {
    return event(
        "auth_failed",
        user.map(User::id).orElse("unknown"),
        fields(
            "username",
            user.map(User::username).orElse(null),
            "reason",
            reason,
            "ip_address",
            address.getHostAddress()));
  }

  NewEvent updated(User user, List<String> fields, String by) {
    return event(
        "user_updated",
        user.id(),
        fields("user_id", user.id(), "updated_fields", fields, "updated_by", by));
  }

  private NewEvent event(String type, String userId, Map<String, Object> payload) {
    String id = ids.next();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event_id", id);
    body.put("event_type", type);
    body.put("event_version", "1.0");
    body.put("timestamp", clock.instant());
    body.put("aggregate_id", userId);
    body.put(
        "metadata",
        fields(
            "service_name",
            origin.serviceName(),
            "service_version",
            origin.serviceVersion(),
            "user_id",
            userId,
            "environment",
            origin.environment()));
    body.putAll(payload);
    return new NewEvent(id, TOPIC, userId, type, Json.write(body));
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300);
  }

  private static Map<String, Object> fields(@Nullable Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        fields.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return fields;
  }
}
