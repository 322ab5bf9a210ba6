package dev.quarterdeck.benchmarks.production;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fixtures.GeneratedOrg;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The straightforward client: for each component it asks whether its main file is there, which
/// commit touched it last, and how every other branch differs in it. It knows the branches'
/// commits, keeps its connections and asks eight things at once.
final class PerComponentClient implements AutoCloseable {
  /// Requests that one component costs.
  static final int EACH = 2 + GeneratedOrg.BRANCHES.size() - 1;

  private static final int AT_ONCE = 8;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;
  private final Map<String, String> heads;

  PerComponentClient(URI base, Map<String, String> heads) {
    this.base = base;
    this.heads = Map.copyOf(heads);
  }

  void ask(List<String> mainFiles) throws ExecutionException, InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (String path : mainFiles) {
        all.add(workers.submit(() -> component(path)));
      }
      for (Future<Boolean> each : all) {
        each.get();
      }
    }
  }

  private boolean component(String path) throws IOException, InterruptedException {
    String production = heads.get(GeneratedOrg.BRANCHES.getFirst());
    String encoded = encoded(path);
    get("src/" + production + "/" + encoded + "?format=meta");
    get("filehistory/" + production + "/" + encoded + "?renames=false&pagelen=1");
    for (String branch : GeneratedOrg.BRANCHES.subList(1, GeneratedOrg.BRANCHES.size())) {
      get(
          "diffstat/%s..%s?topic=false&renames=false&path=%s"
              .formatted(
                  heads.get(branch), production, URLEncoder.encode(path, StandardCharsets.UTF_8)));
    }
    return true;
  }

  private void get(String rest) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            base
                + "/repositories/"
                + FakeCloud.WORKSPACE
                + "/"
                + FakeCloud.REPOSITORY
                + "/"
                + rest);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + FakeBitbucket.TOKEN)
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(uri + ": status " + response.statusCode() + ": " + response.body());
    }
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  @Override
  public void close() {
    client.close();
  }
}
