package dev.quarterdeck.server.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient.Answer;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes of many bookmarks over real HTTP.
class BulkApiTest {
  private TestServer server;
  private Caller user;
  private Caller admin;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start();
    user = Caller.user(server);
    admin = Caller.admin(server);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /// The job once it has ended.
  static JsonNode await(Caller caller, String id) throws IOException, InterruptedException {
    String path = Caller.BULK + "/" + id;
    Awaiting.until("the bulk change ends", () -> ended(caller, path));
    return caller.get(path);
  }

  private static boolean ended(Caller caller, String path) {
    try {
      return List.of("completed", "failed", "cancelled")
          .contains(caller.get(path).get("state").asString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void plansAQueryAndDoesExactlyThat() throws IOException, InterruptedException {
    user.save("https://a.example/1", "one");
    user.save("https://a.example/2", "two");
    user.save("https://b.example/3", "three");
    admin.save("https://a.example/4", "of another");
    Map<String, Object> order =
        Map.of("action", "add_tags", "tags", List.of("kept"), "query", "site:a.example");

    JsonNode plan = user.post(Caller.BULK + "/plan", order, 200);
    assertThat(plan.get("count").asInt()).isEqualTo(2);
    assertThat(plan.get("sample").findValuesAsString("title")).containsExactly("two", "one");
    assertThat(user.titles("#kept", "")).as("a plan does nothing").isEmpty();

    JsonNode job = user.post(Caller.BULK, with(order, plan.get("plan").asString()), 202);
    JsonNode ended = await(user, job.get("id").asString());
    assertThat(ended.get("state").asString()).isEqualTo("completed");
    assertThat(ended.get("done").asInt()).isEqualTo(2);
    assertThat(user.titles("#kept", "")).containsExactly("two", "one");
    assertThat(admin.titles("#kept", "")).isEmpty();
  }

  @Test
  void refusesAPlanThatIsAnotherByNow() throws IOException, InterruptedException {
    user.save("https://a.example/1", "one");
    Map<String, Object> order = Map.of("action", "trash", "query", "site:a.example");
    String digest = user.post(Caller.BULK + "/plan", order, 200).get("plan").asString();
    user.save("https://a.example/2", "two");

    Answer refused = user.client().post(Caller.BULK, with(order, digest)).expect(409);
    assertThat(refused.text())
        .contains("plan_changed", "plan: " + digest + " (expected: ", "plan again");
    assertThat(user.titles("", "")).containsExactly("two", "one");
    assertThat(user.get(Caller.BULK).get("jobs").size()).isZero();
    assertThat(user.client().post(Caller.BULK, order).expect(422).text())
        .contains("Field required with query: the digest that /api/v1/bookmarks/bulk/plan");
  }

  @Test
  void tellsWhatBecameOfEachBookmark() throws IOException, InterruptedException {
    String mine = user.save("https://a.example/1", "one");
    String trashed = user.save("https://a.example/2", "two");
    String foreign = admin.save("https://a.example/3", "three");
    List<String> ids = List.of(mine, trashed, foreign, "nonsense");
    await(user, submit("trash", List.of(trashed)));

    String job = submit("archive", ids);
    JsonNode ended = await(user, job);
    assertThat(ended.get("total").asInt()).isEqualTo(4);
    assertThat(ended.get("done").asInt()).isOne();
    assertThat(ended.get("refused").asInt()).isOne();
    assertThat(ended.get("not_found").asInt()).isEqualTo(2);
    String items = Caller.BULK + "/" + job + "/items";
    JsonNode all = user.get(items);
    assertThat(all.get("items").findValuesAsString("id")).isEqualTo(ids);
    assertThat(all.get("items").findValuesAsString("outcome"))
        .containsExactly("done", "refused", "not_found", "not_found");
    assertThat(all.at("/items/1/error").asString())
        .isEqualTo("The bookmark is in the trash; take it out first");
    JsonNode part = user.get(items + "?from=1&limit=2");
    assertThat(part.get("items").size()).isEqualTo(2);
    assertThat(part.get("next_from").asInt()).isEqualTo(3);
    assertThat(user.client().get(items + "?limit=1001").status()).isBetween(400, 422);
    assertThat(user.client().get(items + "?from=-1").status()).isBetween(400, 422);
    assertThat(admin.titles("", "&status=active")).containsExactly("three");
  }

  @Test
  void nobodySeesTheJobOfAnother() throws IOException, InterruptedException {
    String job = submit("pin", List.of(user.save("https://a.example/1", "one")));
    await(user, job);
    for (String path : List.of("/" + job, "/" + job + "/items", "/nonsense")) {
      assertThat(admin.client().get(Caller.BULK + path).expect(404).text())
          .contains("You have no bulk change with this id");
    }
    admin.client().post(Caller.BULK + "/" + job + "/cancel", Map.of()).expect(404);
    assertThat(admin.get(Caller.BULK).get("jobs").size()).isZero();
    assertThat(user.get(Caller.BULK).get("jobs").findValuesAsString("id")).containsExactly(job);
  }

  /// A job may end before it hears of the wish, so there are several attempts.
  @Test
  void aJobEndsWhereItIsWhenCancelled() throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(user.save("https://a.example/" + i, "title " + i));
    }
    for (int attempt = 0; attempt < 30; attempt++) {
      List<String> jobs = new ArrayList<>();
      for (String tag : List.of("one", "two", "three", "four", "five")) {
        jobs.add(
            user.post(
                    Caller.BULK,
                    Map.of("action", "add_tags", "tags", List.of(tag + attempt), "ids", ids),
                    202)
                .get("id")
                .asString());
      }
      JsonNode asked = user.post(Caller.BULK + "/" + jobs.getLast() + "/cancel", Map.of(), 200);
      for (String job : jobs.subList(0, 4)) {
        assertThat(await(user, job).get("state").asString()).isEqualTo("completed");
      }
      JsonNode ended = await(user, jobs.getLast());
      assertThat(user.titles("#five" + attempt, "&limit=100")).hasSize(ended.get("done").asInt());
      if (ended.get("state").asString().equals("cancelled")) {
        assertThat(ended.get("cancel_requested").asBoolean()).isTrue();
        return;
      }
      assertThat(asked.get("state").asString()).isIn("running", "completed");
    }
    throw new AssertionError("no job of thirty heard of its cancelling");
  }

  @Test
  void aJobThatHasEndedStaysAsItIsWhenCancelled() throws IOException, InterruptedException {
    String job = submit("delete", List.of(user.save("https://a.example/1", "one")));
    await(user, job);
    JsonNode after = user.post(Caller.BULK + "/" + job + "/cancel", Map.of(), 200);
    assertThat(after.get("state").asString()).isEqualTo("completed");
    assertThat(user.titles("", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                    | Field required",
        "{'action':'burn','ids':['a']}         | Input should be one of 'archive', 'unarchive'",
        "{'action':7,'ids':['a']}              | Input should be one of 'archive', 'unarchive'",
        "{'action':'pin'}                      | Either ids or query is required, not both",
        "{'action':'pin','ids':[],'query':''}  | Either ids or query is required, not both",
        "{'action':'pin','ids':'a'}            | Input should be a valid list",
        "{'action':'pin','ids':[1]}            | Input should be a valid string",
        "{'action':'pin','query':[]}           | Input should be a valid string",
        "{'action':'add_tags','ids':['a']}     | This action needs at least one tag",
        "{'action':'pin','tags':['t'],'ids':['a']}      | This action takes no tags",
        "{'action':'add_tags','tags':[' '],'ids':['a']} | (expected: 1 to ",
        "{'action':'pin','query':'(java'}      | q: column 1: this parenthesis is not closed",
        "[]                                    | valid",
      })
  void saysWhatIsWrongWithAnOrder(String order, String message)
      throws IOException, InterruptedException {
    for (String path : List.of(Caller.BULK + "/plan", Caller.BULK)) {
      Answer answer = user.client().postText(path, "application/json", order.replace('\'', '"'));
      assertThat(answer.status()).as(answer.text()).isIn(400, 422);
      if (path.endsWith("plan") || !order.contains("'query'")) {
        assertThat(answer.text()).contains(message);
      }
    }
    assertThat(user.get(Caller.BULK).get("jobs").size()).isZero();
  }

  @Test
  void takesNoMoreThanItsMost() throws IOException, InterruptedException {
    StringBuilder ids = new StringBuilder("{\"action\":\"pin\",\"ids\":[\"a\"");
    ids.append(",\"b\"".repeat(50_000)).append("]}");
    assertThat(
            user.client()
                .postText(Caller.BULK, "application/json", ids.toString())
                .expect(422)
                .text())
        .contains("List should have at most 50000 items");
  }

  private String submit(String action, List<String> ids) throws IOException, InterruptedException {
    return user.post(Caller.BULK, Map.of("action", action, "ids", ids), 202).get("id").asString();
  }

  private static JsonNode with(Map<String, Object> order, String digest) {
    return JsonMapper.shared().valueToTree(order).asObject().put("plan", digest);
  }
}
