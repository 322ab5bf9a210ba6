package dev.quarterdeck.production;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The repository whose production state is told, and how it is asked.
public record ProductionSettings(
    @Table("Work within one API call.") Api api,
    @Table("The Bitbucket server.") Bitbucket bitbucket,
    @Setting(value = "Where the command line calls this API.", fallback = "http://127.0.0.1:5000")
        URI selfBaseUrl,
    @Setting(value = "The component type registry.", fallback = "component_types.yaml")
        Path componentTypesYaml,
    @Setting("Branch that is in production; without it master or, when there is none, main.")
        Optional<String> productionBranch,
    @Setting(
            value =
                "Branches compared with production, in this order, * and ? for any text; none"
                    + " means those without a slash in their names.",
            fallback = "")
        List<String> productionEnvironments)
    implements Checked {
  public ProductionSettings {
    productionEnvironments = List.copyOf(productionEnvironments);
  }

  @Override
  public void check(Rules rules) {
    rules.require(
        productionBranch.stream().noneMatch(Glob::isPattern),
        "production_branch",
        "the name of one branch, without * and ?");
    rules.require(
        productionEnvironments.stream().noneMatch(String::isBlank),
        "production_environments",
        "names or patterns of branches, none of them blank");
  }

  /// The same for the repository behind another API root.
  public ProductionSettings at(URI root) {
    return new ProductionSettings(
        api,
        new Bitbucket(
            bitbucket.maxWorkers,
            bitbucket.poolMaxsize,
            bitbucket.timeout,
            root,
            bitbucket.token,
            bitbucket.email,
            bitbucket.workspace,
            bitbucket.repo),
        selfBaseUrl,
        componentTypesYaml,
        productionBranch,
        productionEnvironments);
  }

  /// Work within one API call.
  public record Api(
      @Setting(
              value = "Components resolved at once within one API call.",
              fallback = "8",
              min = "1",
              max = "256")
          int maxWorkers) {}

  /// The Bitbucket server.
  public record Bitbucket(
      @Setting(
              value = "Bitbucket operations in flight at once, over all calls.",
              fallback = "8",
              min = "1",
              max = "256")
          int maxWorkers,
      @Setting(
              value = "Open HTTP connections to Bitbucket, kept alive.",
              fallback = "32",
              min = "1",
              max = "1024")
          int poolMaxsize,
      @Setting(
              value = "Limit of one Bitbucket request, connect and response.",
              fallback = "2.0",
              unit = "s",
              min = "1ms")
          Duration timeout,
      @Setting(
              value = "API root; …/rest/api/1.0 selects Data Center, file: a local clone.",
              fallback = "https://api.bitbucket.org/2.0")
          URI baseUrl,
      @Setting("Access token for the Bitbucket API.") Optional<Secret<String>> token,
      @Setting("E-mail of the token's owner; with it the token is sent as Basic.")
          Optional<String> email,
      @Setting("Workspace, or project key on Data Center, of the repository.")
          Optional<String> workspace,
      @Setting("Slug of the repository.") Optional<String> repo) {}
}
