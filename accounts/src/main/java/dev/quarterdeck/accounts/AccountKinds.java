package dev.quarterdeck.accounts;

import dev.quarterdeck.store.Kind;
import java.util.List;

/// The kinds of documents that this slice stores.
public final class AccountKinds {
  static final String AREA = "main";

  static final Kind USER =
      new Kind(
          AREA,
          "user",
          List.of(
              Kind.unique("username_key"),
              Kind.unique("email_key"),
              Kind.text("role"),
              Kind.integer("created_at")));

  static final Kind API_TOKEN =
      new Kind(
          AREA,
          "api_token",
          List.of(Kind.unique("secret_hash"), Kind.text("user"), Kind.integer("created_at")));

  static final Kind REVOKED_SESSION =
      new Kind(AREA, "revoked_session", List.of(Kind.integer("expires_at")));

  static final Kind LOGIN_FAILURES =
      new Kind(AREA, "login_failures", List.of(Kind.text("name_hash"), Kind.integer("expires_at")));

  /// All of them; the store is opened with these.
  public static final List<Kind> ALL = List.of(USER, API_TOKEN, REVOKED_SESSION, LOGIN_FAILURES);

  private AccountKinds() {}
}
