package dev.quarterdeck.production.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.fixtures.Fixtures;
import dev.quarterdeck.production.fixtures.GitFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The fakes behave as documented, and say when a client does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakesTest {
  private static final String CLOUD = "/2.0/repositories/acme/org";
  private static final String CENTER = "/rest/api/1.0/projects/ACME/repos/org";

  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable GitFixture fixture;

  @BeforeAll
  void makeRepository(@TempDir Path directory) {
    fixture = Fixtures.everything(directory.resolve("org.git"));
  }

  @AfterAll
  void close() {
    client.close();
    git().close();
  }

  @Test
  void cloudPagesByOpaqueTokensThatMustBeFollowedAsGiven()
      throws IOException, InterruptedException {
    try (FakeCloud cloud = FakeCloud.serve(git().directory())) {
      List<String> names = new ArrayList<>();
      String url =
          cloud.server().address() + CLOUD + "/refs/branches?pagelen=3&fields=next,values.name";
      while (!url.isEmpty()) {
        JsonNode page = json(get(url));
        page.path("values").forEach(each -> names.add(each.path("name").asString()));
        url = page.path("next").asString("");
      }
      assertThat(names).contains("master", "feature/US-0000211", "100%").doesNotHaveDuplicates();
      assertThat(json(get(cloud.server().address() + CLOUD + "/refs?page=2")).toString())
          .contains("Invalid page");
    }
  }

  @Test
  void cloudComparesInReverseOrderAndFromTheMergeBaseUnlessToldOtherwise()
      throws IOException, InterruptedException {
    try (FakeCloud cloud = FakeCloud.serve(git().directory())) {
      String old = git().head("master~1");
      String now = git().head("master");
      String start = cloud.server().address() + CLOUD + "/diffstat/";
      assertThat(json(get(start + now + ".." + old)).path("values")).hasSize(1);
      assertThat(json(get(start + old + ".." + now)).path("values")).isEmpty();
      JsonNode backwards = json(get(start + old + ".." + now + "?topic=false")).path("values");
      assertThat(backwards.path(0).path("status").asString()).isEqualTo("modified");
    }
  }

  @Test
  void cloudFindsNoBranchWithASlashInSrc() throws IOException, InterruptedException {
    try (FakeCloud cloud = FakeCloud.serve(git().directory())) {
      String src = cloud.server().address() + CLOUD + "/src/";
      assertThat(get(src + "feature/US-0000211/").statusCode()).isEqualTo(404);
      assertThat(get(src + "feature%2FUS-0000211/").statusCode()).isEqualTo(404);
      assertThat(get(src + "master/").statusCode()).isEqualTo(200);
      assertThat(
              get(cloud.server().address() + CLOUD + "/refs/branches/feature/US-0000211")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void cloudListsATreeByLevelsAndFilters() throws IOException, InterruptedException {
    try (FakeCloud cloud = FakeCloud.serve(git().directory())) {
      cloud.listingLimit(60);
      String root = cloud.server().address() + CLOUD + "/src/" + git().head("master") + "/";
      assertThat(json(get(root + "?pagelen=100")).toString())
          .contains("commit_directory")
          .doesNotContain("classes/A.cls");
      JsonNode files =
          json(
              get(root + "?max_depth=3&pagelen=100&q=type%3D%22commit_file%22&fields=values.path"));
      assertThat(files.toString())
          .contains("classes/A.cls")
          .doesNotContain("\"deep/a/b/c/d/e/f/g/h.txt\"", "size");
      cloud.listingLimit(5);
      assertThat(get(root + "?max_depth=30").statusCode()).isEqualTo(555);
    }
  }

  @Test
  void dataCenterClampsLimitsAndCutsChangesWithoutALastPage()
      throws IOException, InterruptedException {
    try (FakeDataCenter center = FakeDataCenter.serve(git().directory())) {
      center.maxChanges(2);
      String start = center.server().address() + CENTER;
      JsonNode commits = json(get(start + "/commits?limit=5000&until=" + git().head("master")));
      assertThat(commits.path("limit").asInt()).isEqualTo(100);
      JsonNode changes =
          json(
              get(
                  start
                      + "/commits/"
                      + git().head("master")
                      + "/changes?limit=5000&since="
                      + git().head("uat")));
      assertThat(changes.path("values")).hasSize(2);
      assertThat(changes.path("isLastPage").asBoolean()).isFalse();
      assertThat(get(start + "/commits/master").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void anUndocumentedQuestionFailsTheTestAtTheEnd() throws IOException, InterruptedException {
    FakeCloud cloud = FakeCloud.serve(git().directory());
    assertThat(get(cloud.server().address() + CLOUD + "/refs?limit=3").statusCode()).isEqualTo(400);
    assertThatThrownBy(cloud::close).hasMessageContaining("limit").hasMessageContaining("/refs");
    FakeDataCenter center = FakeDataCenter.serve(git().directory());
    get(center.server().address() + CENTER + "/no-such-thing");
    assertThatThrownBy(center::close).hasMessageContaining("no-such-thing");
  }

  @Test
  void aWrongTokenIsRefusedInTheShapeOfTheDialect() throws IOException, InterruptedException {
    try (FakeCloud cloud = FakeCloud.serve(git().directory());
        FakeDataCenter center = FakeDataCenter.serve(git().directory())) {
      HttpResponse<String> one = get(cloud.server().address() + CLOUD, "Bearer wrong");
      assertThat(one.statusCode()).isEqualTo(401);
      assertThat(json(one).path("error").path("message").asString()).isNotEmpty();
      HttpResponse<String> other = get(center.server().address() + CENTER, "Bearer wrong");
      assertThat(json(other).path("errors").path(0).path("message").asString()).isNotEmpty();
    }
  }

  @Test
  void faultsComeAsOftenAsTheyWereOrdered() throws IOException, InterruptedException {
    try (FakeCloud cloud = FakeCloud.serve(git().directory())) {
      String url = cloud.server().address() + CLOUD;
      cloud.server().fail(1, request -> true, Fault.tooMany("7"));
      cloud.server().fail(1, request -> true, new Fault.Truncated(5));
      cloud.server().fail(1, request -> true, new Fault.Broken(5));
      cloud.server().fail(100, request -> true, new Fault.Reset());
      HttpResponse<String> limited = get(url);
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(limited.headers().firstValue("retry-after")).contains("7");
      assertThat(get(url).body()).hasSize(5);
      assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
      cloud.server().heal();
      assertThat(get(url).statusCode()).isEqualTo(200);
      assertThat(cloud.counters().requests()).isGreaterThanOrEqualTo(5);
      assertThat(cloud.counters().maxInFlight()).isEqualTo(1);
      assertThat(cloud.counters().connections()).isPositive();
    }
  }

  private GitFixture git() {
    return Objects.requireNonNull(fixture);
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return get(url, "Bearer " + FakeBitbucket.TOKEN);
  }

  private HttpResponse<String> get(String url, String authorization)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.MAPPER.readTree(response.body());
  }
}
