package dev.quarterdeck.accounts;

import dev.quarterdeck.events.EventFactory;
import dev.quarterdeck.store.NewEvent;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What this slice tells of: who registered, came, left, failed or was changed. Events of one user
/// keep their order.
final class AccountEvents {
  static final String TOPIC = "user";

  /// The key of failures under names that do not exist.
  private static final String NOBODY = "unknown";

  private static final int USER_AGENT_MAX = 300;

  private final EventFactory factory;

  AccountEvents(EventFactory factory) {
    this.factory = factory;
  }

  NewEvent registered(User user) {
    return event(
        "user_registered",
        Optional.of(user),
        of(user).put("username", user.username()).put("email", user.email()));
  }

  NewEvent loggedIn(User user, InetAddress address, Optional<String> userAgent) {
    ObjectNode payload =
        of(user).put("login_method", "password").put("ip_address", address.getHostAddress());
    userAgent.ifPresent(text -> payload.put("user_agent", shortened(text)));
    return event("user_logged_in", Optional.of(user), payload);
  }

  NewEvent loggedOut(User user) {
    return event("user_logged_out", Optional.of(user), of(user).put("logout_reason", "logout"));
  }

  /// @param user the one whose name was given; empty for a name that does not exist, which is not
  ///   told, as it may be a password typed into the wrong field
  NewEvent failed(Optional<User> user, String reason, InetAddress address) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("reason", reason)
            .put("ip_address", address.getHostAddress());
    user.ifPresent(known -> payload.put("username", known.username()));
    return event("auth_failed", user, payload);
  }

  NewEvent updated(User user, List<String> fields, String by) {
    ObjectNode payload = of(user).put("updated_by", by);
    fields.forEach(payload.putArray("updated_fields")::add);
    return event("user_updated", Optional.of(user), payload);
  }

  private NewEvent event(String type, Optional<User> user, ObjectNode payload) {
    Optional<String> id = user.map(User::id);
    return factory.event(type, id.orElse(NOBODY), id, payload).toEvent(TOPIC);
  }

  private static ObjectNode of(User user) {
    return JsonNodeFactory.instance.objectNode().put("user_id", user.id());
  }

  private static String shortened(String text) {
    return text.length() <= USER_AGENT_MAX ? text : text.substring(0, USER_AGENT_MAX);
  }
}
