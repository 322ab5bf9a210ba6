package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.ComparedPaths;
import dev.quarterdeck.production.source.LastCommitWalk;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Last commits on Data Center. It knows them by directory, so one question answers all files of
/// one; after a few new commits it is cheaper to compare these with their parents, as elsewhere.
final class DataCenterLastCommits {
  private final DataCenterSource source;
  private final BitbucketHttp http;
  private final DataCenterApi api;
  private final ComparedPaths compared;
  private final Call call;

  DataCenterLastCommits(
      DataCenterSource source,
      BitbucketHttp http,
      DataCenterApi api,
      ComparedPaths compared,
      Call call) {
    this.source = source;
    this.http = http;
    this.api = api;
    this.compared = compared;
    this.call = call;
  }

  LastCommits find(LastCommits task, @Nullable LastCommits known) {
    if (known != null && task.frontier().containsKey(task.head())) {
      int directories = directories(task.frontier().getOrDefault(task.head(), Set.of())).size();
      if (isNear(known.head(), task.head(), directories)) {
        try {
          return LastCommitWalk.run(task, known, compared.over(new Steps()));
        } catch (SourceException e) {
          if (!(e.fault() instanceof SourceFault.TooLarge)) {
            throw e;
          }
        }
      }
    }
    return byDirectory(task);
  }

  /// Whether fewer commits than directories lie between.
  private boolean isNear(String known, String head, int directories) {
    try {
      return known.equals(head) || source.isNear(call, known, head, directories);
    } catch (SourceException e) {
      if (e.fault() instanceof SourceFault.OverBudget) {
        return false;
      }
      throw e;
    }
  }

  private LastCommits byDirectory(LastCommits task) {
    Map<String, String> owners = new HashMap<>(task.owners());
    Map<String, Commit> commits = new HashMap<>(task.commits());
    Map<String, Set<String>> left = new HashMap<>();
    task.frontier().forEach((at, paths) -> left.put(at, new HashSet<>(paths)));
    boolean progress = false;
    try {
      for (Map.Entry<String, Set<String>> each : left.entrySet()) {
        for (Map.Entry<String, Set<String>> one : directories(each.getValue()).entrySet()) {
          Map<String, Commit> found = inDirectory(each.getKey(), one.getKey(), one.getValue());
          found.forEach(
              (path, commit) -> {
                owners.put(path, commit.id());
                commits.put(commit.id(), commit);
              });
          each.getValue().removeAll(one.getValue());
          progress = true;
        }
      }
    } catch (SourceException e) {
      boolean overBudget = e.fault() instanceof SourceFault.OverBudget;
      if (!overBudget && !(progress && e.fault().passing())) {
        throw e;
      }
    }
    return new LastCommits(task.head(), owners, commits, left);
  }

  /// What is deleted at the commit is in no directory, but has a history.
  private Map<String, Commit> inDirectory(String at, String directory, Set<String> paths) {
    Map<String, Commit> found = new HashMap<>();
    Urls url = api.at("/last-modified");
    if (!directory.isEmpty()) {
      url.path(directory);
    }
    Ask ask = Ask.json(url.query("at", at).text());
    Optional<JsonNode> files = http.find(call, ask).map(node -> node.path("files"));
    for (String path : paths) {
      String name = directory.isEmpty() ? path : path.substring(directory.length() + 1);
      Optional<JsonNode> commit = files.map(all -> all.path(name)).filter(JsonNode::isObject);
      if (commit.isPresent()) {
        found.put(path, api.commit(ask, commit.get()));
      } else {
        source.history(call, at, path, 1).commits().forEach(last -> found.put(path, last));
      }
    }
    return found;
  }

  private static Map<String, Set<String>> directories(Set<String> paths) {
    Map<String, Set<String>> directories = new TreeMap<>();
    for (String path : paths) {
      String directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      directories.computeIfAbsent(directory, _ -> new HashSet<>()).add(path);
    }
    return directories;
  }

  private final class Steps implements LastCommitWalk.Steps {
    @Override
    public Commit commit(String id) {
      return source
          .commit(call, id)
          .orElseThrow(
              () ->
                  new SourceException(
                      new SourceFault.NotFound(source.name() + ": commit " + id + " is gone")));
    }

    @Override
    public Set<String> changed(@Nullable String parent, String commit, Set<String> among) {
      Set<String> paths = new HashSet<>();
      source.compare(call, parent, commit, change -> paths.add(change.path()));
      return paths;
    }
  }
}
