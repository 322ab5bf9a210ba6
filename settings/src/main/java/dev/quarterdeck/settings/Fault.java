package dev.quarterdeck.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something wrong with the settings, or a warning. Holds no secret.
///
/// @param code stable: one of [FaultCode], or of the TOML and `.env` readers
/// @param warning whether the settings load all the same
/// @param key the path of the setting, empty when it is about none
/// @param message what is wrong, in one line without the place
/// @param place where
/// @param excerpt the line there, null when it is not in a file
/// @param remedy what to do about it, in one sentence; may be empty
/// @param related the other definitions that take part: shadowed ones, or those of a rule
public record Fault(
    String code,
    boolean warning,
    String key,
    String message,
    Place place,
    @Nullable Excerpt excerpt,
    String remedy,
    List<Definition> related) {
  public Fault {
    related = List.copyOf(related);
  }
}
