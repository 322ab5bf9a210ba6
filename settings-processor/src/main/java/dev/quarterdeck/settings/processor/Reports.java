package dev.quarterdeck.settings.processor;

import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/// Reports errors at the element they are about; at the root record when that element has no source
/// in this compilation.
final class Reports {
  private final ProcessingEnvironment environment;
  private final Element root;
  private boolean failed;

  Reports(ProcessingEnvironment environment, Element root) {
    this.environment = environment;
    this.root = root;
  }

  void error(Element at, String message) {
    failed = true;
    Element place = hasSource(at) ? at : root;
    environment.getMessager().printMessage(Diagnostic.Kind.ERROR, name(at) + ": " + message, place);
  }

  boolean failed() {
    return failed;
  }

  private boolean hasSource(Element at) {
    JavaFileObject file = environment.getElementUtils().getFileObjectOf(at);
    return file != null && file.getKind() == JavaFileObject.Kind.SOURCE;
  }

  private static String name(Element at) {
    boolean component = at.getKind() == ElementKind.RECORD_COMPONENT;
    return component && at.getEnclosingElement() instanceof TypeElement type
        ? type.getSimpleName() + "." + at.getSimpleName()
        : at.getSimpleName().toString();
  }
}
