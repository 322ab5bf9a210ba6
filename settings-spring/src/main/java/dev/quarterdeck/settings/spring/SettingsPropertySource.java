package dev.quarterdeck.settings.spring;

import dev.quarterdeck.settings.FlatValue;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/// The values of a load as properties, under their paths in Spring's spelling
/// (`kafka.max-poll-records`) with their places as origins. Immutable.
///
/// @param <T> the root record
public final class SettingsPropertySource<T> extends EnumerablePropertySource<Loaded<T>>
    implements OriginLookup<String> {
  /// The name in the environment.
  public static final String NAME = "quarterdeck settings";

  private final Map<String, FlatValue> values;

  /// The values of a load.
  ///
  /// @param secrets whether secrets, and URLs with a password, are properties, too
  public SettingsPropertySource(Loaded<T> loaded, boolean secrets) {
    super(NAME, loaded);
    values = FlatValue.all(loaded, secrets, new Dashes());
  }

  @Override
  public String[] getPropertyNames() {
    return values.keySet().toArray(String[]::new);
  }

  @Override
  public boolean containsProperty(String name) {
    return values.containsKey(name);
  }

  @Override
  public @Nullable Object getProperty(String name) {
    FlatValue value = values.get(name);
    return value == null ? null : value.value();
  }

  @Override
  public @Nullable Origin getOrigin(String name) {
    FlatValue value = values.get(name);
    if (value == null) {
      return null;
    }
    Place place = getSource().provenance().winner(value.key()).place();
    return place instanceof Place.InFile in
        ? new TextResourceOrigin(
            new FileSystemResource(in.file()), new Location(in.line() - 1, in.column() - 1))
        : new Elsewhere(place);
  }

  /// Settings with dashes; what a map's own keys are stays as it is.
  private record Dashes() implements FlatValue.Spelling {
    @Override
    public String setting(String path) {
      return path.replace('_', '-');
    }

    @Override
    public String table(String name) {
      return "[" + name + "]";
    }
  }

  /// A place that is no place in a file.
  private record Elsewhere(Place place) implements Origin {
    @Override
    public String toString() {
      return place.toString();
    }
  }
}
