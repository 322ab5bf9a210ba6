package dev.quarterdeck.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/// Bookmarks that look like a team's: a vocabulary of 40,000 words used as often as words are
/// (Zipf), 2,000 tags likewise, hosts, paths with ids. Equal seeds and sizes give equal bookmarks.
final class GeneratedBookmarks {
  private static final String FREQUENT =
      "guide to the and for with how in of a on introduction release notes documentation linux java"
          + " python git docker kubernetes database search index performance security network cloud"
          + " server client web api design pattern testing deploy pipeline monitoring logging"
          + " memory thread virtual machine learning model data stream queue cache redis kafka"
          + " postgres sqlite query language compiler parser syntax type system function object"
          + " class module package build tool command shell script terminal editor keyboard browser"
          + " javascript typescript css html frontend backend service architecture decision record"
          + " review meeting plan roadmap issue bug fix change version update migration backup"
          + " restore disk file storage object bucket container image registry cluster node pod"
          + " volume policy role user account login token session cookie header request response"
          + " status error retry timeout rate limit load balance proxy gateway certificate"
          + " encryption key hash signature audit compliance report dashboard metric trace alert"
          + " incident runbook onboarding handbook culture hiring interview salary travel expense"
          + " calendar wiki page article blog post news paper research experiment analysis"
          + " statistics graph tree list algorithm complexity sorting benchmark profile latency"
          + " throughput optimization tuning";
  private static final int WORDS = 40_000;
  private static final int TAGS = 2_000;
  private static final int HOSTS = 20_000;
  private static final long NEWEST_MILLIS = 1_790_000_000_000L;
  private static final long STEP_MILLIS = 60_000;

  private final List<String> words = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private final List<String> hosts = new ArrayList<>();
  private final double[] wordWeights;
  private final double[] tagWeights;
  private final double[] hostWeights;
  private final long seed;

  /// A bookmark.
  ///
  /// @param addedMillis epoch milliseconds
  record Entry(
      String url,
      String title,
      String description,
      String notes,
      List<String> tags,
      boolean unread,
      boolean archived,
      long addedMillis) {}

  GeneratedBookmarks(long seed) {
    this.seed = seed;
    Random random = new Random(seed);
    Set<String> made = new HashSet<>(List.of(FREQUENT.split(" ")));
    words.addAll(List.of(FREQUENT.split(" ")).stream().distinct().toList());
    while (words.size() < WORDS) {
      String word = word(random);
      if (made.add(word)) {
        words.add(word);
      }
    }
    for (int i = 0; i < TAGS; i++) {
      String tag = words.get(11 + i);
      tags.add(i % 10 == 9 ? words.get(15 + i % 40) + "/" + tag : tag);
    }
    for (int i = 0; i < HOSTS; i++) {
      String[] ends = {"com", "org", "io", "dev", "net", "de"};
      hosts.add((i % 3 == 0 ? "www." : "") + words.get(200 + i) + "." + ends[i % ends.length]);
    }
    wordWeights = zipf(WORDS, 1.0);
    tagWeights = zipf(TAGS, 1.0);
    hostWeights = zipf(HOSTS, 0.9);
  }

  /// The bookmark with this number, of so many; the last is the newest.
  Entry entry(int number, int of) {
    Random random = new Random(seed * 31 + number * 0x9e3779b97f4a7c15L);
    String title = text(random, 3 + random.nextInt(7));
    String slug = title.toLowerCase(Locale.ROOT).replace(' ', '-');
    String url =
        "https://%s/%s/%s-%x"
            .formatted(
                pick(hosts, hostWeights, random), pick(words, wordWeights, random), slug, number);
    List<String> its = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String tag = pick(tags, tagWeights, random);
      if (!its.contains(tag)) {
        its.add(tag);
      }
    }
    return new Entry(
        url,
        Character.toUpperCase(title.charAt(0)) + title.substring(1),
        random.nextInt(3) == 0 ? "" : text(random, 8 + random.nextInt(20)),
        random.nextInt(10) == 0 ? text(random, 20 + random.nextInt(60)) : "",
        its,
        random.nextInt(10) == 0,
        random.nextInt(12) == 0,
        NEWEST_MILLIS - (of - number) * STEP_MILLIS);
  }

  /// The word of this rank; rank 0 is the most frequent.
  String word(int rank) {
    return words.get(rank);
  }

  String tag(int rank) {
    return tags.get(rank);
  }

  private String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : " ").append(pick(words, wordWeights, random));
    }
    return text.toString();
  }

  private static String pick(List<String> of, double[] sums, Random random) {
    int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
    return of.get(Math.min(at < 0 ? -at - 1 : at, of.size() - 1));
  }

  private static double[] zipf(int size, double exponent) {
    double[] sums = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1 / Math.pow(i + 2.0, exponent);
      sums[i] = sum;
    }
    return sums;
  }

  private static String word(Random random) {
    String[] onsets = {
      "b", "br", "c", "ch", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pr", "r", "s", "st",
      "t", "tr", "v", "w"
    };
    String[] vowels = {"a", "e", "i", "o", "u", "ai", "ea", "ou"};
    String[] ends = {"", "n", "r", "s", "t", "l", "nd", "ng", "ck", "ment", "tion", "ing", "er"};
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      word.append(onsets[random.nextInt(onsets.length)])
          .append(vowels[random.nextInt(vowels.length)]);
    }
    return word.append(ends[random.nextInt(ends.length)]).toString();
  }
}
