package dev.quarterdeck.bookmarks;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Table;
import java.time.Duration;
import java.util.List;

/// Lists and the cache of bookmarks.
public record BookmarkSettings(
    @Setting(
            value = "Default page length of bookmark lists.",
            fallback = "10",
            profiles = {
              @ProfileDefault(in = "test", value = "5"),
              @ProfileDefault(in = "production", value = "25")
            },
            min = "1",
            max = "1000")
        int pageSize,
    @Setting(
            value = "Greatest page length that callers may ask for.",
            fallback = "100",
            min = "1",
            max = "1000")
        int maxPageSize,
    @Setting(
            value = "Whether title, description and icon of a new bookmark are read from its page.",
            fallback = "true",
            profiles = @ProfileDefault(in = "test", value = "false"))
        boolean fetchPages,
    @Setting(
            value = "Hosts of the internal network whose pages may be fetched, on any port.",
            fallback = "")
        List<String> fetchAllowHosts,
    @Setting(
            value = "Days after which a link is looked at again; 0 turns that off.",
            fallback = "0",
            min = "0",
            max = "3650")
        int linkCheckDays,
    @Table("The bookmark cache.") Cache cache)
    implements Checked {

  @Override
  public void check(Rules rules) {
    rules.require(pageSize <= maxPageSize, "page_size", "at most max_page_size", "max_page_size");
  }

  /// The bookmark cache.
  public record Cache(
      @Setting(
              value = "Time to live of a cached entry.",
              fallback = "30",
              profiles = {
                @ProfileDefault(in = "test", value = "300"),
                @ProfileDefault(in = "production", value = "600")
              },
              unit = "s",
              min = "0s")
          Duration ttlSeconds,
      @Setting(
              value = "Greatest number of cached entries; 0 turns the cache off.",
              fallback = "128",
              profiles = {
                @ProfileDefault(in = "test", value = "1024"),
                @ProfileDefault(in = "production", value = "4096")
              },
              min = "0")
          int maxEntries,
      @Setting(value = "Which entry goes when the cache is full.", fallback = "lru")
          Eviction eviction) {}

  /// The eviction policies.
  public enum Eviction {
    LRU,
    TINYLFU
  }
}
