package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.Role;
import dev.quarterdeck.accounts.UserAdministration;
import dev.quarterdeck.accounts.UserAdministration.UserChange;
import dev.quarterdeck.accounts.UserProfile;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.Problem.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Users, for administrators. Whatever gives somebody a password or a role needs a session, so that
/// a leaked API token cannot make itself at home.
final class UserRoutes {
  private static final String BASE = "/api/v1/admin/users/";
  private static final String ONE = BASE + "{user_id}";
  private static final int TEXT_MAX = 4_096;
  private static final int LIST_MAX = 1_000;
  private static final int LIST_DEFAULT = 100;
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::label).toList();

  private final UserAdministration users;

  UserRoutes(UserAdministration users) {
    this.users = users;
  }

  List<Route> routes() {
    return List.of(
        route(Method.GET, BASE, "Lists users.", this::list).schemas("", "UserListResponse"),
        route(Method.POST, BASE, "Makes a user with any role.", this::create)
            .schemas("UserCreate", "UserResponse"),
        route(Method.GET, ONE, "Tells of a user.", this::get).schemas("", "UserResponse"),
        route(
                Method.PUT,
                ONE,
                "Changes a user; another role, status or password ends its sessions and tokens.",
                this::update)
            .schemas("UserUpdate", "UserResponse"),
        route(
                Method.POST,
                ONE + "/reset-password",
                "Sets a user's password and ends its sessions and tokens.",
                this::resetPassword)
            .schemas("PasswordResetRequest", "MessageResponse"),
        route(Method.POST, ONE + "/unlock", "Ends a user's lock-outs.", this::unlock)
            .schemas("", "UnlockResponse"));
  }

  private static Route route(Method method, String pattern, String summary, Route.Handler handler) {
    return Route.of(method, pattern, summary, handler).access(Access.ADMIN);
  }

  private Response list(Request request) {
    int limit = request.queryInt("limit", LIST_DEFAULT, 1, LIST_MAX);
    int offset = request.queryInt("offset", 0, 0, Integer.MAX_VALUE);
    Optional<Role> role = request.query("role").map(UserRoutes::role);
    List<UserProfile> all = users.list(request.query("search"), role);
    return Response.json(
        new ListView(
            all.stream().skip(offset).limit(limit).map(Views::user).toList(),
            all.size(),
            offset,
            limit));
  }

  private Response create(Request request) throws Exception {
    SessionOnly.check(request);
    BodyFields fields = BodyFields.of(request);
    String username = fields.string("username", 0, TEXT_MAX);
    String email = fields.string("email", 0, TEXT_MAX);
    String password = fields.string("password", 0, TEXT_MAX);
    String role = fields.choice("role", ROLES, Role.USER.label());
    boolean active = fields.bool("is_active", true);
    fields.check();
    return Response.json(
        Views.user(
            request.waiting(() -> users.create(username, email, password, role(role), active))));
  }

  private Response get(Request request) {
    return Response.json(Views.user(users.get(request.pathValue("user_id"))));
  }

  private Response update(Request request) throws Exception {
    SessionOnly.check(request);
    BodyFields fields = BodyFields.of(request);
    UserChange change =
        new UserChange(
            fields.optionalString("username", TEXT_MAX),
            fields.optionalString("email", TEXT_MAX),
            fields.has("role")
                ? Role.of(fields.choice("role", ROLES, Role.USER.label()))
                : Optional.empty(),
            fields.has("is_active")
                ? Optional.of(fields.bool("is_active", true))
                : Optional.empty(),
            fields.optionalString("password", TEXT_MAX));
    fields.check();
    return change(request, change);
  }

  private Response resetPassword(Request request) throws Exception {
    SessionOnly.check(request);
    BodyFields fields = BodyFields.of(request);
    String password = fields.string("new_password", 0, TEXT_MAX);
    fields.check();
    change(request, UserChange.ofPassword(password));
    return Response.json(
        new Views.MessageResponse("Password reset; the user's sessions and API tokens ended"));
  }

  private Response change(Request request, UserChange change) throws Exception {
    String id = request.pathValue("user_id");
    String by = request.principal().userId();
    return Response.json(Views.user(request.waiting(() -> users.update(id, change, by))));
  }

  private Response unlock(Request request) {
    String id = request.pathValue("user_id");
    boolean locked = users.unlock(id);
    return Response.json(
        new UnlockView(id, locked ? "Account unlocked" : "The account was not locked"));
  }

  private static Role role(String label) {
    return Role.of(label)
        .orElseThrow(
            () ->
                new Problem.Invalid(
                        "query_invalid",
                        "role: unknown (expected: one of " + ROLES + ")",
                        List.of(
                            new Violation(
                                List.of("query", "role"),
                                "Input should be one of " + ROLES,
                                "enum")))
                    .raise());
  }

  record ListView(List<Views.UserResponse> users, int total, int offset, int limit) {}

  record UnlockView(String userId, String message) {}
}
