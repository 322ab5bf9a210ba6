package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.Ref;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Branches and tags of Bitbucket Cloud. Asked again, every page is asked only whether it changed.
final class CloudRefs {
  /// Up to so many names are asked for by name.
  private static final int NAMED = 20;

  private final BitbucketHttp http;
  private final CloudApi api;

  CloudRefs(BitbucketHttp http, CloudApi api) {
    this.http = http;
    this.api = api;
  }

  Refs list(Call call, RefScope scope, @Nullable Refs known) {
    if (known != null && known.version() != null && unchanged(call, known.version())) {
      return known;
    }
    Map<String, String> tags = new LinkedHashMap<>();
    List<Ref> refs = new ArrayList<>();
    for (Ref.Kind kind : Ref.Kind.values()) {
      if (scope.kinds().contains(kind)) {
        read(call, scope, kind, refs, tags);
      }
    }
    Refs now = new Refs(refs, version(tags));
    return known != null && known.refs().equals(now.refs()) ? known : now;
  }

  private void read(
      Call call, RefScope scope, Ref.Kind kind, List<Ref> refs, Map<String, String> tags) {
    Urls url =
        api.at(kind == Ref.Kind.BRANCH ? "/refs/branches" : "/refs/tags")
            .query("pagelen", 100)
            .query("fields", CloudApi.listed("name,target.hash"));
    if (!scope.names().isEmpty() && scope.names().size() <= NAMED) {
      url.query(
          "q",
          scope.names().stream()
              .sorted()
              .map(name -> "name = \"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
              .collect(Collectors.joining(" OR ")));
    }
    Rows rows =
        new Rows(
            http.host(),
            ask -> {
              Answer answer = http.ask(call, ask);
              tags.put(ask.target(), answer.etag().orElse(""));
              return api.page(ask, Answers.object(http.host(), ask, answer));
            },
            Ask.json(url.text()));
    Ask ask = Ask.json(url.text());
    rows.each(
        row -> {
          // A tag of something else than a commit has no such target.
          JsonNode target = row.path("target");
          if (kind == Ref.Kind.BRANCH || target.path("hash").isString()) {
            Ref ref = new Ref(kind, api.text(ask, row, "name"), api.text(ask, target, "hash"));
            if (scope.holds(ref)) {
              refs.add(ref);
            }
          }
        });
  }

  private static @Nullable String version(Map<String, String> tags) {
    if (tags.containsValue("")) {
      return null;
    }
    return tags.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining("\n"));
  }

  private boolean unchanged(Call call, String version) {
    for (String line : version.lines().toList()) {
      int end = line.lastIndexOf(' ');
      Ask ask = Ask.json(line.substring(end + 1)).unlessIs(Optional.of(line.substring(0, end)));
      if (http.ask(call, ask).status() != 304) {
        return false;
      }
    }
    return true;
  }

  /// The commit that a branch of this name, else a tag, has now.
  Optional<Commit> named(Call call, String name) {
    for (String place : List.of("/refs/branches", "/refs/tags")) {
      Urls url =
          api.at(place)
              .path(name)
              .query("fields", "target." + CloudApi.COMMIT_FIELDS.replace(",", ",target."));
      Ask ask = Ask.json(url.text());
      Optional<JsonNode> found = http.find(call, ask);
      if (found.isPresent() && found.get().path("target").path("hash").isString()) {
        return Optional.of(api.commit(ask, found.get().path("target")));
      }
    }
    return Optional.empty();
  }
}
