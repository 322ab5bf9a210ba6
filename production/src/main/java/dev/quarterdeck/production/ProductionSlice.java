package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.bitbucket.Bitbucket;
import dev.quarterdeck.production.source.bitbucket.BitbucketOptions;
import dev.quarterdeck.production.source.bitbucket.RequestMeter;
import dev.quarterdeck.production.source.git.GitSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The repository that the settings name. It is opened at the first question, so that a server
/// without one starts well; a repository that cannot be opened is tried again at the next question.
/// Safe for all threads.
public final class ProductionSlice implements AutoCloseable {
  private final ProductionSettings settings;
  private final ComponentRegistry registry;
  private final ProductionOptions options;
  private final InstantSource clock;
  private final RequestMeter meter = new RequestMeter();
  private @Nullable Production opened;
  private boolean closed;

  private ProductionSlice(
      ProductionSettings settings,
      ComponentRegistry registry,
      ProductionOptions options,
      InstantSource clock) {
    this.settings = settings;
    this.registry = registry;
    this.options = options;
    this.clock = clock;
  }

  /// Reads the component registry; nothing else is opened.
  ///
  /// @param cacheDirectory of what the repository's host said
  /// @throws dev.quarterdeck.production.components.RegistryException COMPONENT_TYPES_YAML cannot be
  ///   used
  public static ProductionSlice of(
      ProductionSettings settings, Path cacheDirectory, InstantSource clock) {
    return new ProductionSlice(
        settings,
        ComponentRegistry.load(settings.componentTypesYaml()),
        ProductionOptions.defaults(cacheDirectory)
            .withWorkers(settings.api().maxWorkers())
            .withBranches(given(settings.productionBranch()), settings.productionEnvironments()),
        clock);
  }

  /// The types of components that are known.
  public ComponentRegistry registry() {
    return registry;
  }

  /// What was asked of Bitbucket since the start.
  public RequestMeter meter() {
    return meter;
  }

  /// Whether a repository is named, so that there is something to ask.
  public boolean configured() {
    return isFile(settings.bitbucket().baseUrl()) || missing().isEmpty();
  }

  /// The production state of the repository.
  ///
  /// @throws SourceException no repository is named, or it cannot be opened
  public synchronized Production production() {
    if (closed) {
      throw new SourceException(new SourceFault.Cancelled("the server is stopping"));
    }
    Production production = opened;
    if (production == null) {
      production = Production.of(source(), registry, options, clock);
      opened = production;
    }
    return production;
  }

  private Source source() {
    ProductionSettings.Bitbucket bitbucket = settings.bitbucket();
    if (isFile(bitbucket.baseUrl())) {
      return GitSource.open(bitbucket.baseUrl());
    }
    if (!missing().isEmpty()) {
      throw new SourceException(
          new SourceFault.NotConfigured(
              "workspace/repo not configured: %s %s no value (expected: BITBUCKET_WORKSPACE, the workspace or on Data Center the project key, and BITBUCKET_REPO, the repository's slug; or BITBUCKET_BASE_URL=file:///PATH of a Git clone)"
                  .formatted(
                      String.join(" and ", missing()), missing().size() == 1 ? "has" : "have")));
    }
    return Bitbucket.open(
        new BitbucketOptions(
            bitbucket.baseUrl(),
            bitbucket.workspace().orElseThrow(),
            bitbucket.repo().orElseThrow(),
            bitbucket.token(),
            given(bitbucket.email()),
            bitbucket.maxWorkers(),
            bitbucket.poolMaxsize(),
            bitbucket.timeout()),
        meter);
  }

  private static boolean isFile(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT).equals("file");
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (given(settings.bitbucket().workspace()).isEmpty()) {
      missing.add("BITBUCKET_WORKSPACE");
    }
    if (given(settings.bitbucket().repo()).isEmpty()) {
      missing.add("BITBUCKET_REPO");
    }
    return missing;
  }

  private static Optional<String> given(Optional<String> value) {
    return value.filter(text -> !text.isBlank());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.close();
    }
  }
}
