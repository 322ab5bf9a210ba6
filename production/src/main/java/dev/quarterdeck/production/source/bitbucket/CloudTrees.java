package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Lists trees of Bitbucket Cloud: files only, all levels at once. Where that is too much for the
/// server (555), or the tree is so deep that levels could be missing, level by level with the
/// directories, each of which is then listed for itself.
final class CloudTrees {
  private static final int DEEP = 64;
  private static final int SPLIT = 8;
  private final CloudApi api;

  CloudTrees(CloudApi api) {
    this.api = api;
  }

  Tree list(Call call, String commit) {
    try {
      List<TreeFile> files = filesOnly(call, commit);
      if (files.stream().noneMatch(file -> levels(file.path()) >= DEEP / 2)) {
        return new Tree(commit, files);
      }
    } catch (SourceException e) {
      if (!(e.fault() instanceof SourceFault.TooLarge)) {
        throw e;
      }
    }
    return new Tree(commit, byDirectory(call, commit));
  }

  private List<TreeFile> filesOnly(Call call, String commit) {
    Urls url =
        listing(commit, "", DEEP)
            .query("q", "type=\"commit_file\"")
            .query("fields", CloudApi.listed("path,size,attributes"));
    Ask ask = Ask.json(url.text());
    List<TreeFile> files = new ArrayList<>();
    api.rows(call, url).each(row -> files.add(api.file(ask, row)));
    return files;
  }

  private List<TreeFile> byDirectory(Call call, String commit) {
    List<TreeFile> files = new ArrayList<>();
    Deque<Part> parts = new ArrayDeque<>(List.of(new Part("", SPLIT)));
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      List<TreeFile> found = new ArrayList<>();
      List<String> deepest = new ArrayList<>();
      try {
        list(call, commit, part, found, deepest);
        files.addAll(found);
        deepest.forEach(directory -> parts.add(new Part(directory, SPLIT)));
      } catch (SourceException e) {
        if (!(e.fault() instanceof SourceFault.TooLarge) || part.depth == 1) {
          throw e;
        }
        parts.addFirst(new Part(part.directory, part.depth / 2));
      }
    }
    return files;
  }

  private void list(
      Call call, String commit, Part part, List<TreeFile> files, List<String> deepest) {
    Urls url =
        listing(commit, part.directory, part.depth)
            .query("fields", CloudApi.listed("path,size,attributes,type"));
    Ask ask = Ask.json(url.text());
    int bottom = part.directory.isEmpty() ? part.depth : levels(part.directory) + part.depth;
    api.rows(call, url)
        .each(
            row -> {
              String path = api.text(ask, row, "path");
              if (!row.path("type").asString("").equals("commit_directory")) {
                files.add(api.file(ask, row));
              } else if (levels(path) == bottom) {
                deepest.add(path);
              }
            });
  }

  private Urls listing(String commit, String directory, int depth) {
    Urls url = api.at("/src").name(commit);
    if (directory.isEmpty()) {
      url.path("");
    } else {
      url.path(directory + "/");
    }
    return url.query("pagelen", 100).query("max_depth", depth);
  }

  private static int levels(String path) {
    return (int) path.chars().filter(c -> c == '/').count() + 1;
  }

  private record Part(String directory, int depth) {}
}
