package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.AccountsSlice;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The rows that this slice adds to the route table.
public final class AccountRoutes {
  /// No body here is larger than a name, an address and two passwords.
  static final long BODY_LIMIT = 16_384;

  private AccountRoutes() {}

  /// All of them.
  public static List<Route> of(AccountsSlice slice) {
    return Stream.of(
            new SessionRoutes(slice).routes(),
            new ApiTokenRoutes(slice.apiTokens(), slice.clock()).routes(),
            new UserRoutes(slice.administration()).routes())
        .flatMap(List::stream)
        .map(route -> route.bodyLimit(BODY_LIMIT))
        .toList();
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(AccountRoutes.class, "schemas.json");
  }
}
