package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.ComparedPaths;
import dev.quarterdeck.production.source.Content;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.LastCommitWalk;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A repository of Bitbucket Cloud, over its API 2.0. Names are resolved to full ids first and only
/// ids are asked for, as names with a slash are not found elsewhere.
public final class CloudSource implements Source {
  /// Sizes of more files than this are not asked for one by one.
  private static final int FEW = 20;

  private final BitbucketOptions options;
  private final BitbucketHttp http;
  private final CloudApi api;
  private final CloudRefs refs;
  private final CommitCache commits = new CommitCache();
  private final ComparedPaths compared = new ComparedPaths();

  CloudSource(BitbucketOptions options, BitbucketHttp http) {
    this.options = options;
    this.http = http;
    String base = options.baseUrl().getRawPath().replaceAll("/+$", "");
    this.api =
        new CloudApi(
            http,
            Urls.at(base + "/repositories").name(options.workspace()).name(options.repo()).text());
    this.refs = new CloudRefs(http, api);
  }

  @Override
  public Kind kind() {
    return Kind.BITBUCKET_CLOUD;
  }

  @Override
  public String name() {
    return "bitbucket cloud " + options.workspace() + "/" + options.repo();
  }

  @Override
  public Refs refs(Call call, RefScope scope, @Nullable Refs known) {
    return refs.list(call, scope, known);
  }

  @Override
  public Optional<Commit> commit(Call call, String refOrId) {
    if (Names.isId(refOrId)) {
      Optional<Commit> cached = commits.find(refOrId);
      return cached.isPresent() ? cached : one(call, refOrId);
    }
    Optional<Commit> named = Names.mayBeRef(refOrId) ? refs.named(call, refOrId) : Optional.empty();
    if (named.isPresent()) {
      return named.map(commits::keep);
    }
    return Names.isShortened(refOrId)
        ? one(call, refOrId).filter(commit -> commit.id().startsWith(refOrId))
        : Optional.empty();
  }

  private Optional<Commit> one(Call call, String id) {
    Ask ask = Ask.json(api.at("/commit").name(id).query("fields", CloudApi.COMMIT_FIELDS).text());
    return http.find(call, ask).map(node -> commits.keep(api.commit(ask, node)));
  }

  @Override
  public Tree tree(Call call, String commit) {
    return new CloudTrees(api).list(call, commit);
  }

  @Override
  public Map<String, Long> sizes(Call call, String commit, Collection<String> paths) {
    Map<String, Long> sizes = new HashMap<>();
    if (paths.size() <= FEW) {
      for (String path : paths) {
        meta(call, commit, path)
            .filter(file -> file.size() >= 0)
            .ifPresent(file -> sizes.put(path, file.size()));
      }
    }
    return sizes;
  }

  private Optional<TreeFile> meta(Call call, String commit, String path) {
    if (!Names.mayBePath(path)) {
      return Optional.empty();
    }
    Ask ask =
        Ask.json(
            api.at("/src")
                .name(commit)
                .path(path)
                .query("format", "meta")
                .query("fields", "path,size,type,attributes")
                .text());
    return http.find(call, ask)
        .filter(node -> node.path("type").asString("").equals("commit_file"))
        .map(node -> api.file(ask, node));
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

  /// Two-dot; the newer side stands first here. Without an older one the commit must be a root.
  void compare(Call call, @Nullable String from, String to, Consumer<FileChange> action) {
    Urls url =
        api.at("/diffstat")
            .name(from == null ? to : to + ".." + from)
            .query("pagelen", 5000)
            .query("topic", "false")
            .query("renames", "false")
            .query("fields", CloudApi.listed("status,old.path,new.path,lines_added,lines_removed"));
    Ask ask = Ask.json(url.text());
    api.rows(call, url).each(row -> api.changes(ask, row).forEach(action));
  }

  @Override
  public CommitLog log(Call call, LogQuery query) {
    Urls url = list(Math.min(query.limit(), 99) + 1);
    return CommitLogs.of(
        query,
        commits(call, url.query("include", query.include()).query("exclude", query.exclude())));
  }

  @Override
  public CommitLog history(Call call, String commit, String path, int limit) {
    if (!Names.mayBePath(path)) {
      return new CommitLog(List.of(), true);
    }
    Urls url = list(Math.min(limit, 99) + 1).query("include", commit).query("path", path);
    return CommitLogs.first(commits(call, url), limit);
  }

  private Urls list(int length) {
    return api.at("/commits")
        .query("pagelen", length)
        .query("fields", CloudApi.listed(CloudApi.COMMIT_FIELDS));
  }

  private Iterator<Commit> commits(Call call, Urls url) {
    Rows rows = api.rows(call, url);
    Ask ask = Ask.json(url.text());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Commit next() {
        return commits.keep(api.commit(ask, rows.next()));
      }
    };
  }

  /// A commit; when it is not known yet it comes with up to 99 of its ancestors.
  ///
  /// @param without ancestors of this one are not wanted
  Commit commitWithAncestors(Call call, String id, @Nullable String without) {
    Optional<Commit> cached = commits.find(id);
    if (cached.isPresent()) {
      return cached.get();
    }
    Urls url = list(100).query("include", id);
    if (without != null) {
      url.query("exclude", without);
    }
    Ask ask = Ask.json(url.text());
    JsonNode page = http.json(call, ask);
    for (JsonNode row : Answers.rows(http.host(), ask, page)) {
      commits.keep(api.commit(ask, row));
    }
    return commits
        .find(id)
        .or(() -> one(call, id))
        .orElseThrow(() -> Answers.malformed(http.host(), ask, "lacks the commit asked for"));
  }

  @Override
  public LastCommits lastCommits(Call call, LastCommits task, @Nullable LastCommits known) {
    return LastCommitWalk.run(task, known, compared.over(new CloudSteps(this, call, known)));
  }

  @Override
  public Optional<Content> content(Call call, String commit, String path, int limit) {
    if (!Names.mayBePath(path)) {
      return Optional.empty();
    }
    Ask ask = Ask.bytes(api.at("/src").name(commit).path(path).text(), limit);
    Answer answer = http.ask(call, ask);
    if (answer.status() == 404) {
      Names.mustExist(this, call, commit);
      return Optional.empty();
    }
    // A directory is answered with its listing, which looks like a file of JSON.
    boolean listing =
        answer.type().equals("application/json") && meta(call, commit, path).isEmpty();
    return listing ? Optional.empty() : Optional.of(new Content(answer.body(), answer.truncated()));
  }

  @Override
  public MergeBases mergeBases(Call call, String one, String other) {
    Ask ask =
        Ask.json(api.at("/merge-base").name(one + ".." + other).query("fields", "hash").text());
    Optional<JsonNode> base = http.find(call, ask);
    if (base.isEmpty()) {
      Names.mustExist(this, call, one);
      Names.mustExist(this, call, other);
      return new MergeBases(List.of(), true);
    }
    return new MergeBases(List.of(api.text(ask, base.get(), "hash")), false);
  }

  @Override
  public boolean isAncestor(Call call, String ancestor, String descendant) {
    Urls url = list(1).query("include", ancestor).query("exclude", descendant);
    return !commits(call, url).hasNext();
  }

  @Override
  public void close() {
    http.close();
  }
}
