package dev.quarterdeck.production.components;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One built-in type and how paths below its directory are read.
///
/// @param suffix without dot; empty means any
/// @param strict found in its directory only, never by its suffix alone
record Layout(
    String name,
    String directory,
    String suffix,
    Shape shape,
    boolean strict,
    List<Part> parts,
    List<FolderType> folderTypes) {

  /// How the files of one component lie below the type's directory.
  enum Shape {
    SINGLE,
    CONTENT,
    BUNDLE,
    SPACE,
    MIXED,
    OWNED,
    FOLDER,
    OBJECT
  }

  /// A part of a component that is a component itself.
  ///
  /// @param directory of the part's files within the owner's folder; `.` is that folder itself
  /// @param suffix without dot; empty for a part that has no file of its own
  /// @param alone named without its owner
  record Part(String name, String directory, String suffix, boolean alone) {}

  /// The folders of an in-folder type, themselves components.
  record FolderType(String name, String suffix) {}

  /// The component that a path below the directory belongs to, or null.
  ///
  /// @param rest the path's segments after the directory, the last one without `-meta.xml`
  /// @param meta whether the path ended with `-meta.xml`
  @Nullable ComponentId match(List<String> rest, boolean meta) {
    return switch (shape) {
      case SINGLE, CONTENT -> named(name, stem(rest.getLast()));
      case BUNDLE -> rest.size() < 2 ? null : named(name, rest.getFirst());
      case SPACE -> rest.size() < 3 ? null : named(name, rest.getFirst() + "/" + rest.get(1));
      case MIXED -> named(name, rest.size() > 1 ? rest.getFirst() : beforeDot(rest.getFirst()));
      case OWNED -> named(name, rest.size() > 1 ? rest.getFirst() : stem(rest.getFirst()));
      case FOLDER -> inFolder(rest, meta);
      case OBJECT -> object(rest);
    };
  }

  private @Nullable ComponentId inFolder(List<String> rest, boolean meta) {
    String file = rest.getLast();
    String parents = String.join("/", rest.subList(0, rest.size() - 1));
    String prefix = parents.isEmpty() ? "" : parents + "/";
    for (FolderType folder : folderTypes) {
      if (meta && file.endsWith("." + folder.suffix())) {
        return named(folder.name(), prefix + cut(file, folder.suffix()));
      }
    }
    if (meta && file.indexOf('.') < 0 && !folderTypes.isEmpty()) {
      return named(folderTypes.getFirst().name(), prefix + file);
    }
    if (rest.size() < 2) {
      return null;
    }
    String stem = suffix.isEmpty() ? beforeLastDot(file) : stem(file);
    return stem == null || stem.isEmpty() ? null : named(name, prefix + stem);
  }

  private @Nullable ComponentId object(List<String> rest) {
    String file = rest.getLast();
    for (Part part : parts) {
      String own = part.suffix().isEmpty() ? null : stem(file, part.suffix());
      if (own != null && !own.isEmpty()) {
        int below = part.directory().equals(".") ? -1 : rest.lastIndexOf(part.directory());
        int owner = below > 0 ? below - 1 : rest.size() - 2;
        if (part.alone()) {
          return named(part.name(), own);
        }
        return owner < 0 ? null : named(part.name(), rest.get(owner) + "." + own);
      }
    }
    String stem = stem(file);
    return stem == null ? null : named(name, stem);
  }

  private static @Nullable ComponentId named(String type, @Nullable String name) {
    return name == null || name.isEmpty() ? null : new ComponentId(type, name);
  }

  /// The file's name without the suffix, or null when it has another one.
  private @Nullable String stem(String file) {
    return stem(file, suffix);
  }

  private static @Nullable String stem(String file, String suffix) {
    return file.endsWith("." + suffix) ? cut(file, suffix) : null;
  }

  private static String cut(String file, String suffix) {
    return file.substring(0, file.length() - suffix.length() - 1);
  }

  private static String beforeDot(String file) {
    int dot = file.indexOf('.');
    return dot < 0 ? file : file.substring(0, dot);
  }

  private static String beforeLastDot(String file) {
    int dot = file.lastIndexOf('.');
    return dot < 0 ? file : file.substring(0, dot);
  }
}
