package dev.quarterdeck.settings.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/// Reads the members of annotations.
final class Annotations {
  private final Elements elements;

  Annotations(Elements elements) {
    this.elements = elements;
  }

  /// The annotation of a class, null when the element has none.
  @Nullable AnnotationMirror find(Element element, Class<?> annotation) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (mirror.getAnnotationType().asElement() instanceof TypeElement type
          && type.getQualifiedName().contentEquals(annotation.getCanonicalName())) {
        return mirror;
      }
    }
    return null;
  }

  private Object value(AnnotationMirror mirror, String member) {
    Map<? extends ExecutableElement, ? extends AnnotationValue> values =
        elements.getElementValuesWithDefaults(mirror);
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        values.entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue().getValue();
      }
    }
    throw new IllegalArgumentException("the annotation has no member " + member);
  }

  String text(AnnotationMirror mirror, String member) {
    return value(mirror, member).toString();
  }

  int number(AnnotationMirror mirror, String member) {
    return (int) value(mirror, member);
  }

  boolean flag(AnnotationMirror mirror, String member) {
    return (boolean) value(mirror, member);
  }

  TypeMirror type(AnnotationMirror mirror, String member) {
    return (TypeMirror) value(mirror, member);
  }

  List<String> texts(AnnotationMirror mirror, String member) {
    List<String> texts = new ArrayList<>();
    for (Object one : (List<?>) value(mirror, member)) {
      texts.add(((AnnotationValue) one).getValue().toString());
    }
    return texts;
  }

  List<AnnotationMirror> annotations(AnnotationMirror mirror, String member) {
    List<AnnotationMirror> mirrors = new ArrayList<>();
    for (Object one : (List<?>) value(mirror, member)) {
      mirrors.add((AnnotationMirror) ((AnnotationValue) one).getValue());
    }
    return mirrors;
  }
}
