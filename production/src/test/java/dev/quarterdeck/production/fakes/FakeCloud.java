package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.fakes.FakeRepository.File;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bitbucket Cloud 2.0 for the repository `acme/org`.
public final class FakeCloud extends FakeBitbucket {
  public static final String WORKSPACE = "acme";
  public static final String REPOSITORY = "org";

  private static final String ROOT = "/2.0/repositories/" + WORKSPACE + "/" + REPOSITORY;
  private static final Set<String> PAGING = Set.of("pagelen", "page", "fields");

  private final CloudPages pages = new CloudPages();
  private volatile int listingLimit = 100_000;

  private FakeCloud(FakeRepository repository) {
    super(repository);
  }

  /// Serves the repository whose Git directory this is.
  public static FakeCloud serve(Path gitDirectory) {
    return new FakeCloud(new FakeRepository(gitDirectory));
  }

  @Override
  public URI baseUrl() {
    return URI.create(server().address() + "/2.0");
  }

  /// A directory listing with more entries than this is answered with 555.
  public void listingLimit(int entries) {
    listingLimit = entries;
  }

  /// From now on paging never ends.
  public void endlessPaging() {
    pages.endless();
  }

  @Override
  Reply error(int status, String message) {
    ObjectNode node = Json.object();
    node.put("type", "error");
    node.putObject("error").put("message", message);
    return Reply.json(status, Json.text(node));
  }

  @Override
  Reply route(Request request) throws IOException {
    String raw = request.rawPath();
    if (!raw.equals(ROOT) && !raw.startsWith(ROOT + "/")) {
      throw raw.startsWith("/2.0/repositories/")
          ? new Refused(404, "Repository not found")
          : new Undocumented("path " + raw);
    }
    String rest = raw.substring(ROOT.length());
    if (!request.method().equals("GET")
        && !(request.method().equals("POST") && rest.startsWith("/commits"))) {
      throw new Undocumented("method " + request.method());
    }
    String[] parts = rest.split("/", 4);
    String place = parts.length > 1 ? parts[1] : "";
    String first = parts.length > 2 ? parts[2] : "";
    @Nullable String second = parts.length > 3 ? parts[3] : null;
    return switch (place) {
      case "" -> self(request);
      case "refs" -> refs(request, first, second);
      case "commit" -> {
        nothingMore(request, second);
        documented(request, Set.of("fields"));
        yield answer(request, CloudShapes.commit(commit(first)));
      }
      case "commits" -> {
        nothingMore(request, second);
        yield commits(request, first);
      }
      case "src" -> src(request, first, second);
      case "filehistory" -> history(request, first, second);
      case "diffstat" -> diffstat(request, first);
      case "diff" -> diff(request, first);
      case "merge-base" -> mergeBase(request, first);
      default -> throw new Undocumented("path " + raw);
    };
  }

  /// A slash in a name that must be one segment: the real server finds nothing.
  private static void nothingMore(Request request, @Nullable String rest) {
    if (rest != null) {
      throw new Refused(404, "Not found: " + request.path());
    }
  }

  private Reply self(Request request) throws IOException {
    documented(request, Set.of("fields"));
    ObjectNode node = Json.object();
    node.put("type", "repository");
    node.put("full_name", WORKSPACE + "/" + REPOSITORY);
    if (repository.ref(Constants.R_HEADS + "master").isPresent()) {
      node.putObject("mainbranch").put("type", "branch").put("name", "master");
    } else {
      node.putNull("mainbranch");
    }
    return answer(request, node);
  }

  private Reply refs(Request request, String kind, @Nullable String name) throws IOException {
    Map<String, String> prefixes = new LinkedHashMap<>();
    if (kind.isEmpty() || kind.equals("branches")) {
      prefixes.put("branch", Constants.R_HEADS);
    }
    if (kind.isEmpty() || kind.equals("tags")) {
      prefixes.put("tag", Constants.R_TAGS);
    }
    if (prefixes.isEmpty()) {
      throw new Undocumented("path " + request.rawPath());
    }
    if (name != null && !name.isEmpty()) {
      documented(request, Set.of("fields"));
      Map.Entry<String, String> only = prefixes.entrySet().iterator().next();
      Ref ref =
          repository
              .ref(only.getValue() + Request.decoded(name))
              .orElseThrow(() -> new Refused(404, "No such " + only.getKey()));
      return tagged(
          request, CloudShapes.ref(only.getKey(), Request.decoded(name), repository.peeled(ref)));
    }
    documented(request, with(PAGING, "q", "sort"));
    ObjectNode page =
        pages.page(
            request,
            server().address().toString(),
            10,
            100,
            () -> {
              List<JsonNode> all = new ArrayList<>();
              for (Map.Entry<String, String> each : prefixes.entrySet()) {
                for (Ref ref : repository.refs(each.getValue())) {
                  all.add(
                      CloudShapes.ref(
                          each.getKey(),
                          ref.getName().substring(each.getValue().length()),
                          repository.peeled(ref)));
                }
              }
              return filtered(request, all);
            },
            node -> node);
    return tagged(request, page);
  }

  private Reply commits(Request request, String revision) throws IOException {
    documented(request, with(PAGING, "include", "exclude", "path"));
    List<RevCommit> include = new ArrayList<>();
    if (!revision.isEmpty()) {
      include.add(commit(revision));
    }
    for (String each : request.all("include")) {
      include.add(named(each));
    }
    if (include.isEmpty()) {
      for (Ref ref : repository.refs(Constants.R_HEADS)) {
        include.add(repository.peeled(ref));
      }
    }
    List<RevCommit> exclude = new ArrayList<>();
    for (String each : request.all("exclude")) {
      exclude.add(named(each));
    }
    return paged(
        request,
        30,
        100,
        () -> repository.log(include, exclude, request.parameter("path").orElse(null)),
        CloudShapes::commit);
  }

  private Reply src(Request request, String revision, @Nullable String rawPath) throws IOException {
    documented(request, with(PAGING, "format", "q", "sort", "max_depth"));
    if (revision.isEmpty() || rawPath == null) {
      throw new Refused(404, "Not found: the root needs a trailing slash");
    }
    RevCommit commit = commit(revision);
    String path = Request.decoded(rawPath).replaceAll("/$", "");
    List<File> files = repository.files(commit);
    boolean directory =
        path.isEmpty() || files.stream().anyMatch(each -> each.path().startsWith(path + "/"));
    if (!directory) {
      File file =
          repository
              .file(commit, path)
              .orElseThrow(() -> new Refused(404, "No such file or directory: " + path));
      if (request.parameter("format").equals(Optional.of("meta"))) {
        return answer(request, CloudShapes.file(file, commit));
      }
      if (file.mode().equals(FileMode.GITLINK)) {
        throw new Refused(404, "No such file or directory: " + path);
      }
      return Reply.bytes(200, "application/octet-stream", repository.bytes(file))
          .with("ETag", '"' + file.id().name() + '"');
    }
    int depth = number(request, "max_depth", 1);
    return paged(
        request,
        10,
        100,
        () -> {
          List<JsonNode> all = new ArrayList<>();
          for (File each : listing(files, path, depth)) {
            all.add(CloudShapes.file(each, commit));
          }
          if (all.size() > listingLimit) {
            throw new Refused(555, "The listing is too large");
          }
          return filtered(request, all);
        },
        node -> node);
  }

  /// Files and directories down to a depth, breadth first.
  private static List<File> listing(List<File> files, String path, int depth) {
    String start = path.isEmpty() ? "" : path + "/";
    int level = start.isEmpty() ? 0 : start.split("/", -1).length - 1;
    Map<String, File> found = new LinkedHashMap<>();
    Set<String> directories = new TreeSet<>();
    for (File file : files) {
      if (file.path().startsWith(start)) {
        List<String> names = List.of(file.path().split("/", -1));
        for (int i = level + 1; i < names.size() && i <= level + depth; i++) {
          directories.add(String.join("/", names.subList(0, i)));
        }
        if (names.size() <= level + depth) {
          found.put(file.path(), file);
        }
      }
    }
    for (String each : directories) {
      found.put(each, new File(each, FileMode.TREE, ObjectId.zeroId(), 0));
    }
    return found.values().stream()
        .sorted(
            Comparator.<File>comparingInt(each -> each.path().split("/", -1).length)
                .thenComparing(File::path))
        .toList();
  }

  private Reply history(Request request, String revision, @Nullable String rawPath)
      throws IOException {
    documented(request, with(PAGING, "renames", "q", "sort"));
    RevCommit commit = commit(revision);
    if (rawPath == null || rawPath.isEmpty() || flag(request, "renames", true)) {
      throw new Undocumented("the fake follows no renames: ask for a file with renames=false");
    }
    String path = Request.decoded(rawPath);
    return paged(
        request,
        50,
        100,
        () -> repository.log(List.of(commit), List.of(), path),
        each -> {
          ObjectNode node = Json.object();
          node.put("type", "commit_file");
          node.put("path", path);
          node.set("commit", CloudShapes.commit(each));
          return node;
        });
  }

  private Reply diffstat(Request request, String spec) throws IOException {
    documented(request, with(PAGING, "ignore_whitespace", "merge", "path", "renames", "topic"));
    Sides sides = sides(request, spec);
    boolean renames = flag(request, "renames", true);
    return paged(
        request,
        500,
        5000,
        () -> repository.differences(sides.from(), sides.to(), renames, request.all("path"), true),
        CloudShapes::difference);
  }

  private Reply diff(Request request, String spec) throws IOException {
    documented(
        request,
        Set.of("context", "path", "ignore_whitespace", "binary", "renames", "merge", "topic"));
    Sides sides = sides(request, spec);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    repository.patch(
        sides.from(), sides.to(), flag(request, "renames", true), request.all("path"), out);
    return Reply.bytes(200, "text/plain", out.toByteArray());
  }

  /// `new..old`: the reverse of Git's order, and from the merge base unless told otherwise.
  private Sides sides(Request request, String rawSpec) throws IOException {
    String spec = Request.decoded(rawSpec);
    int dots = spec.indexOf("..");
    if (dots < 0) {
      RevCommit commit = named(spec);
      return new Sides(
          commit.getParentCount() == 0 ? null : named(commit.getParent(0).name()), commit);
    }
    RevCommit to = named(spec.substring(0, dots));
    RevCommit from = named(spec.substring(dots + 2));
    return flag(request, "topic", true)
        ? new Sides(repository.mergeBase(to, from).orElse(null), to)
        : new Sides(from, to);
  }

  private Reply mergeBase(Request request, String rawSpec) throws IOException {
    documented(request, Set.of("fields"));
    String spec = Request.decoded(rawSpec);
    int dots = spec.indexOf("..");
    if (dots < 0) {
      throw new Undocumented("merge-base needs two commits");
    }
    return answer(
        request,
        CloudShapes.commit(
            repository
                .mergeBase(named(spec.substring(0, dots)), named(spec.substring(dots + 2)))
                .orElseThrow(() -> new Refused(404, "No merge base"))));
  }

  private RevCommit commit(String rawSegment) throws IOException {
    return named(Request.decoded(rawSegment));
  }

  private RevCommit named(String name) throws IOException {
    if (name.contains("/")) {
      throw new Refused(404, "Commit not found: " + name);
    }
    return repository.commit(name).orElseThrow(() -> new Refused(404, "Commit not found: " + name));
  }

  /// Lists are in the order of their names; that is the only order that may be asked for.
  private static List<JsonNode> filtered(Request request, List<JsonNode> all) {
    if (request.parameter("sort").filter(each -> !each.matches("name|path")).isPresent()) {
      throw new Undocumented("the fake sorts by name or path only");
    }
    return request
        .parameter("q")
        .map(query -> all.stream().filter(each -> CloudFilter.passes(query, each)).toList())
        .orElse(all);
  }

  private <T> Reply paged(
      Request request,
      int standard,
      int max,
      CloudPages.Listing<T> all,
      Function<T, JsonNode> shape)
      throws IOException {
    return answer(
        request, pages.page(request, server().address().toString(), standard, max, all, shape));
  }

  private static Reply answer(Request request, JsonNode node) {
    return Reply.json(200, Json.text(Json.partial(node, request.parameter("fields").orElse(null))));
  }

  private static Reply tagged(Request request, ObjectNode node) {
    ObjectNode content = node.deepCopy();
    content.remove("next");
    String tag = '"' + Integer.toHexString(Json.text(content).hashCode()) + '"';
    return request.header("if-none-match").orElse("").equals(tag)
        ? Reply.empty(304).with("ETag", tag)
        : answer(request, node).with("ETag", tag);
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private record Sides(@Nullable RevCommit from, RevCommit to) {}
}
