package dev.quarterdeck.executions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The languages of this host, and the choice among them.
public final class Languages {
  /// The language of a request that names none.
  public static final String DEFAULT = "python";

  private final List<Language> all;

  Languages(List<Language> all) {
    this.all = List.copyOf(all);
  }

  /// Every language the sandbox knows, those that can run first.
  public List<Language> all() {
    return all;
  }

  /// Those that can run here.
  public List<Language> active() {
    return all.stream().filter(Language::active).toList();
  }

  /// What a request's language and version come to.
  ///
  /// @param version the version to run; empty when there is none
  /// @param field the field of the request that is wrong; empty when none is
  /// @param message what is wrong and what there is instead
  public record Choice(String version, String field, String message) {}

  /// Chooses a version: the one that is named, else the host's own.
  public Choice choose(String language, Optional<String> version) {
    Optional<Language> found =
        all.stream().filter(known -> known.name().equals(language)).findFirst();
    if (found.isEmpty()) {
      return new Choice(
          "",
          "lang",
          "%s: no such language (expected one of: %s)".formatted(shown(language), names()));
    }
    Language known = found.get();
    if (!known.active()) {
      return new Choice(
          "",
          "lang",
          "%s: cannot run here, %s (expected one of: %s)"
              .formatted(known.name(), known.inactiveReason(), names()));
    }
    if (version.isEmpty()) {
      return new Choice(known.versions().getFirst(), "", "");
    }
    if (known.versions().contains(version.get())) {
      return new Choice(version.get(), "", "");
    }
    return new Choice(
        "",
        "lang_version",
        "%s: no such version of %s here (expected one of: %s; without lang_version the first)"
            .formatted(shown(version.get()), known.name(), String.join(", ", known.versions())));
  }

  private String names() {
    return active().stream().map(Language::name).collect(Collectors.joining(", "));
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
