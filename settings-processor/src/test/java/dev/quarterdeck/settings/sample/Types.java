package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.Converter;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Spelled;
import dev.quarterdeck.settings.units.ByteSize;
import dev.quarterdeck.settings.units.Cidr;
import dev.quarterdeck.settings.units.CpuQuantity;
import dev.quarterdeck.settings.units.HostPort;
import dev.quarterdeck.settings.units.MemoryQuantity;
import dev.quarterdeck.settings.units.RateLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One setting of each type.
public record Types(
    @Setting(value = "Text.", fallback = "a", notBlank = true, maxLength = 20) String text,
    @Setting(value = "Text of a form.", fallback = "ab", pattern = "[a-z]*") String form,
    @Setting(value = "A small number.", fallback = "1", min = "-5", max = "5") int small,
    @Setting(value = "A large number.", fallback = "1") long large,
    @Setting(value = "A ratio.", fallback = "0.1", min = "0.0", max = "1.0") double ratio,
    @Setting(value = "A switch.", fallback = "false") boolean flag,
    @Setting(value = "A level.", fallback = "INFO") Level level,
    @Setting("Perhaps a URL.") Optional<URI> url,
    @Setting("Perhaps a text.") Optional<String> note,
    @Setting(value = "A path.", fallback = "~/x") Path path,
    @Setting(value = "A duration.", fallback = "2.0", unit = "s", min = "1ms") Duration pause,
    @Setting(value = "A size.", fallback = "10 MB", max = "1 GB") ByteSize size,
    @Setting(value = "CPU.", fallback = "500m") CpuQuantity cpu,
    @Setting(value = "Memory.", fallback = "128Mi") MemoryQuantity memory,
    @Setting(value = "Rates.", fallback = "100/minute") RateLimits rates,
    @Setting(value = "An address.", fallback = "kafka:29092") HostPort address,
    @Setting(value = "A regular expression.", fallback = "a+") Pattern regex,
    @Setting(value = "Blocks of addresses.", fallback = "") List<Cidr> blocks,
    @Setting(value = "Names.", fallback = "a, b") Set<String> names,
    @Setting(value = "Attributes.", fallback = "") Map<String, String> attributes,
    @Setting(value = "A colour.", fallback = "#000000", converter = Colour.Reader.class)
        Colour colour) {

  /// An enum with a spelling of its own.
  public enum Level {
    @Spelled("DEBUG")
    DEBUG,
    @Spelled("INFO")
    INFO
  }

  /// A type of the program's own.
  public record Colour(int rgb) {
    /// Reads colours.
    public static final class Reader implements Converter<Colour> {
      /// For the binder.
      public Reader() {}

      @Override
      public Colour parse(String text) {
        if (text.length() != 7 || text.charAt(0) != '#') {
          throw new IllegalArgumentException("expected " + expected());
        }
        return new Colour(Integer.parseInt(text.substring(1), 16));
      }

      @Override
      public String render(Colour value) {
        return String.format("#%06x", value.rgb());
      }

      @Override
      public String expected() {
        return "a colour such as #ff8800";
      }
    }
  }
}
