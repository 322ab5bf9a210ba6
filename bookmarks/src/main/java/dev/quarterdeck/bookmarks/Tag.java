package dev.quarterdeck.bookmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A label that one user puts on bookmarks.
///
/// @param id 8 lower-case hexadecimal digits
/// @param number positive, fits 31 bits, never used twice; for clients that need whole numbers
/// @param owner id of the user whose it is
/// @param version 1 when made, one more for each change
/// @param name at most 64 characters, unique among the owner's whatever its case; `/` nests:
///   `languages/java` lies below `languages`
/// @param description at most 2,048 characters
/// @param removed whether it was deleted or merged; then nobody sees it any more, and it stays only
///   until the last bookmark is rid of it
/// @param mergedInto id of the tag that bookmarks with this one have instead; empty for none
public record Tag(
    String id,
    int number,
    String owner,
    @JsonIgnore long version,
    String name,
    TagColor color,
    String description,
    boolean removed,
    Optional<String> mergedInto,
    Instant createdAt) {

  Tag withVersion(long value) {
    return new Tag(
        id, number, owner, value, name, color, description, removed, mergedInto, createdAt);
  }

  Tag with(String newName, TagColor newColor, String newDescription) {
    return new Tag(
        id,
        number,
        owner,
        version,
        newName,
        newColor,
        newDescription,
        removed,
        mergedInto,
        createdAt);
  }

  /// What two names have in common that differ in case or in the spelling of accents only.
  static String fold(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  Tag gone(Optional<String> into) {
    return new Tag(id, number, owner, version, name, color, description, true, into, createdAt);
  }
}
