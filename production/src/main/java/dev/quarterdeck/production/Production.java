package dev.quarterdeck.production;

import dev.quarterdeck.production.cache.DiskCache;
import dev.quarterdeck.production.cache.KeepingSource;
import dev.quarterdeck.production.cache.KeptAnswers;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.runtime.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Production state of one repository: every question that routes, the command line and the console
/// ask, answered from one snapshot.
///
/// All methods block, may be called by many threads at once, and throw
/// [dev.quarterdeck.production.source.SourceException] when the source cannot answer and nothing
/// older can ([SourceProblems] says what to tell the caller), and
/// [dev.quarterdeck.runtime.ProblemException] for questions that cannot be answered. Rows that fail
/// carry their error instead.
public final class Production implements AutoCloseable {
  /// Environments compared at once; the source bounds its requests itself.
  private static final int COMPARED_AT_ONCE = 8;

  private final Source source;
  private final ComponentRegistry registry;
  private final ProductionOptions options;
  private final InstantSource clock;
  private final Snapshots snapshots;
  private final TimeTravel timeTravel;
  private final StateQueries states;
  private final CompareQueries comparisons;
  private final HistoryQueries histories;
  private final DiffQueries diffs;
  private final CommitQueries commits;
  private final DeploymentQueries deployments;
  private final DriftQueries drifts;
  private final OverlapQueries overlaps;
  private final DeltaQueries deltas;

  private Production(
      Source upstream, ComponentRegistry registry, ProductionOptions options, InstantSource clock) {
    KeptAnswers answers =
        new KeptAnswers(
            new DiskCache(options.cacheDirectory(), options.cacheBytes()), upstream.name());
    this.source = KeepingSource.over(upstream, answers);
    this.registry = registry;
    this.options = options;
    this.clock = clock;
    Workers workers = new Workers(options.workers());
    Branches branches = new Branches(options);
    SnapshotBuilder builder =
        new SnapshotBuilder(source, registry, branches, new Workers(COMPARED_AT_ONCE), answers);
    AuthorSearch search = new AuthorSearch(source, answers);
    this.snapshots = new Snapshots(source, builder, branches, search, options, clock);
    this.timeTravel = new TimeTravel(source, builder, new AuthorSearch(source, null));
    Sides sides = new Sides(source);
    Attribution attribution = new Attribution(source);
    this.states = new StateQueries(source, sides, attribution, workers);
    this.diffs = new DiffQueries(source, sides, workers);
    this.comparisons = new CompareQueries(sides, attribution, diffs, workers);
    this.histories = new HistoryQueries(source, sides, workers);
    this.commits = new CommitQueries(source, diffs, registry, workers);
    this.deployments = new DeploymentQueries(source, workers);
    this.drifts = new DriftQueries(source);
    this.overlaps = new OverlapQueries(source, workers);
    this.deltas = new DeltaQueries(sides);
  }

  /// The production state that this source tells. Nothing is asked until the first question.
  ///
  /// @param source closed with this
  public static Production of(
      Source source, ComponentRegistry registry, ProductionOptions options, InstantSource clock) {
    return new Production(source, registry, options, clock);
  }

  /// The types of components that are known.
  public ComponentRegistry registry() {
    return registry;
  }

  /// What answers rest on now.
  public SnapshotInfo info() {
    return snapshots.current(false).info();
  }

  /// Which of these components are on the branch.
  ///
  /// @param branch empty for production's own
  public StateReport state(Optional<String> branch, List<ComponentQuery> components) {
    Snapshot now = snapshots.current(true);
    return states.state(call(), now, branch.orElse(now.branch()), components, clock.instant());
  }

  /// The components on two branches, side by side.
  public OrgComparison compare(OrgComparison.Query query) {
    Snapshot now = snapshots.current(true);
    return comparisons.compare(call(), now, query);
  }

  /// What deploying the components from the branch would do to production.
  public DeploymentComparison compareDeployment(
      List<ComponentQuery> components, Optional<String> production, String branch) {
    Snapshot now = snapshots.current(false);
    return comparisons.deployment(
        call(), now, components, production.orElse(now.branch()), branch, clock.instant());
  }

  /// The newest commits of components on two branches.
  ///
  /// @param limit commits of each component on each branch
  public HistoryReport history(
      OrgComparison.Org orgA, OrgComparison.Org orgB, List<ComponentQuery> components, int limit) {
    Snapshot now = snapshots.current(false);
    return histories.history(call(), now, orgA, orgB, components, limited(limit));
  }

  /// How the files of a component differ between two branches, line by line.
  public ComponentDiff diff(ComponentQuery component, String from, String to) {
    Snapshot now = snapshots.current(false);
    return diffs.diff(call(), now, component, from, to);
  }

  /// How two commits stand to each other.
  public CommitRelation relation(String older, String newer) {
    return commits.relation(call(), older, newer);
  }

  /// Whether a commit exists and the branch contains it.
  public CommitCheck check(String commit, String branch) {
    return commits.check(call(), commit, branch);
  }

  /// What a commit changed.
  public CommitChanges changes(String commit) {
    return commits.changes(call(), commit);
  }

  /// A page of the matrix of components and environments.
  public Matrix matrix(MatrixQuery query) {
    return MatrixSearch.search(snapshot(query.at()), query);
  }

  /// The log of deployments.
  public Deployment.Log deployments(Deployment.Query query) {
    Snapshot now = snapshots.current(false);
    return deployments.log(call(), now, query);
  }

  /// Where an environment and production have come apart.
  public Drift drift(String environment) {
    Snapshot now = snapshots.current(true);
    return drifts.drift(call(), now, environment);
  }

  /// Components that two or more open branches change.
  public Overlap overlap() {
    Snapshot now = snapshots.current(false);
    Call call = call();
    return overlaps.overlap(call, now, snapshots.branches(call));
  }

  /// What must be deployed and deleted to come from one commit, tag or branch to another.
  ///
  /// @param from empty for everything that the other has
  /// @param to empty for production
  public Delta delta(Optional<String> from, Optional<String> to) {
    Snapshot now = snapshots.current(false);
    Call call = call();
    String end = to.map(name -> commit(call, now, "to", name)).orElse(now.commit());
    return from.isEmpty()
        ? deltas.all(call, now, end)
        : deltas.delta(call, now, commit(call, now, "from", from.get()), end);
  }

  /// Makes the next question ask the source for its branches again, as after a push.
  public void expire() {
    snapshots.expire();
  }

  /// Upstream requests that the last refresh cost, its search for authors included.
  public int lastRefreshRequests() {
    return snapshots.lastRequests();
  }

  private Snapshot snapshot(Optional<String> at) {
    Snapshot now = snapshots.current(false);
    return at.isEmpty() ? now : timeTravel.at(call(), now, at.get());
  }

  private String commit(Call call, Snapshot now, String field, String name) {
    return source
        .commit(call, name)
        .map(Commit::id)
        .orElseThrow(
            () ->
                new Problem.NotFound(
                        "commit_not_found",
                        "%s: %s is no commit, tag or branch of %s"
                            .formatted(field, Sides.shown(name), now.repository()))
                    .raise());
  }

  private static int limited(int limit) {
    if (limit < 1 || limit > 1000) {
      throw new Problem.BadRequest(
              "limit_invalid", "limit: %d (expected: 1 to 1000)".formatted(limit))
          .raise();
    }
    return limit;
  }

  private Call call() {
    return Call.within(options.timeLimit(), options.requestBudget());
  }

  /// Ends what is under way and closes the source.
  @Override
  public void close() {
    snapshots.close();
    source.close();
  }
}
