package dev.quarterdeck.production.components;

import dev.quarterdeck.production.components.ComponentType.Domain;
import dev.quarterdeck.production.components.ComponentType.Kind;
import dev.quarterdeck.production.components.Layout.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which component a path belongs to. Immutable, pure, and safe for many threads.
///
/// The types of a `component_types.yaml` decide first, then Vlocity DataPacks, then the built-in
/// Salesforce metadata in both of its layouts. A path that none of them knows belongs to no
/// component.
public final class ComponentRegistry {
  /// Goes up when the same table gives other answers.
  private static final byte RULES = 1;

  private final Map<String, ComponentType> types;
  private final OverlayRules overlay;
  private final SalesforceRules salesforce;
  private final boolean stripTypePrefix;
  private final String hash;

  private ComponentRegistry(YamlTypes.Content file) {
    byte[] table = Layouts.bytes();
    List<Layout> layouts = Layouts.read(table);
    this.overlay = new OverlayRules(file.types());
    this.salesforce = new SalesforceRules(layouts);
    this.stripTypePrefix = file.stripTypePrefix();
    this.types = types(layouts, file.types());
    this.hash = hash(table, file.bytes());
  }

  /// The built-in types alone.
  public static ComponentRegistry builtIn() {
    return new ComponentRegistry(new YamlTypes.Content(List.of(), true, new byte[0]));
  }

  /// The built-in types with those of the file over them; the built-in types alone when there is no
  /// such file.
  ///
  /// @throws RegistryException when the file cannot be used, with all its problems
  public static ComponentRegistry load(Path file) {
    return Files.exists(file) ? new ComponentRegistry(YamlTypes.read(file)) : builtIn();
  }

  /// The component that a path of a repository belongs to, empty when no type knows it.
  ///
  /// @param path as in Git: divided by `/`, never decoded
  public Optional<ComponentId> resolve(String path) {
    List<String> segments = Paths.divide(path);
    ComponentId found = overlay.resolve(segments);
    if (found == null) {
      found = VlocityRules.resolve(segments);
    }
    return Optional.ofNullable(found == null ? salesforce.resolve(segments) : found);
  }

  /// The component that a request means: a type prefix is taken off the name (`ApexClass.Foo` means
  /// `Foo`), and without a type the prefix names it.
  ///
  /// @return empty when there is neither a type nor a known prefix, or no name
  public Optional<ComponentId> named(@Nullable String type, String name) {
    String given = type == null ? "" : type.strip();
    String rest = name.strip();
    int dot = rest.indexOf('.');
    if (dot > 0 && stripTypePrefix) {
      String prefix = rest.substring(0, dot);
      if (prefix.equals(given) || (given.isEmpty() && types.containsKey(prefix))) {
        given = prefix;
        rest = rest.substring(dot + 1);
      }
    }
    return given.isEmpty() || rest.isEmpty()
        ? Optional.empty()
        : Optional.of(new ComponentId(given, rest));
  }

  /// The same component as files spell it: Salesforce writes most punctuation of a name as percent
  /// codes, `Account %28Sales%29`. Empty when there is nothing to write so.
  public Optional<ComponentId> encoded(ComponentId id) {
    String name = Paths.encoded(id.name());
    return name.equals(id.name())
        ? Optional.empty()
        : Optional.of(new ComponentId(id.type(), name));
  }

  /// Where a part of a component is kept when it has no file of its own: the component that its
  /// owner's file belongs to. `CustomField Account.Rating__c` is kept in `CustomObject Account`.
  public Optional<ComponentId> owner(ComponentId part) {
    String type = salesforce.owner(part.type());
    if (type == null) {
      return Optional.empty();
    }
    if (type.equals("CustomLabels")) {
      return Optional.of(new ComponentId(type, type));
    }
    int dot = part.name().indexOf('.');
    return dot <= 0
        ? Optional.empty()
        : Optional.of(new ComponentId(type, part.name().substring(0, dot)));
  }

  /// The type under which a deployment lists this component: a folder's is that of its content.
  public String packageType(String type) {
    String content = salesforce.typeOfFolder(type);
    return content == null ? type : content;
  }

  /// Whether a component of this type can stand in a `package.xml`.
  public boolean deployable(String type) {
    ComponentType known = types.get(type);
    return known != null && known.domain() == Domain.SALESFORCE;
  }

  /// The main file among a component's own.
  ///
  /// @param paths at least one
  public String primary(ComponentId id, Collection<String> paths) {
    ComponentType type = types.get(id.type());
    return Paths.primary(id, type == null ? "" : type.primary(), paths);
  }

  /// Every type by name, in the order of the file, then of the built-in table.
  public Collection<ComponentType> types() {
    return types.values();
  }

  /// The type of this name.
  public Optional<ComponentType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /// Sixteen hexadecimal digits that change whenever answers may.
  public String hash() {
    return hash;
  }

  private static Map<String, ComponentType> types(List<Layout> layouts, List<ComponentType> file) {
    Map<String, ComponentType> all = new LinkedHashMap<>();
    file.forEach(type -> all.put(type.name(), type));
    for (Layout layout : layouts) {
      all.putIfAbsent(layout.name(), builtIn(layout));
      for (Layout.Part part : layout.parts()) {
        String folder =
            part.directory().equals(".")
                ? layout.directory() + "/*"
                : layout.directory() + "/*/" + part.directory();
        List<String> suffixes =
            part.suffix().isEmpty() ? List.of() : List.of("." + part.suffix() + "-meta.xml");
        all.putIfAbsent(part.name(), single(part.name(), folder, suffixes));
      }
      for (Layout.FolderType folder : layout.folderTypes()) {
        List<String> suffixes = List.of("-meta.xml", "." + folder.suffix() + "-meta.xml");
        all.putIfAbsent(folder.name(), single(folder.name(), layout.directory(), suffixes));
      }
    }
    for (String name : VlocityRules.TYPES) {
      List<String> folders = List.of(VlocityRules.ROOT + "/" + name);
      all.putIfAbsent(
          name,
          new ComponentType(
              name, Domain.VLOCITY, Kind.BUNDLE, folders, List.of(), VlocityRules.PRIMARY, true));
    }
    return all;
  }

  private static ComponentType builtIn(Layout layout) {
    boolean bundle = layout.shape() == Shape.BUNDLE || layout.shape() == Shape.SPACE;
    String suffix = "." + layout.suffix();
    return new ComponentType(
        layout.name(),
        Domain.SALESFORCE,
        bundle ? Kind.BUNDLE : Kind.SINGLE_FILE,
        List.of(layout.directory()),
        layout.suffix().isEmpty() ? List.of() : List.of(suffix, suffix + "-meta.xml"),
        "",
        true);
  }

  private static ComponentType single(String name, String folder, List<String> suffixes) {
    return new ComponentType(
        name, Domain.SALESFORCE, Kind.SINGLE_FILE, List.of(folder), suffixes, "", true);
  }

  private static String hash(byte[] table, byte[] file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(RULES);
      digest.update(table);
      digest.update((byte) 0);
      digest.update(file);
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
