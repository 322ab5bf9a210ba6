package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Converter;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// Checks that a converter can be made by the binder, and finds the type that it reads.
final class ConverterReader {
  private final ProcessingEnvironment environment;

  ConverterReader(ProcessingEnvironment environment) {
    this.environment = environment;
  }

  /// A converter of the program's own.
  ///
  /// @param name the class as source code writes it
  /// @param reads the type that it reads
  /// @param ordered whether that type has an order
  record Found(String name, TypeMirror reads, boolean ordered) {}

  /// The converter of a class.
  ///
  /// @throws IllegalArgumentException with a message for a class that the binder cannot make
  Found read(TypeMirror type) {
    String name = SourceNames.of(type);
    TypeMirror reads = reads(type);
    if (reads == null
        || !(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement element)) {
      throw new IllegalArgumentException(name + " does not say which type it reads");
    }
    boolean inner =
        element.getNestingKind() == NestingKind.MEMBER
            && !element.getModifiers().contains(Modifier.STATIC);
    if (element.getKind().isInterface()
        || element.getModifiers().contains(Modifier.ABSTRACT)
        || inner
        || !constructible(element)) {
      throw new IllegalArgumentException(
          name
              + " cannot be made (expected: a class with a public constructor without parameters)");
    }
    Types types = environment.getTypeUtils();
    TypeMirror comparable =
        types.erasure(
            environment.getElementUtils().getTypeElement(Comparable.class.getName()).asType());
    return new Found(name, reads, types.isAssignable(types.erasure(reads), comparable));
  }

  private static boolean constructible(TypeElement element) {
    boolean hidden = element.getModifiers().contains(Modifier.PRIVATE);
    for (Element one : element.getEnclosedElements()) {
      if (one.getKind() == ElementKind.CONSTRUCTOR
          && one instanceof ExecutableElement constructor
          && constructor.getParameters().isEmpty()
          && !constructor.getModifiers().contains(Modifier.PRIVATE)) {
        return !hidden;
      }
    }
    return false;
  }

  private @Nullable TypeMirror reads(TypeMirror type) {
    for (TypeMirror one : environment.getTypeUtils().directSupertypes(type)) {
      if (TypeReader.isGeneric(one, Converter.class)) {
        return TypeReader.argument(one, 0);
      }
      TypeMirror above = reads(one);
      if (above != null) {
        return above;
      }
    }
    return null;
  }
}
