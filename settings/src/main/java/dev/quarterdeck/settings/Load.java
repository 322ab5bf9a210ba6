package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.TomlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The state of one load: the definitions of every setting, strongest first, and the faults. Used
/// by one thread.
final class Load {
  final Schema schema;
  final Keys keys;
  @Nullable Candidate[] heads;
  boolean[] tainted;
  int profile = -1;
  int source;
  boolean syntaxErrors;
  boolean unknownProfile;

  /// Paths and environment names that unknown keys nearly are: that they are missing follows.
  final Set<String> meant = new HashSet<>();

  private @Nullable Suggestions suggestions;
  private final List<Found> found = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  /// A fault with its place in the order of the report.
  record Found(Fault fault, long order) {}

  Load(Schema schema) {
    this.schema = schema;
    this.keys = new Keys(schema);
    this.heads = new @Nullable Candidate[schema.keys().size()];
    this.tainted = new boolean[schema.keys().size()];
  }

  /// What could have been meant by names that no setting has. Made for the first of them.
  Suggestions suggestions() {
    Suggestions known = suggestions;
    if (known == null) {
      known = new Suggestions(keys);
      suggestions = known;
    }
    return known;
  }

  /// Adds a definition from a file; false when the file has the setting already.
  Candidate define(
      Key key,
      Layer layer,
      SourceFile file,
      Span span,
      @Nullable TomlNode node,
      @Nullable String text) {
    Candidate candidate = new Candidate(key, layer, file, span, node, text, heads[key.index()]);
    candidate.source = source;
    heads[key.index()] = candidate;
    return candidate;
  }

  /// Adds a definition from elsewhere.
  Candidate define(Key key, Layer layer, Place place, String text) {
    Candidate candidate = new Candidate(key, layer, place, text, heads[key.index()]);
    candidate.source = source;
    heads[key.index()] = candidate;
    return candidate;
  }

  /// Makes room for the settings of a new element.
  void grow() {
    if (heads.length < keys.size()) {
      int size = Math.max(keys.size(), heads.length * 2);
      heads = Arrays.copyOf(heads, size);
      tainted = Arrays.copyOf(tainted, size);
    }
  }

  /// Marks a setting as unsound, and the lists and maps that it is in.
  void taint(Key key) {
    tainted[key.index()] = true;
    for (int owner = key.owner(); owner >= 0; owner = keys.get(owner).owner()) {
      tainted[owner] = true;
    }
  }

  /// Notes a file, so that faults come in the order of the files.
  void opened(String file) {
    files.add(file);
    source++;
  }

  /// Reports what a reader could not read. The line is quoted with everything masked that could be
  /// a value.
  void syntaxError(SourceFile file, Span span, String code, String message, String hint) {
    syntaxErrors = true;
    report(
        new Fault(
            code,
            false,
            "",
            message,
            file.place(span),
            file.excerpt(span, SourceFile.About.ANYTHING),
            hint,
            List.of()));
  }

  /// Reports a fault.
  void report(Fault fault) {
    found.add(new Found(fault, order(fault.place())));
  }

  /// Reports a fault of a definition and takes the definition out.
  void fault(FaultCode code, Candidate at, String message, String remedy) {
    fault(code, at, null, message, remedy);
  }

  /// Reports a fault of a part of a definition.
  void fault(FaultCode code, Candidate at, @Nullable Span part, String message, String remedy) {
    at.faulty = true;
    taint(at.key);
    report(
        new Fault(
            code.code(),
            false,
            at.key.path(),
            message,
            part != null && at.file != null ? at.file.place(part) : at.place(),
            excerpt(at, part),
            remedy,
            shadowed(at)));
  }

  static @Nullable Excerpt excerpt(Candidate at, @Nullable Span part) {
    Span span = part != null ? part : at.span;
    SourceFile.About about =
        at.key.holdsSecrets() ? SourceFile.About.KEY : SourceFile.About.PLAIN_VALUE;
    return at.file == null || span == null ? null : at.file.excerpt(span, about);
  }

  /// What a definition shadows, the default included.
  List<Definition> shadowed(Candidate at) {
    List<Definition> list = new ArrayList<>();
    for (Candidate one = at.shadowed; one != null; one = one.shadowed) {
      list.add(one.definition());
    }
    return list;
  }

  private long order(Place place) {
    if (place instanceof Place.InFile in) {
      return ((long) files.indexOf(in.file()) << 48)
          | ((long) in.line() << 20)
          | Math.min(in.column(), 0xFFFFF);
    }
    if (place instanceof Place.WholeFile whole) {
      int index = files.indexOf(whole.file());
      return index < 0 ? 0 : (long) index << 48;
    }
    if (place instanceof Place.Variable || place instanceof Place.ValueFile) {
      return 100L << 48;
    }
    return place instanceof Place.Argument ? 101L << 48 : 102L << 48;
  }

  /// The faults, or the warnings, in the order of the layers and of the lines in them.
  List<Fault> faults(boolean warnings) {
    List<Found> sorted = new ArrayList<>();
    for (Found one : found) {
      if (one.fault().warning() == warnings) {
        sorted.add(one);
      }
    }
    if (sorted.size() > 1) {
      sorted.sort((a, b) -> Long.compare(a.order(), b.order()));
    }
    List<Fault> faults = new ArrayList<>(sorted.size());
    for (Found one : sorted) {
      faults.add(one.fault());
    }
    return faults;
  }

  boolean failed() {
    for (Found one : found) {
      if (!one.fault().warning()) {
        return true;
      }
    }
    return false;
  }

  /// How to give a setting a value, in words.
  static String howToSet(Key key) {
    if (key.variable().isEmpty()) {
      return key.secret()
          ? "give its table a name of letters, digits, - and _, so that the environment can set it"
          : "set " + key.name() + " in its table";
    }
    if (key.owner() >= 0 && !key.secret()) {
      return "set " + key.name() + " in its table, or the environment variable " + key.variable();
    }
    return key.secret()
        ? "set "
            + key.variable()
            + " in the environment or in .env, or "
            + key.variable()
            + "_FILE to the path of a file that holds it"
        : "set " + key.path() + " in config.toml, or the environment variable " + key.variable();
  }

  static String capital(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
