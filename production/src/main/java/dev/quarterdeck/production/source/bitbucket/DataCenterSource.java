package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.ComparedPaths;
import dev.quarterdeck.production.source.Content;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.Ref;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A repository of Bitbucket Data Center, over its API 1.0. Lists that the server cuts are faults.
public final class DataCenterSource implements Source {
  private static final int PAGE = 1000;
  private static final int TREE = 100_000;

  /// Directories that are looked into for sizes.
  private static final int FEW = 20;

  private final BitbucketOptions options;
  private final BitbucketHttp http;
  private final DataCenterApi api;
  private final CommitCache commits = new CommitCache();
  private final ComparedPaths compared = new ComparedPaths();

  DataCenterSource(BitbucketOptions options, BitbucketHttp http) {
    this.options = options;
    this.http = http;
    String base = options.baseUrl().getRawPath().replaceAll("/+$", "");
    this.api =
        new DataCenterApi(
            http,
            Urls.at(base + "/projects").name(options.workspace()).text()
                + Urls.at("/repos").name(options.repo()).text());
  }

  @Override
  public Kind kind() {
    return Kind.BITBUCKET_DATA_CENTER;
  }

  @Override
  public String name() {
    return "bitbucket data center " + options.workspace() + "/" + options.repo();
  }

  @Override
  public Refs refs(Call call, RefScope scope, @Nullable Refs known) {
    List<Ref> refs = new ArrayList<>();
    for (Ref.Kind kind : Ref.Kind.values()) {
      if (scope.kinds().contains(kind)) {
        boolean one = scope.names().size() == 1;
        refs.addAll(named(call, kind, one ? scope.names().iterator().next() : ""));
      }
    }
    refs.removeIf(ref -> !scope.holds(ref));
    Refs now = new Refs(refs, null);
    return known != null && known.refs().equals(now.refs()) ? known : now;
  }

  private List<Ref> named(Call call, Ref.Kind kind, String holding) {
    Urls url = api.at(kind == Ref.Kind.BRANCH ? "/branches" : "/tags").query("limit", PAGE);
    if (!holding.isEmpty()) {
      url.query("filterText", holding);
    }
    Ask ask = Ask.json(url.text());
    List<Ref> refs = new ArrayList<>();
    api.rows(call, url)
        .each(
            row -> {
              if (row.path("latestCommit").isString()) {
                refs.add(
                    new Ref(
                        kind, api.text(ask, row, "displayId"), api.text(ask, row, "latestCommit")));
              }
            });
    return refs;
  }

  @Override
  public Optional<Commit> commit(Call call, String refOrId) {
    if (Names.isId(refOrId)) {
      Optional<Commit> cached = commits.find(refOrId);
      return cached.isPresent() ? cached : one(call, refOrId);
    }
    if (Names.mayBeRef(refOrId)) {
      for (Ref.Kind kind : Ref.Kind.values()) {
        Optional<String> id =
            named(call, kind, refOrId).stream()
                .filter(ref -> ref.name().equals(refOrId))
                .map(Ref::commit)
                .findFirst();
        if (id.isPresent()) {
          return commit(call, id.get());
        }
      }
    }
    return Names.isShortened(refOrId)
        ? one(call, refOrId).filter(commit -> commit.id().startsWith(refOrId))
        : Optional.empty();
  }

  private Optional<Commit> one(Call call, String id) {
    Ask ask = Ask.json(api.at("/commits").name(id).text());
    return http.find(call, ask).map(node -> commits.keep(api.commit(ask, node)));
  }

  @Override
  public Tree tree(Call call, String commit) {
    Urls url = api.at("/files").query("at", commit).query("limit", TREE);
    List<TreeFile> files = new ArrayList<>();
    api.rows(call, url)
        .each(row -> files.add(new TreeFile(row.asString(""), TreeFile.Mode.UNKNOWN, -1, null)));
    return new Tree(commit, files);
  }

  @Override
  public Map<String, Long> sizes(Call call, String commit, Collection<String> paths) {
    Map<String, Set<String>> directories = new LinkedHashMap<>();
    for (String path : paths) {
      String directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      directories.computeIfAbsent(directory, _ -> new HashSet<>()).add(path);
    }
    Map<String, Long> sizes = new HashMap<>();
    if (directories.size() <= FEW) {
      directories.forEach((directory, wanted) -> look(call, commit, directory, wanted, sizes));
    }
    return sizes;
  }

  private void look(
      Call call, String commit, String directory, Set<String> wanted, Map<String, Long> sizes) {
    Urls url = api.at("/browse");
    if (!directory.isEmpty()) {
      url.path(directory);
    }
    String first = url.query("at", commit).query("limit", PAGE).text();
    Rows rows =
        new Rows(
            http.host(),
            ask ->
                http.find(call, ask)
                    .map(node -> api.page(first + "&start=", ask, node.path("children")))
                    .orElse(new Rows.Page(List.of(), Optional.empty())),
            Ask.json(first));
    rows.each(
        row -> {
          String name = row.path("path").path("toString").asString("");
          String path = directory.isEmpty() ? name : directory + "/" + name;
          JsonNode size = row.path("size");
          if (row.path("type").asString("").equals("FILE")
              && size.isIntegralNumber()
              && wanted.contains(path)) {
            sizes.put(path, size.asLong());
          }
        });
  }

  @Override
  public Changes changes(Call call, @Nullable String from, String to) {
    if (from == null) {
      return ChangeList.all(tree(call, to));
    }
    ChangeList list = new ChangeList();
    compare(call, from, to, list::add);
    Changes changes = list.between(from, to);
    compared.keep(from, to, changes.paths());
    return changes;
  }

  /// Two-dot. Without an older side the commit must be a root.
  void compare(Call call, @Nullable String from, String to, Consumer<FileChange> action) {
    Urls url = api.at("/changes").query("until", to).query("limit", PAGE);
    if (from != null) {
      url.query("since", from);
    }
    Ask ask = Ask.json(url.text());
    for (JsonNode row : api.whole(call, url, "page.max.changes")) {
      api.changes(ask, row).forEach(action);
    }
  }

  /// The server takes one commit on either side; more are put together from several lists.
  @Override
  public CommitLog log(Call call, LogQuery query) {
    if (query.include().size() == 1 && query.exclude().size() <= 1) {
      return CommitLogs.of(query, range(call, query.include().getFirst(), query.exclude()));
    }
    Map<String, Commit> all = new LinkedHashMap<>();
    for (String include : query.include()) {
      Map<String, Commit> reachable = new LinkedHashMap<>();
      List<String> first = query.exclude().stream().limit(1).toList();
      range(call, include, first).forEachRemaining(commit -> reachable.put(commit.id(), commit));
      for (String exclude : query.exclude().stream().skip(1).toList()) {
        Set<String> left = new HashSet<>();
        range(call, include, List.of(exclude)).forEachRemaining(commit -> left.add(commit.id()));
        reachable.keySet().retainAll(left);
      }
      all.putAll(reachable);
    }
    List<Commit> newestFirst = new CommitLog(List.copyOf(all.values()), true).commits();
    return CommitLogs.of(query, newestFirst.iterator());
  }

  private Iterator<Commit> range(Call call, String until, List<String> since) {
    Urls url =
        api.at("/commits")
            .query("until", until)
            .query("since", since)
            .query("limit", 100)
            .query("merges", "include");
    return api.commits(call, url);
  }

  /// Whether at most so many commits lie between two; these are known afterwards.
  boolean isNear(Call call, String old, String now, int limit) {
    CommitLog log = log(call, LogQuery.between(old, now, limit));
    log.commits().forEach(commits::keep);
    return log.complete();
  }

  @Override
  public CommitLog history(Call call, String commit, String path, int limit) {
    if (!Names.mayBePath(path)) {
      return new CommitLog(List.of(), true);
    }
    Urls url =
        api.at("/commits")
            .query("until", commit)
            .query("path", path)
            .query("followRenames", "false")
            .query("limit", Math.min(limit, 99) + 1);
    return CommitLogs.first(api.commits(call, url), limit);
  }

  @Override
  public LastCommits lastCommits(Call call, LastCommits task, @Nullable LastCommits known) {
    return new DataCenterLastCommits(this, http, api, compared, call).find(task, known);
  }

  @Override
  public Optional<Content> content(Call call, String commit, String path, int limit) {
    if (!Names.mayBePath(path)) {
      return Optional.empty();
    }
    Ask ask = Ask.bytes(api.at("/raw").path(path).query("at", commit).text(), limit);
    Answer answer = http.ask(call, ask);
    if (answer.status() == 404) {
      Names.mustExist(this, call, commit);
      return Optional.empty();
    }
    return Optional.of(new Content(answer.body(), answer.truncated()));
  }

  @Override
  public MergeBases mergeBases(Call call, String one, String other) {
    Ask ask =
        Ask.json(
                api.at("/commits")
                    .name(one)
                    .path("merge-base")
                    .query("otherCommitId", other)
                    .text())
            .ready(204);
    Answer answer = http.ask(call, ask);
    if (answer.status() == 204) {
      return new MergeBases(List.of(), true);
    }
    JsonNode base = Answers.object(http.host(), ask, answer);
    return new MergeBases(List.of(api.text(ask, base, "id")), false);
  }

  @Override
  public boolean isAncestor(Call call, String ancestor, String descendant) {
    return log(call, LogQuery.between(descendant, ancestor, 1)).commits().isEmpty();
  }

  @Override
  public void close() {
    http.close();
  }
}
