package dev.quarterdeck.production.components;

import dev.quarterdeck.production.components.ComponentType.Domain;
import dev.quarterdeck.production.components.ComponentType.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads a `component_types.yaml`, with every problem at once.
final class YamlTypes {
  private static final int LARGEST = 1 << 20;
  private static final Set<String> SINGLE_KEYS = Set.of("domain", "kind", "folders", "exts");
  private static final Set<String> BUNDLE_KEYS =
      Set.of("domain", "kind", "folder_roots", "primary_glob");

  private final YamlNodes nodes;
  private final List<ComponentType> types = new ArrayList<>();
  private final Map<String, String> claimed = new HashMap<>();
  private boolean stripTypePrefix = true;

  private YamlTypes(YamlNodes nodes) {
    this.nodes = nodes;
  }

  /// What the file says.
  ///
  /// @param stripTypePrefix whether `ApexClass.Foo` means `Foo`
  record Content(List<ComponentType> types, boolean stripTypePrefix, byte[] bytes) {}

  static Content read(Path file) {
    byte[] bytes = bytes(file);
    YamlNodes nodes = new YamlNodes(file.toString());
    YamlTypes reader = new YamlTypes(nodes);
    parse(file, bytes).ifPresentOrElse(reader::root, () -> nodes.problem("the file is empty"));
    nodes.refuse();
    return new Content(List.copyOf(reader.types), reader.stripTypePrefix, bytes);
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new RegistryException(List.of(file + ": a directory (expected: a YAML file)"));
      }
      if (Files.size(file) > LARGEST) {
        throw new RegistryException(
            List.of(
                "%s: %d bytes (expected: at most %d)".formatted(file, Files.size(file), LARGEST)));
      }
      byte[] bytes = Files.readAllBytes(file);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (CharacterCodingException broken) {
      throw new RegistryException(List.of(file + ": not UTF-8 (expected: text in UTF-8)"));
    } catch (IOException unreadable) {
      throw new RegistryException(
          List.of(
              "%s: cannot be read, %s (expected: a file that this user may read)"
                  .formatted(file, unreadable.getMessage())));
    }
  }

  private static Optional<Node> parse(Path file, byte[] bytes) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(50).build();
    try {
      return new Compose(settings).composeInputStream(new ByteArrayInputStream(bytes));
    } catch (MarkedYamlEngineException broken) {
      Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
      throw new RegistryException(
          List.of(
              "%s: %s (expected: YAML 1.2)"
                  .formatted(
                      mark.map(at -> YamlNodes.place(file.toString(), at)).orElse(file.toString()),
                      broken.getProblem())));
    } catch (YamlEngineException broken) {
      throw new RegistryException(
          List.of("%s: %s (expected: YAML 1.2)".formatted(file, broken.getMessage())));
    }
  }

  private void root(Node root) {
    Map<String, Node> keys = nodes.mapping(root, "the file");
    nodes.onlyKeys(keys, Set.of("version", "defaults", "types"), "");
    nodes
        .required(root, keys, "version", "")
        .ifPresent(
            version -> {
              if (!nodes.text(version, "version").equals(Optional.of("1"))) {
                nodes.problem(version, "version: not supported (expected: 1)");
              }
            });
    Node defaults = keys.get("defaults");
    if (defaults != null) {
      Map<String, Node> values = nodes.mapping(defaults, "defaults");
      nodes.onlyKeys(values, Set.of("strip_type_prefix"), "defaults.");
      Node strip = values.get("strip_type_prefix");
      if (strip != null) {
        stripTypePrefix =
            nodes
                .oneOf(strip, "defaults.strip_type_prefix", Set.of("true", "false"))
                .map(Boolean::parseBoolean)
                .orElse(true);
      }
    }
    nodes
        .required(root, keys, "types", "")
        .ifPresent(
            all -> nodes.mapping(all, "types").forEach((name, node) -> type(all, name, node)));
  }

  private void type(Node all, String name, Node node) {
    String at = "types." + name;
    if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
      nodes.problem(
          all instanceof MappingNode ? node : all,
          at + ": no name of a type (expected: a letter, then letters, digits or _)");
    }
    Map<String, Node> keys = nodes.mapping(node, at);
    if (!(node instanceof MappingNode)) {
      return;
    }
    Optional<Domain> domain =
        nodes
            .required(node, keys, "domain", at + ".")
            .flatMap(it -> nodes.oneOf(it, at + ".domain", Set.of("salesforce", "vlocity")))
            .map(text -> Domain.valueOf(text.toUpperCase(Locale.ROOT)));
    Optional<String> kind =
        nodes
            .required(node, keys, "kind", at + ".")
            .flatMap(it -> nodes.oneOf(it, at + ".kind", Set.of("single_file", "bundle")));
    if (kind.isEmpty()) {
      return;
    }
    boolean bundle = kind.get().equals("bundle");
    nodes.onlyKeys(keys, bundle ? BUNDLE_KEYS : SINGLE_KEYS, at + ".");
    List<String> folders = folders(node, keys, bundle ? "folder_roots" : "folders", at);
    List<String> suffixes = bundle ? List.of() : suffixes(node, keys, at);
    String primary = bundle ? primary(keys, at) : "";
    claim(node, name, folders, bundle ? List.of("/") : suffixes);
    types.add(
        new ComponentType(
            name,
            domain.orElse(Domain.SALESFORCE),
            bundle ? Kind.BUNDLE : Kind.SINGLE_FILE,
            folders,
            suffixes,
            primary,
            false));
  }

  private List<String> folders(Node node, Map<String, Node> keys, String key, String at) {
    List<String> folders = new ArrayList<>();
    for (YamlNodes.Text text : nodes.texts(node, keys, key, at)) {
      String folder = text.value().endsWith("/") ? chop(text.value()) : text.value();
      if (!folder.matches("[^/\\\\]+(/[^/\\\\]+)*")
          || List.of(folder.split("/", -1)).contains("..")) {
        nodes.problem(
            text.node(),
            "%s.%s: %s (expected: a folder of the repository such as src/classes)"
                .formatted(at, key, text.value()));
      } else {
        folders.add(folder);
      }
    }
    return folders;
  }

  private static String chop(String text) {
    return text.substring(0, text.length() - 1);
  }

  private List<String> suffixes(Node node, Map<String, Node> keys, String at) {
    List<String> suffixes = new ArrayList<>();
    for (YamlNodes.Text text : nodes.texts(node, keys, "exts", at)) {
      if (!text.value().matches("\\.[^/\\\\]+")) {
        nodes.problem(
            text.node(),
            "%s.exts: %s (expected: an ending such as .cls)".formatted(at, text.value()));
      } else {
        suffixes.add(text.value());
      }
    }
    return suffixes;
  }

  private String primary(Map<String, Node> keys, String at) {
    Node node = keys.get("primary_glob");
    if (node == null) {
      return VlocityRules.PRIMARY;
    }
    String glob = nodes.text(node, at + ".primary_glob").orElse("{name}/");
    if (!glob.startsWith("{name}/") || glob.contains("..")) {
      nodes.problem(
          node,
          "%s.primary_glob: %s (expected: a path below the component's folder such as %s)"
              .formatted(at, glob, VlocityRules.PRIMARY));
    }
    return glob;
  }

  private void claim(Node node, String name, List<String> folders, List<String> suffixes) {
    for (String folder : folders) {
      for (String suffix : suffixes) {
        String place = suffix.equals("/") ? folder + "/" : folder + "/*" + suffix;
        String other = claimed.putIfAbsent(place, name);
        if (other != null && !other.equals(name)) {
          nodes.problem(
              node,
              "types.%s: %s belongs to %s already (expected: one type per place)"
                  .formatted(name, place, other));
        }
      }
    }
  }
}
