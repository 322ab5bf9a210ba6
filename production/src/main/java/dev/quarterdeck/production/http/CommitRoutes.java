package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.CommitChanges;
import dev.quarterdeck.production.CommitCheck;
import dev.quarterdeck.production.CommitRelation;
import dev.quarterdeck.production.LastCommit;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Questions about single commits.
final class CommitRoutes {
  private final Rows rows;

  CommitRoutes(ProductionSlice slice) {
    this.rows = new Rows(slice);
  }

  List<Route> routes() {
    return List.of(
        rows.post(
            "/api/check-commit-relationship",
            "Whether the newer of two commits contains the older.",
            "CommitRelationshipRequest",
            "CommitRelationship",
            this::relation),
        rows.post(
            "/api/verify-commit",
            "Whether a commit exists and a branch contains it.",
            "VerifyCommitRequest",
            "VerifiedCommit",
            this::verify),
        rows.post(
            "/api/get-commit-changes",
            "What a commit changed.",
            "CommitChangesRequest",
            "CommitChanges",
            this::changes));
  }

  private Response relation(Request request, Production production) {
    Bodies body = Bodies.of(request);
    String older = body.required("commit1");
    String newer = body.required("commit2");
    body.fields().check();
    CommitRelation relation = production.relation(older, newer);
    Map<String, @Nullable Object> answer = Shapes.success();
    answer.put("is_ancestor", relation.ancestor());
    answer.put("relationship", relation.relationship());
    answer.put("message", relation.message());
    answer.put("recommended_order", relation.recommendedOrder());
    answer.put("older_commit", relation.older());
    answer.put("newer_commit", relation.newer());
    answer.put("reversed", relation.reversed());
    return Response.json(answer);
  }

  private Response verify(Request request, Production production) {
    Bodies body = Bodies.of(request);
    String hash = body.required("commit_hash");
    Optional<String> branch = body.name("branch");
    body.fields().check();
    CommitCheck check = production.check(hash, branch.orElseGet(() -> production.info().branch()));
    Optional<LastCommit> commit = check.commit();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("exists", commit.isPresent());
    data.put("in_branch", check.inBranch());
    data.put("branch", check.branch());
    data.put("commit_hash", commit.map(LastCommit::hash).orElse(check.asked()));
    data.put("author", commit.map(Shapes::author).orElse(null));
    data.put("date", commit.map(LastCommit::date).orElse(null));
    data.put("message", commit.map(LastCommit::message).orElse(null));
    Map<String, @Nullable Object> answer = Shapes.success();
    answer.put("data", data);
    return Response.json(answer);
  }

  private Response changes(Request request, Production production) {
    Bodies body = Bodies.of(request);
    String hash = body.required("commit_hash");
    body.fields().check();
    CommitChanges changes = production.changes(hash);
    List<Object> files = new ArrayList<>();
    for (CommitChanges.File file : changes.files()) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("path", file.path());
      shown.put("status", file.status());
      shown.put("additions", file.additions());
      shown.put("deletions", file.deletions());
      shown.put("changed_lines", file.changedLines());
      shown.put("component", file.component().map(Object::toString).orElse(null));
      files.add(shown);
    }
    LastCommit commit = changes.commit();
    Map<String, @Nullable Object> answer = Shapes.success();
    answer.put("commit_hash", commit.hash());
    answer.put("short_hash", Shapes.shortened(commit.hash()));
    answer.put("author", Shapes.author(commit));
    answer.put("date", commit.date());
    answer.put("message", commit.message());
    answer.put("merge", changes.merge());
    answer.put("files_changed", files);
    answer.put("total_files", files.size());
    answer.put("total_additions", changes.additions());
    answer.put("total_deletions", changes.deletions());
    answer.put("summary", "+%d -%d".formatted(changes.additions(), changes.deletions()));
    return Response.json(answer);
  }
}
