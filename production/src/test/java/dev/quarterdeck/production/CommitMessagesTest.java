package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Merge branch promotion/P01120-CDDeployUS0000238NNProduction into master. Merged and"
            + " deployed by Copado | promotion/P01120-CDDeployUS0000238NNProduction | master",
        "Merge branch promotion/P01120-DeployP01120 into uat. | promotion/P01120-DeployP01120 |"
            + " uat",
        "Merge branch feature/US-0000211 into dev1 | feature/US-0000211 | dev1",
        "Merge branch 'feature/x' into 'uat' | feature/x | uat",
        "Merge branch 'feature/x' into release 1.0 | feature/x | release 1.0",
        "Merge branch 'feature/x' | feature/x | ",
        "Merge branch 'uat' of https://host/repo into dev1 | uat | dev1",
        "Merge remote-tracking branch 'origin/uat' into dev1 | uat | dev1",
        "Merged in feature/US-0000001 (pull request #12) | feature/US-0000001 | ",
        "Merge pull request #7 in ORG/repo from feature/a b to master | feature/a b | master",
        "Merge pull request #7 from somebody/feature/x | feature/x | "
      })
  void readsMerges(String message, String source, String target) {
    CommitMessages.Merge merge = CommitMessages.merge(message + "\n\nbody").orElseThrow();
    assertThat(merge.source()).isEqualTo(source);
    assertThat(merge.target().orElse(null)).isEqualTo(target);
  }

  @Test
  void readsTheMergesOfDataCenter() {
    assertThat(
            CommitMessages.merge(
                "Pull request #3: Title\n\nMerge in ORG/repo from feature/US-0000009 to master\n"))
        .map(CommitMessages.Merge::source)
        .contains("feature/US-0000009");
  }

  @Test
  void findsNoMergeWhereThereIsNone() {
    assertThat(CommitMessages.merge("Merge the two lists of accounts")).isEmpty();
    assertThat(CommitMessages.merge("US-0000252: Merge branch names")).isEmpty();
    assertThat(CommitMessages.merge("")).isEmpty();
  }

  @Test
  void readsPromotions() {
    CommitMessages.Promotion promotion =
        CommitMessages.promotion("promotion/P01120-CDDeployUS0000238NNProduction").orElseThrow();
    assertThat(promotion.number()).isEqualTo("P01120");
    assertThat(promotion.deployment()).contains("CDDeployUS0000238NNProduction");
    assertThat(promotion.validation()).isFalse();
    assertThat(CommitMessages.promotion("promotion/P7-CDValidateUS0000238Uat").orElseThrow())
        .matches(CommitMessages.Promotion::validation);
    assertThat(CommitMessages.promotion("promotion/P7").orElseThrow().deployment()).isEmpty();
    assertThat(CommitMessages.promotion("feature/P7")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "US-0000252: title, US-0000252",
    "feature/US-0000211, US-0000211",
    "US0000211 and US-0000212, US-0000211 US-0000212",
    "promotion/P1-CDDeployUS0000238US0000239Uat, US-0000238 US-0000239",
    "STATUS-2024 and US-12, ''",
    "no story, ''"
  })
  void findsStories(String text, String stories) {
    assertThat(String.join(" ", CommitMessages.stories(text))).isEqualTo(stories);
  }

  @ParameterizedTest
  @CsvSource({
    "a*c, ABC, true",
    "a?c, abbc, false",
    "*, '', true",
    "?, '', false",
    "*b*, abc, true",
    "a*b*c*d, aXbXcX, false",
    "'', a, false",
    "***a, bba, true"
  })
  void matchesGlobs(String pattern, String text, boolean expected) {
    assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void matchesHostileGlobsInTime() {
    assertThat(Glob.of("*a".repeat(200) + "b").matches("a".repeat(5000))).isFalse();
  }
}
