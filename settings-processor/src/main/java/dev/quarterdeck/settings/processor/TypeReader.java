package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Spelled;
import dev.quarterdeck.settings.schema.Type;
import dev.quarterdeck.settings.schema.Types;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// Finds the engine's type for the type of a component.
final class TypeReader {
  private static final Map<String, Named> KNOWN =
      Map.ofEntries(
          known("java.lang.String", "TEXT", Types.TEXT),
          known("java.lang.Integer", "INT", Types.INT),
          known("java.lang.Long", "LONG", Types.LONG),
          known("java.lang.Double", "DOUBLE", Types.DOUBLE),
          known("java.lang.Boolean", "BOOLEAN", Types.BOOLEAN),
          known("java.nio.file.Path", "PATH", Types.PATH),
          known("java.net.URI", "URI", Types.URI),
          known("java.util.regex.Pattern", "PATTERN", Types.PATTERN),
          known("dev.quarterdeck.settings.units.ByteSize", "BYTES", Types.BYTES),
          known("dev.quarterdeck.settings.units.CpuQuantity", "CPU", Types.CPU),
          known("dev.quarterdeck.settings.units.MemoryQuantity", "MEMORY", Types.MEMORY),
          known("dev.quarterdeck.settings.units.RateLimits", "RATES", Types.RATES),
          known("dev.quarterdeck.settings.units.HostPort", "HOST_PORT", Types.HOST_PORT),
          known("dev.quarterdeck.settings.units.Cidr", "CIDR", Types.CIDR));
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "min", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private final Annotations annotations;

  TypeReader(Annotations annotations) {
    this.annotations = annotations;
  }

  /// An engine type with the source code that makes it.
  private record Named(String expression, Type type) {}

  private static Map.Entry<String, Named> known(String name, String constant, Type type) {
    return Map.entry(name, new Named("Types." + constant, type));
  }

  /// The model of a component's type.
  ///
  /// @param converter the program's own converter, null for none
  /// @throws IllegalArgumentException with a message for a type that the engine does not know
  TypeModel read(TypeMirror declared, String unit, ConverterReader.@Nullable Found converter) {
    TypeMirror type = declared;
    boolean optional = false;
    boolean secret = false;
    while (isGeneric(type, Optional.class) || isGeneric(type, Secret.class)) {
      boolean isSecret = isGeneric(type, Secret.class);
      if (isSecret ? secret : optional || secret) {
        throw new IllegalArgumentException(
            SourceNames.of(declared) + " is not a setting type (expected: Optional<Secret<T>>)");
      }
      secret |= isSecret;
      optional |= !isSecret;
      type = argument(type, 0);
    }
    if (converter != null) {
      String made = converted(type, converter);
      boolean one = made.startsWith("Types.converted(");
      TypeModel.Own own =
          new TypeModel.Own(one, converter.ordered(), SourceNames.of(converter.reads()));
      return new TypeModel(SourceNames.of(declared), made, null, optional, secret, own);
    }
    Named named = named(type, unit);
    return new TypeModel(
        SourceNames.of(declared), named.expression(), named.type(), optional, secret, null);
  }

  /// Source code for the type that a converter reads, or for a list, set or map of it.
  private static String converted(TypeMirror type, ConverterReader.Found converter) {
    String reads = SourceNames.of(converter.reads());
    String one = "Types.converted(new " + converter.name() + "())";
    if (SourceNames.of(type).equals(reads) || boxed(type).equals(reads)) {
      return one;
    }
    for (Class<?> generic : List.of(List.class, Set.class, Map.class)) {
      int last = generic == Map.class ? 1 : 0;
      if (isGeneric(type, generic)
          && (last == 0 || SourceNames.of(argument(type, 0)).equals("java.lang.String"))
          && SourceNames.of(argument(type, last)).equals(reads)) {
        return "Types." + generic.getSimpleName().toLowerCase(Locale.ROOT) + "(" + one + ")";
      }
    }
    throw new IllegalArgumentException(
        converter.name() + " reads " + reads + ", not " + SourceNames.of(type));
  }

  private static String boxed(TypeMirror type) {
    return switch (type.getKind()) {
      case INT -> "java.lang.Integer";
      case LONG -> "java.lang.Long";
      case DOUBLE -> "java.lang.Double";
      case BOOLEAN -> "java.lang.Boolean";
      default -> "";
    };
  }

  private Named named(TypeMirror type, String unit) {
    if (type.getKind().isPrimitive()) {
      return primitive(type.getKind());
    }
    if (!(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement element)) {
      throw unknown(type);
    }
    String name = element.getQualifiedName().toString();
    Named known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    if (name.equals("java.time.Duration")) {
      ChronoUnit chrono = UNITS.get(unit);
      if (chrono == null) {
        throw new IllegalArgumentException(
            "a duration needs the unit of bare numbers (expected: unit = ms, s, min, h or d)");
      }
      return new Named("Types.duration(ChronoUnit." + chrono.name() + ")", Types.duration(chrono));
    }
    if (element.getKind() == ElementKind.ENUM) {
      return enumType(element);
    }
    if (name.equals("java.util.List") || name.equals("java.util.Set")) {
      Named inner = named(argument(type, 0), unit);
      return name.endsWith("List")
          ? new Named("Types.list(" + inner.expression() + ")", Types.list(inner.type()))
          : new Named("Types.set(" + inner.expression() + ")", Types.set(inner.type()));
    }
    if (name.equals("java.util.Map")
        && SourceNames.of(argument(type, 0)).equals("java.lang.String")) {
      Named inner = named(argument(type, 1), unit);
      return new Named("Types.map(" + inner.expression() + ")", Types.map(inner.type()));
    }
    throw unknown(type);
  }

  private static Named primitive(TypeKind kind) {
    return switch (kind) {
      case INT -> new Named("Types.INT", Types.INT);
      case LONG -> new Named("Types.LONG", Types.LONG);
      case DOUBLE -> new Named("Types.DOUBLE", Types.DOUBLE);
      case BOOLEAN -> new Named("Types.BOOLEAN", Types.BOOLEAN);
      default ->
          throw new IllegalArgumentException(
              kind.name().toLowerCase(Locale.ROOT)
                  + " is not a setting type (expected: int, long, double or boolean)");
    };
  }

  private Named enumType(TypeElement element) {
    List<String> names = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Element member : element.getEnclosedElements()) {
      if (member.getKind() == ElementKind.ENUM_CONSTANT) {
        String name = member.getSimpleName().toString();
        AnnotationMirror spelled = annotations.find(member, Spelled.class);
        names.add(name);
        texts.add(
            spelled == null ? name.toLowerCase(Locale.ROOT) : annotations.text(spelled, "value"));
      }
    }
    String expression =
        "Types.oneOf("
            + element.getQualifiedName()
            + ".values(), "
            + Literals.list(names)
            + ", "
            + Literals.list(texts)
            + ")";
    return new Named(expression, Types.oneOf(texts.toArray(), names, texts));
  }

  private static IllegalArgumentException unknown(TypeMirror type) {
    return new IllegalArgumentException(
        SourceNames.of(type)
            + " is not a setting type (expected: one of the engine's types, an enum, a List, Set or"
            + " Map<String, …> of them, or a converter of your own; records stand under @Table)");
  }

  static boolean isGeneric(TypeMirror type, Class<?> generic) {
    return type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals(generic.getName())
        && !declared.getTypeArguments().isEmpty();
  }

  static TypeMirror argument(TypeMirror type, int index) {
    List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
    if (index >= arguments.size()) {
      throw new IllegalArgumentException(SourceNames.of(type) + " needs its type arguments");
    }
    return arguments.get(index);
  }
}
