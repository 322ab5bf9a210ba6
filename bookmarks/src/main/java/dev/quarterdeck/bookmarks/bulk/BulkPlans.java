package dev.quarterdeck.bookmarks.bulk;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.bookmarks.search.Answer;
import dev.quarterdeck.bookmarks.search.Ask;
import dev.quarterdeck.bookmarks.search.IndexedSearch;
import dev.quarterdeck.bookmarks.search.Order;
import dev.quarterdeck.bookmarks.search.SearchScope;
import dev.quarterdeck.bookmarks.search.SearchScope.States;
import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Plans changes of many bookmarks, and has them done. Safe for all threads.
public final class BulkPlans {
  /// Most bookmarks of one job.
  public static final int MOST = 50_000;

  private static final int SAMPLE = 10;

  private final Bookmarks bookmarks;
  private final IndexedSearch search;
  private final Jobs jobs;

  /// @param jobs with [BulkChanges] among its works
  public BulkPlans(Bookmarks bookmarks, IndexedSearch search, Jobs jobs) {
    this.bookmarks = bookmarks;
    this.search = search;
    this.jobs = jobs;
  }

  /// What would be done.
  ///
  /// @param digest hand it back to have exactly this done
  /// @param sample the first few of the bookmarks
  public record Plan(BulkOrder order, String digest, List<Bookmark> sample) {
    public Plan {
      sample = List.copyOf(sample);
    }
  }

  /// The plan for bookmarks that the caller names. Ids of none are kept: the job says so of each.
  public Plan byIds(String owner, BulkAction action, List<String> tags, List<String> ids) {
    return plan(
        owner, new BulkOrder(action, checked(tags), "", List.copyOf(new LinkedHashSet<>(ids))));
  }

  /// The plan for all active and archived bookmarks that match a query now.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when it cannot be read, or too many match
  public Plan byQuery(String owner, BulkAction action, List<String> tags, String query) {
    Answer answer =
        search.search(
            Ask.page(
                new SearchScope.Own(owner, States.BOTH),
                IndexedSearch.parse(query),
                Order.NEWEST,
                0,
                MOST));
    if (answer.next().isPresent()) {
      throw new Problem.BadRequest(
              "bulk_too_many",
              "query: it matches %d bookmarks (expected: at most %d); narrow it, for instance by after: and before:"
                  .formatted(answer.total(), MOST))
          .raise();
    }
    if (!answer.whole() || answer.behind() > 0) {
      throw new Problem.Unavailable(
              "search_behind",
              "The search index is behind the store, so that the plan would miss bookmarks; try"
                  + " again shortly.",
              Duration.ofSeconds(5))
          .raise();
    }
    return plan(owner, new BulkOrder(action, checked(tags), query, answer.ids()));
  }

  /// Has a plan done.
  ///
  /// @param expected the digest that the caller was shown
  /// @throws dev.quarterdeck.runtime.ProblemException 409 when the plan is another by now
  public Job submit(String owner, Plan plan, Optional<String> expected) {
    if (expected.filter(digest -> !digest.equals(plan.digest())).isPresent()) {
      throw new Problem.Conflict(
              "plan_changed",
              "plan: %s (expected: %s); what it would change is no more what you were shown: plan again"
                  .formatted(expected.get(), plan.digest()))
          .raise();
    }
    return jobs.submit(owner, BulkChanges.TYPE, plan.order());
  }

  private Plan plan(String owner, BulkOrder order) {
    List<String> first = order.ids().subList(0, Math.min(SAMPLE, order.ids().size()));
    return new Plan(order, order.digest(), bookmarks.findAll(owner, first));
  }

  private static List<String> checked(List<String> tags) {
    List<String> names = tags.stream().map(String::strip).distinct().toList();
    for (String name : names) {
      if (name.isEmpty() || name.codePointCount(0, name.length()) > BookmarkRules.TAG_NAME_MAX) {
        throw new Problem.BadRequest(
                "tags_invalid",
                "tags: '%s' (expected: 1 to %d characters)"
                    .formatted(name, BookmarkRules.TAG_NAME_MAX))
            .raise();
      }
    }
    return names;
  }
}
