package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserRoutesTest {
  private static final String USERS = "/admin/users/";

  @TempDir Path dataDir;
  private TestApp app;
  private Client admin;
  private String user;

  @BeforeEach
  void start() {
    app = TestApp.in(dataDir);
    admin = app.login("admin", "admin123");
    user = app.login("user", "user123").get("/auth/me").text("user_id");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void listsUsersByPageSearchAndRole() {
    for (String name : List.of("anna", "berta", "carla")) {
      app.client().register(name, name + "@example.org", "long enough");
    }

    Reply page = admin.get(USERS + "?limit=2&offset=1");
    Reply found = admin.get(USERS + "?search=ERT");
    Reply byAddress = admin.get(USERS + "?search=example.org");
    Reply admins = admin.get(USERS + "?role=admin");

    assertThat(page.json().get("total").intValue()).isEqualTo(5);
    assertThat(page.json().at("/users/0/username").asString()).isEqualTo("anna");
    assertThat(page.json().get("users")).hasSize(2);
    assertThat(found.json().at("/users/0/username").asString()).isEqualTo("berta");
    assertThat(found.json().get("total").intValue()).isEqualTo(1);
    assertThat(byAddress.json().get("total").intValue()).isEqualTo(3);
    assertThat(admins.json().get("total").intValue()).isEqualTo(1);
    assertThat(page.body()).doesNotContain("$2a$");
  }

  @Test
  void refusesBadPagesAndRoles() {
    assertThat(admin.get(USERS + "?limit=0").status()).isEqualTo(422);
    assertThat(admin.get(USERS + "?limit=x").status()).isEqualTo(422);
    assertThat(admin.get(USERS + "?offset=-1").status()).isEqualTo(422);
    assertThat(admin.get(USERS + "?role=king").status()).isEqualTo(422);
  }

  @Test
  void isForAdministratorsOnly() {
    Client other = app.login("user", "user123");

    for (Reply reply :
        List.of(
            other.get(USERS),
            other.get(USERS + user),
            other.post(USERS, "{}"),
            other.put(USERS + user, "{\"role\": \"admin\"}"),
            other.post(USERS + user + "/unlock", ""),
            other.post(USERS + user + "/reset-password", "{}"))) {
      assertThat(reply.status()).isEqualTo(403);
    }
    assertThat(app.client().get(USERS).status()).isEqualTo(401);
  }

  @Test
  void makesUsersWithARole() {
    Reply made =
        admin.post(
            USERS,
            """
            {"username": "root2", "email": "root2@example.com", "password": "long enough",
             "role": "admin"}
            """);
    Reply idle =
        admin.post(
            USERS,
            """
            {"username": "idle", "email": "idle@example.com", "password": "long enough",
             "is_active": false}
            """);
    Reply king =
        admin.post(
            USERS,
            """
            {"username": "king", "email": "king@example.com", "password": "long enough",
             "role": "king"}
            """);

    assertThat(made.status()).isEqualTo(200);
    assertThat(app.login("root2", "long enough").get(USERS).status()).isEqualTo(200);
    assertThat(idle.json().get("is_active").booleanValue()).isFalse();
    assertThat(app.client().login("idle", "long enough").code()).isEqualTo("account_disabled");
    assertThat(king.status()).isEqualTo(422);
  }

  @Test
  void changesNameAddressAndPassword() {
    Reply changed =
        admin.put(USERS + user, "{\"username\": \"usher\", \"email\": \"usher@example.com\"}");
    Reply taken = admin.put(USERS + user, "{\"username\": \"ADMIN\"}");
    Reply bad = admin.put(USERS + user, "{\"email\": \"none\", \"password\": \"short\"}");
    Reply wrongType = admin.put(USERS + user, "{\"is_active\": \"no\", \"role\": 3}");
    Reply nothing = admin.put(USERS + user, "{\"role\": null}");

    assertThat(changed.text("username")).isEqualTo("usher");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(bad.json().get("detail")).hasSize(2);
    assertThat(wrongType.json().get("detail")).hasSize(2);
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(app.login("usher", "user123").get("/auth/me").text("user_id")).isEqualTo(user);
    assertThat(app.journalText()).contains("\"updated_fields\":[\"username\",\"email\"]");
  }

  @Test
  void resetsAPasswordAndEndsSessions() {
    Client old = app.login("user", "user123");

    Reply reset =
        admin.post(USERS + user + "/reset-password", "{\"new_password\": \"another password\"}");

    assertThat(reset.status()).isEqualTo(200);
    assertThat(old.get("/auth/me").code()).isEqualTo("token_revoked");
    assertThat(app.client().login("user", "another password").status()).isEqualTo(200);
    assertThat(
            admin.post(USERS + user + "/reset-password", "{\"new_password\": \"short\"}").status())
        .isEqualTo(422);
  }

  @Test
  void keepsOneAdministrator() {
    String self = admin.get("/auth/me").text("user_id");

    Reply role = admin.put(USERS + self, "{\"role\": \"user\"}");
    Reply status = admin.put(USERS + self, "{\"is_active\": false}");

    assertThat(role.status()).isEqualTo(400);
    assertThat(role.text("detail"))
        .isEqualTo(
            "Your own role and status cannot be changed by yourself; another administrator can");
    assertThat(status.status()).isEqualTo(400);
    assertThat(admin.get(USERS).status()).isEqualTo(200);
  }

  @Test
  void tellsOfUsersThatDoNotExist() {
    for (Reply reply :
        List.of(
            admin.get(USERS + "nobody"),
            admin.put(USERS + "nobody", "{}"),
            admin.post(USERS + "nobody/unlock", ""),
            admin.post(USERS + "nobody/reset-password", "{\"new_password\": \"long enough\"}"))) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text("detail")).isEqualTo("User not found");
    }
  }
}
