package dev.quarterdeck.production;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What commit messages say: Copado's grammar, and the merges of Git and Bitbucket.
final class CommitMessages {
  /// As people write it; the digits decide.
  private static final Pattern STORY = Pattern.compile("\\bUS-?(\\d{4,9})(?!\\d)");

  /// As Copado strings stories together in the name of a deployment.
  private static final Pattern JOINED_STORY = Pattern.compile("US(\\d{7})");

  private static final Pattern PROMOTION = Pattern.compile("promotion/(P\\d+)(?:-(\\S+))?");

  private static final List<Pattern> MERGES =
      List.of(
          Pattern.compile(
              "^Merge (?:remote-tracking )?branch '(?<from>[^']+)'(?: of \\S+)?(?: into"
                  + " '?(?<to>[^']+?)'?)?$"),
          Pattern.compile("^Merge branch (?<from>.+?) into (?<to>.+?)(?:\\. Merged .*|\\.)?$"),
          Pattern.compile("^Merged in (?<from>.+?) \\(pull request #\\d+\\)$"),
          Pattern.compile("^Merged (?<from>\\S+) into (?<to>\\S+)$"),
          Pattern.compile("^Merge pull request #\\d+ in \\S+ from (?<from>.+?) to (?<to>.+)$"),
          Pattern.compile("^Merge pull request #\\d+ from [^/\\s]+/(?<from>.+)$"),
          Pattern.compile("^Merge commit '(?<from>[^']+)'(?: into '?(?<to>[^']+?)'?)?$"));

  private static final Pattern DATA_CENTER =
      Pattern.compile("(?m)^Merge in \\S+ from (?<from>.+?) to (?<to>.+)$");

  private CommitMessages() {}

  /// A merge as its message tells it.
  record Merge(String source, Optional<String> target) {}

  /// A promotion of Copado and its deployment.
  record Promotion(String number, Optional<String> deployment, boolean validation) {}

  /// The merge that the message speaks of.
  static Optional<Merge> merge(String message) {
    String subject = message.lines().findFirst().orElse("").strip();
    for (Pattern pattern : MERGES) {
      Matcher matcher = pattern.matcher(subject);
      if (matcher.matches()) {
        return Optional.of(found(matcher));
      }
    }
    Matcher later = DATA_CENTER.matcher(message);
    return later.find() ? Optional.of(found(later)) : Optional.empty();
  }

  private static Merge found(Matcher matcher) {
    String source = withoutRemote(matcher.group("from").strip());
    boolean named = matcher.namedGroups().containsKey("to");
    @Nullable String target = named ? matcher.group("to") : null;
    return new Merge(source, Optional.ofNullable(target).map(String::strip));
  }

  private static String withoutRemote(String branch) {
    return branch.startsWith("origin/") ? branch.substring("origin/".length()) : branch;
  }

  /// The promotion whose branch this is.
  static Optional<Promotion> promotion(String branch) {
    Matcher matcher = PROMOTION.matcher(branch);
    if (!matcher.find()) {
      return Optional.empty();
    }
    Optional<String> deployment = Optional.ofNullable(matcher.group(2));
    boolean validation =
        deployment
            .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("cdvalidate"))
            .isPresent();
    return Optional.of(new Promotion(matcher.group(1), deployment, validation));
  }

  /// The stories that a message or the name of a branch names, in the form `US-0000123`.
  static List<String> stories(String text) {
    Set<String> stories = new LinkedHashSet<>();
    Matcher written = STORY.matcher(text);
    while (written.find()) {
      stories.add("US-" + written.group(1));
    }
    promotion(text)
        .flatMap(Promotion::deployment)
        .ifPresent(
            name -> {
              Matcher joined = JOINED_STORY.matcher(name);
              while (joined.find()) {
                stories.add("US-" + joined.group(1));
              }
            });
    return new ArrayList<>(stories);
  }

  /// A story in the form `US-0000123`, however it is written.
  static String story(String written) {
    String text = written.strip().toUpperCase(Locale.ROOT);
    return text.matches("US\\d+") ? "US-" + text.substring(2) : text;
  }

  static boolean isSnapshot(String message) {
    return message.startsWith("Copado Snapshot") || message.startsWith("Delete from Snapshot");
  }

  static boolean isBackup(String message) {
    return message.startsWith("Copado Backup");
  }
}
