package dev.quarterdeck.bookmarks.bulk;

import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.Bookmarks.Written;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.bookmarks.bulk.BulkProgress.Item;
import dev.quarterdeck.bookmarks.bulk.BulkProgress.Outcome;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Run;
import dev.quarterdeck.bookmarks.jobs.Work;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Does the jobs that change many bookmarks, a few hundred at once. After a crash it goes on with
/// those whose outcome was not yet remembered; doing an action again changes nothing.
public final class BulkChanges implements Work {
  /// The type of its jobs.
  public static final String TYPE = "bookmark_bulk_change";

  private static final int CHUNK = 500;

  private final Bookmarks bookmarks;
  private final Tags tags;

  public BulkChanges(Bookmarks bookmarks, Tags tags) {
    this.bookmarks = bookmarks;
    this.tags = tags;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void run(Run run) {
    BulkOrder order = run.input(BulkOrder.class);
    String owner = run.job().owner();
    List<String> tagIds = tagIds(owner, order);
    BulkProgress progress = run.memory(BulkProgress.class).orElse(BulkProgress.NONE);
    int total = order.ids().size();
    while (progress.done() < total) {
      run.check();
      List<String> chunk =
          order.ids().subList(progress.done(), Math.min(total, progress.done() + CHUNK));
      progress =
          progress.and(
              order.action() == BulkAction.DELETE
                  ? deleted(owner, chunk)
                  : changed(owner, chunk, order.action(), tagIds));
      run.progress(progress.done(), total, progress, progress);
    }
  }

  /// The ids of the tags: new ones are made to be added, and none of those to be taken off.
  private List<String> tagIds(String owner, BulkOrder order) {
    if (order.action() == BulkAction.ADD_TAGS) {
      return tags.ensure(owner, order.tags()).stream().map(Tag::id).toList();
    }
    TagBook book = tags.of(owner);
    return order.tags().stream()
        .flatMap(name -> book.named(name).stream())
        .flatMap(tag -> book.idsOf(tag).stream())
        .toList();
  }

  private List<Item> changed(
      String owner, List<String> ids, BulkAction action, List<String> tagIds) {
    List<Written> written = bookmarks.updateAll(owner, ids, draft -> action.apply(draft, tagIds));
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      items.add(
          switch (written.get(i)) {
            case Written.Done done -> new Item(ids.get(i), Outcome.DONE, "");
            case Written.Refused refused -> refused(ids.get(i), refused.problem());
          });
    }
    return items;
  }

  private List<Item> deleted(String owner, List<String> ids) {
    return ids.stream().map(id -> deleted(owner, id)).toList();
  }

  private Item deleted(String owner, String id) {
    try {
      bookmarks.deleteForEver(owner, id, OptionalLong.empty());
      return new Item(id, Outcome.DONE, "");
    } catch (ProblemException refused) {
      return refused(id, refused.problem());
    }
  }

  private static Item refused(String id, Problem problem) {
    return problem instanceof Problem.NotFound
        ? new Item(id, Outcome.NOT_FOUND, "")
        : new Item(id, Outcome.REFUSED, problem.detail());
  }

  @Override
  public void forget(Job job) {}
}
