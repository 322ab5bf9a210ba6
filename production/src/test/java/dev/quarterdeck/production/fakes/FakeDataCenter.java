package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.fakes.FakeRepository.Difference;
import dev.quarterdeck.production.fakes.FakeRepository.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bitbucket Data Center, API 1.0, for the repository `org` of the project `ACME`.
public final class FakeDataCenter extends FakeBitbucket {
  public static final String PROJECT = "ACME";
  public static final String REPOSITORY = "org";

  private static final String ROOT = "/rest/api/1.0/projects/" + PROJECT + "/repos/" + REPOSITORY;
  private static final Set<String> PAGING = Set.of("start", "limit");
  private static final Pattern OF_COMMIT = Pattern.compile("/commits/([^/]+)(/.*)?");
  private static final int MAX_CHILDREN = 100_000;
  private static final int MAX_COMMITS = 100;
  private static final int MAX_REFS = 1000;

  private volatile int maxChanges = 1000;
  private volatile boolean endless;

  private FakeDataCenter(FakeRepository repository) {
    super(repository);
  }

  /// Serves the repository whose Git directory this is.
  public static FakeDataCenter serve(Path gitDirectory) {
    return new FakeDataCenter(new FakeRepository(gitDirectory));
  }

  @Override
  public URI baseUrl() {
    return URI.create(server().address() + "/rest/api/1.0");
  }

  /// The server's `page.max.changes`; a list of changes ends there and never says so.
  public void maxChanges(int changes) {
    maxChanges = changes;
  }

  /// From now on no page is the last and the next one starts where it did.
  public void endlessPaging() {
    endless = true;
  }

  @Override
  Reply error(int status, String message) {
    ObjectNode node = Json.object();
    ObjectNode error = node.putArray("errors").addObject();
    error.putNull("context");
    error.put("message", message);
    error.put("exceptionName", "com.atlassian.bitbucket.FakeException");
    return Reply.json(status, Json.text(node));
  }

  @Override
  Reply route(Request request) throws IOException {
    String raw = request.rawPath();
    if (!raw.equals(ROOT) && !raw.startsWith(ROOT + "/")) {
      throw raw.startsWith("/rest/api/1.0/projects/")
          ? new Refused(404, "Repository does not exist.")
          : new Undocumented("path " + raw);
    }
    if (!request.method().equals("GET")) {
      throw new Undocumented("method " + request.method());
    }
    String rest = raw.substring(ROOT.length());
    Matcher ofCommit = OF_COMMIT.matcher(rest);
    if (ofCommit.matches()) {
      return ofCommit(request, ofCommit.group(1), ofCommit.group(2));
    }
    int slash = rest.indexOf('/', 1);
    String place = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : Request.decoded(rest.substring(slash + 1));
    return switch (place) {
      case "" -> self(request);
      case "/default-branch" -> defaultBranch(request);
      case "/branches" -> branches(request, path);
      case "/tags" -> tags(request, path);
      case "/commits" -> commits(request);
      case "/changes" -> {
        documented(request, with(PAGING, "since", "until"));
        yield changes(request, request.parameter("until").orElse("refs/heads/master"));
      }
      case "/files" -> files(request, path);
      case "/browse" -> browse(request, path);
      case "/raw" -> raw(request, path);
      case "/last-modified" -> lastModified(request, path);
      default -> throw new Undocumented("path " + raw);
    };
  }

  private Reply ofCommit(Request request, String rawId, @Nullable String rest) throws IOException {
    String id = Request.decoded(rawId);
    if (!id.matches("[0-9a-f]{7,40}")) {
      throw new Refused(400, "'" + id + "' is an invalid commit id");
    }
    switch (rest == null ? "" : rest) {
      case "" -> {
        documented(request, Set.of("path"));
        RevCommit commit = commit(id);
        return Reply.json(
            200,
            Json.text(
                DataCenterShapes.commit(
                    request.parameter("path").isPresent()
                        ? repository
                            .log(List.of(commit), List.of(), request.parameter("path").get())
                            .getFirst()
                        : commit)));
      }
      case "/changes" -> {
        documented(request, with(PAGING, "since", "withComments"));
        return changes(request, id);
      }
      case "/merge-base" -> {
        documented(request, Set.of("otherCommitId"));
        String other =
            request
                .parameter("otherCommitId")
                .orElseThrow(() -> new Refused(400, "otherCommitId is required"));
        return repository
            .mergeBase(commit(id), commit(other))
            .map(base -> Reply.json(200, Json.text(DataCenterShapes.commit(base))))
            .orElse(Reply.empty(204));
      }
      default -> throw new Undocumented("path " + request.rawPath());
    }
  }

  private Reply self(Request request) {
    documented(request, Set.of());
    ObjectNode node = Json.object();
    node.put("slug", REPOSITORY);
    node.put("state", "AVAILABLE");
    node.putObject("project").put("key", PROJECT);
    return Reply.json(200, Json.text(node));
  }

  private Reply defaultBranch(Request request) throws IOException {
    documented(request, Set.of());
    Ref master =
        repository
            .ref(Constants.R_HEADS + "master")
            .orElseThrow(() -> new Refused(404, "The default branch does not exist"));
    return Reply.json(
        200,
        Json.text(
            DataCenterShapes.ref("BRANCH", master.getName(), "master", repository.peeled(master))));
  }

  private Reply branches(Request request, String more) throws IOException {
    if (!more.isEmpty()) {
      throw new Undocumented("a branch by its path");
    }
    documented(
        request,
        with(PAGING, "filterText", "orderBy", "base", "details", "boostMatches", "context"));
    return refs(request, "BRANCH", Constants.R_HEADS);
  }

  private Reply tags(Request request, String name) throws IOException {
    if (name.isEmpty()) {
      documented(request, with(PAGING, "filterText", "orderBy"));
      return refs(request, "TAG", Constants.R_TAGS);
    }
    documented(request, Set.of());
    Ref tag =
        repository
            .ref(Constants.R_TAGS + name)
            .orElseThrow(() -> new Refused(404, "Tag '" + name + "' does not exist"));
    return Reply.json(
        200, Json.text(DataCenterShapes.ref("TAG", tag.getName(), name, repository.peeled(tag))));
  }

  private Reply refs(Request request, String type, String prefix) throws IOException {
    String filter = request.parameter("filterText").orElse("").toLowerCase(Locale.ROOT);
    List<Ref> refs =
        repository.refs(prefix).stream()
            .filter(
                ref ->
                    ref.getName()
                        .substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .contains(filter))
            .toList();
    List<JsonNode> nodes = new ArrayList<>();
    for (Ref ref : refs) {
      nodes.add(
          DataCenterShapes.ref(
              type,
              ref.getName(),
              ref.getName().substring(prefix.length()),
              repository.peeled(ref)));
    }
    return page(request, nodes, node -> node, MAX_REFS, false);
  }

  private Reply commits(Request request) throws IOException {
    documented(
        request,
        with(
            PAGING,
            "path",
            "since",
            "until",
            "followRenames",
            "merges",
            "ignoreMissing",
            "withCounts"));
    if (request.parameter("merges").filter(each -> !each.equals("include")).isPresent()
        || flag(request, "followRenames", false)) {
      throw new Undocumented("the fake leaves out no merges and follows no renames");
    }
    RevCommit until = commit(request.parameter("until").orElse("refs/heads/master"));
    List<RevCommit> since =
        request.parameter("since").isPresent()
            ? List.of(commit(request.parameter("since").get()))
            : List.of();
    return page(
        request,
        repository.log(List.of(until), since, request.parameter("path").orElse(null)),
        DataCenterShapes::commit,
        MAX_COMMITS,
        false);
  }

  private Reply changes(Request request, String until) throws IOException {
    RevCommit to = commit(until);
    RevCommit from =
        request.parameter("since").isPresent()
            ? commit(request.parameter("since").get())
            : to.getParentCount() == 0 ? null : commit(to.getParent(0).name());
    List<Difference> all = repository.differences(from, to, true, List.of(), false);
    return page(
        request,
        all.size() > maxChanges ? all.subList(0, maxChanges) : all,
        DataCenterShapes::change,
        maxChanges,
        all.size() > maxChanges);
  }

  private Reply files(Request request, String path) throws IOException {
    documented(request, with(PAGING, "at"));
    String start = path.isEmpty() ? "" : path + "/";
    List<String> names =
        repository.files(at(request)).stream()
            .map(File::path)
            .filter(each -> each.startsWith(start))
            .map(each -> each.substring(start.length()))
            .toList();
    if (names.isEmpty() && !path.isEmpty()) {
      throw new Refused(404, "The path \"" + path + "\" does not exist");
    }
    return page(request, names, name -> Json.MAPPER.valueToTree(name), MAX_CHILDREN, false);
  }

  private Reply browse(Request request, String path) throws IOException {
    documented(request, with(PAGING, "at", "type", "blame", "noContent"));
    RevCommit commit = at(request);
    ObjectNode node = Json.object();
    if (flag(request, "type", false)) {
      File file = file(commit, path);
      node.put(
          "type",
          file.mode().equals(FileMode.TREE)
              ? "DIRECTORY"
              : file.mode().equals(FileMode.GITLINK) ? "SUBMODULE" : "FILE");
      return Reply.json(200, Json.text(node));
    }
    String start = path.isEmpty() ? "" : path + "/";
    Map<String, ObjectNode> children = new LinkedHashMap<>();
    for (File file : repository.files(commit)) {
      if (file.path().startsWith(start)) {
        String rest = file.path().substring(start.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        ObjectNode child = Json.object();
        child.set("path", DataCenterShapes.path(name));
        child.put(
            "type",
            slash >= 0 ? "DIRECTORY" : file.mode().equals(FileMode.GITLINK) ? "SUBMODULE" : "FILE");
        if (slash < 0) {
          child.put("contentId", file.id().name());
          child.put("size", file.size());
        }
        children.putIfAbsent(name, child);
      }
    }
    if (children.isEmpty()) {
      throw new Undocumented("the fake shows directories only: read a file by /raw");
    }
    node.set("path", DataCenterShapes.path(path));
    node.put("revision", commit.name());
    node.set(
        "children",
        DataCenterPages.page(
            request, List.copyOf(children.values()), each -> each, 1000, false, endless));
    return Reply.json(200, Json.text(node));
  }

  private Reply raw(Request request, String path) throws IOException {
    documented(request, Set.of("at"));
    File file = file(at(request), path);
    if (file.mode().getObjectType() != Constants.OBJ_BLOB) {
      throw new Refused(404, "The path \"" + path + "\" is no file");
    }
    return Reply.bytes(200, "application/octet-stream", repository.bytes(file));
  }

  /// One level of a directory: the commit that last touched each file in it.
  private Reply lastModified(Request request, String path) throws IOException {
    documented(request, Set.of("at"));
    if (request.parameter("at").isEmpty()) {
      throw new Refused(400, "at is required");
    }
    RevCommit commit = at(request);
    String start = path.isEmpty() ? "" : path + "/";
    if (repository.files(commit).stream().noneMatch(each -> each.path().startsWith(start))) {
      throw new Refused(404, "The path \"" + path + "\" does not exist");
    }
    ObjectNode node = Json.object();
    ObjectNode files = node.putObject("files");
    List<String> paths =
        repository.files(commit).stream()
            .map(File::path)
            .filter(each -> each.startsWith(start) && each.indexOf('/', start.length()) < 0)
            .toList();
    for (Map.Entry<String, RevCommit> each : repository.lastCommits(commit, paths).entrySet()) {
      files.set(each.getKey().substring(start.length()), DataCenterShapes.commit(each.getValue()));
    }
    node.set(
        "latestCommit",
        DataCenterShapes.commit(repository.log(List.of(commit), List.of(), path).getFirst()));
    return Reply.json(200, Json.text(node));
  }

  private File file(RevCommit commit, String path) throws IOException {
    return repository
        .file(commit, path)
        .orElseThrow(
            () -> new Refused(404, "The path \"" + path + "\" does not exist at " + commit.name()));
  }

  private RevCommit at(Request request) throws IOException {
    return commit(request.parameter("at").orElse("refs/heads/master"));
  }

  private RevCommit commit(String name) throws IOException {
    return repository
        .commit(name)
        .orElseThrow(() -> new Refused(404, "Commit '" + name + "' does not exist in repository"));
  }

  private <T> Reply page(
      Request request, List<T> all, Function<T, JsonNode> shape, int max, boolean cut) {
    return Reply.json(200, Json.text(DataCenterPages.page(request, all, shape, max, cut, endless)));
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }
}
