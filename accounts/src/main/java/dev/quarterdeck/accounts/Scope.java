package dev.quarterdeck.accounts;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an API token may do: a closed list. A session may do everything that its user may.
public enum Scope {
  /// Read executions, their results, events and live output.
  EXECUTIONS_READ("executions:read"),
  /// Submit, cancel, retry and delete executions.
  EXECUTIONS_WRITE("executions:write"),
  /// Read bookmarks, tags and collections; also through linkding's API.
  BOOKMARKS_READ("bookmarks:read"),
  /// Make, change and delete bookmarks, tags and collections; also through linkding's API.
  BOOKMARKS_WRITE("bookmarks:write"),
  /// Ask for production state.
  PRODUCTION_READ("production:read"),
  /// Act as administrator, for as long as the user is one.
  ADMIN("admin");

  private final String label;

  Scope(String label) {
    this.label = label;
  }

  /// The name in JSON and in [dev.quarterdeck.http.Principal#allows].
  public String label() {
    return label;
  }

  /// The scope with this name.
  public static Optional<Scope> of(String label) {
    return Arrays.stream(values()).filter(scope -> scope.label.equals(label)).findFirst();
  }

  /// All names, for messages.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Scope::label).toList();
  }
}
