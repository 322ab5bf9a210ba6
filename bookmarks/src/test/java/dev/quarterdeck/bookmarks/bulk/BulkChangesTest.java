package dev.quarterdeck.bookmarks.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.Bookmarks.Written;
import dev.quarterdeck.bookmarks.bulk.BulkPlans.Plan;
import dev.quarterdeck.bookmarks.bulk.BulkProgress.Item;
import dev.quarterdeck.bookmarks.bulk.BulkProgress.Outcome;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.search.SearchedSlice;
import dev.quarterdeck.http.Json;
import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkChangesTest {
  @TempDir Path home;

  @Test
  void changesWhatAQueryMatchedAndNothingElse() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      for (int i = 0; i < 30; i++) {
        slice.add("ann", (i % 2 == 0 ? "even" : "odd") + " " + i);
      }
      slice.add("bob", "even foreign");
      BulkPlans plans = plans(slice);
      Plan plan = plans.byQuery("ann", BulkAction.ADD_TAGS, List.of("pair"), "even");
      assertThat(plan.order().ids()).hasSize(15);
      assertThat(plan.sample()).hasSize(10).allMatch(b -> b.title().startsWith("even"));
      assertThat(slice.titles("ann", "#pair")).isEmpty();
      Job job = ended(slice, plans.submit("ann", plan, Optional.of(plan.digest())));
      assertThat(job.state()).isEqualTo(Job.State.COMPLETED);
      assertThat(slice.titles("ann", "#pair")).hasSize(15).allMatch(t -> t.startsWith("even"));
      assertThat(slice.titles("bob", "#pair")).isEmpty();
      assertThat(progress(job).count(Outcome.DONE)).isEqualTo(15);
    }
  }

  @Test
  void refusesAPlanThatIsAnotherByNow() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "kiwi one");
      BulkPlans plans = plans(slice);
      String shown = plans.byQuery("ann", BulkAction.TRASH, List.of(), "kiwi").digest();
      slice.add("ann", "kiwi two");
      Plan now = plans.byQuery("ann", BulkAction.TRASH, List.of(), "kiwi");
      assertThatThrownBy(() -> plans.submit("ann", now, Optional.of(shown)))
          .hasMessageContaining(
              "plan_changed: plan: " + shown + " (expected: " + now.digest() + ")")
          .hasMessageContaining("plan again");
      assertThat(slice.titles("ann", "kiwi")).hasSize(2);
    }
  }

  @Test
  void tellsWhatBecameOfEachBookmark() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      Bookmark fine = slice.add("ann", "fine");
      Bookmark trashed = slice.add("ann", "trashed");
      Bookmark foreign = slice.add("bob", "foreign");
      slice.bookmarks().trash("ann", trashed.id(), OptionalLong.empty());
      BulkPlans plans = plans(slice);
      List<String> ids = List.of(fine.id(), "no-such-id", trashed.id(), foreign.id(), fine.id());
      Plan plan = plans.byIds("ann", BulkAction.ARCHIVE, List.of(), ids);
      Job job = ended(slice, plans.submit("ann", plan, Optional.empty()));
      assertThat(progress(job).items(plan.order().ids(), 0, 100))
          .containsExactly(
              new Item(fine.id(), Outcome.DONE, ""),
              new Item("no-such-id", Outcome.NOT_FOUND, ""),
              new Item(
                  trashed.id(), Outcome.REFUSED, "The bookmark is in the trash; take it out first"),
              new Item(foreign.id(), Outcome.NOT_FOUND, ""));
      assertThat(slice.titles("ann", "is:archived")).containsExactly("fine");
      assertThat(slice.titles("bob", "is:active")).containsExactly("foreign");
    }
  }

  @Test
  void everyActionDoesWhatItSaysAndNothingTheSecondTime() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      Bookmark made = slice.add("ann", "one", "old");
      BulkPlans plans = plans(slice);
      for (BulkAction action :
          List.of(
              BulkAction.MARK_UNREAD,
              BulkAction.PIN,
              BulkAction.SHARE,
              BulkAction.ADD_TAGS,
              BulkAction.ARCHIVE,
              BulkAction.TRASH,
              BulkAction.UNTRASH,
              BulkAction.UNARCHIVE,
              BulkAction.MARK_READ,
              BulkAction.UNPIN,
              BulkAction.UNSHARE,
              BulkAction.REMOVE_TAGS)) {
        List<String> tags = action.takesTags() ? List.of("new") : List.of();
        Plan plan = plans.byIds("ann", action, tags, List.of(made.id()));
        ended(slice, plans.submit("ann", plan, Optional.empty()));
        Bookmark once = slice.bookmarks().get("ann", made.id());
        ended(slice, plans.submit("ann", plan, Optional.empty()));
        assertThat(slice.bookmarks().get("ann", made.id())).as("%s", action).isEqualTo(once);
      }
      Bookmark last = slice.bookmarks().get("ann", made.id());
      assertThat(last.version()).isEqualTo(13);
      assertThat(slice.titles("ann", "#old is:active is:read -is:pinned -is:shared -#new"))
          .containsExactly("one");
      Plan delete = plans.byIds("ann", BulkAction.DELETE, List.of(), List.of(made.id()));
      ended(slice, plans.submit("ann", delete, Optional.empty()));
      assertThat(slice.bookmarks().find("ann", made.id())).isEmpty();
    }
  }

  @Test
  void goesOnAfterARestartWhereItWas() {
    List<String> ids = new ArrayList<>();
    String job;
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      for (int from = 0; from < 3_000; from += 1_000) {
        List<BookmarkDraft> drafts = new ArrayList<>();
        for (int i = from; i < from + 1_000; i++) {
          drafts.add(BookmarkDraft.of("http://a.org/" + i).title("many " + i));
        }
        for (Written written : slice.bookmarks().createAll("ann", drafts)) {
          ids.add(((Written.Done) written).bookmark().id());
        }
      }
      BulkPlans plans = plans(slice);
      Plan plan = plans.byIds("ann", BulkAction.MARK_UNREAD, List.of(), ids);
      job = plans.submit("ann", plan, Optional.empty()).id();
      Awaiting.until("it has begun", () -> job(slice, job).done() > 0);
    }
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      Job ended = ended(slice, job(slice, job));
      assertThat(ended.state()).isEqualTo(Job.State.COMPLETED);
      assertThat(progress(ended).count(Outcome.DONE)).isEqualTo(3_000);
      assertThat(slice.bookmarks().findAll("ann", ids)).hasSize(3_000).allMatch(Bookmark::unread);
    }
  }

  private static BulkPlans plans(SearchedSlice slice) {
    return new BulkPlans(slice.bookmarks(), slice.search(), slice.jobs());
  }

  private static Job ended(SearchedSlice slice, Job job) {
    Awaiting.until("the job ends", () -> job(slice, job.id()).finished());
    return job(slice, job.id());
  }

  private static Job job(SearchedSlice slice, String id) {
    return slice.jobs().find("ann", BulkChanges.TYPE, id).orElseThrow();
  }

  private static BulkProgress progress(Job job) {
    return Json.read(String.valueOf(job.result()), BulkProgress.class);
  }
}
