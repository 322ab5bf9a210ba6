package dev.quarterdeck.settings.processor;

import java.util.List;
import java.util.Locale;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/// Names as source code and settings write them.
final class SourceNames {
  private SourceNames() {}

  /// A type with its arguments, without annotations.
  static String of(TypeMirror type) {
    if (!(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement element)) {
      return type.toString();
    }
    StringBuilder name = new StringBuilder(element.getQualifiedName());
    List<? extends TypeMirror> arguments = declared.getTypeArguments();
    for (int i = 0; i < arguments.size(); i++) {
      name.append(i == 0 ? "<" : ", ").append(of(arguments.get(i)));
    }
    return name.append(arguments.isEmpty() ? "" : ">").toString();
  }

  /// `maxPageSize` as `max_page_size`, `URLPath` as `url_path`.
  static String snake(String camel) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      boolean start =
          Character.isUpperCase(c)
              && i > 0
              && (!Character.isUpperCase(camel.charAt(i - 1))
                  || (i + 1 < camel.length() && Character.isLowerCase(camel.charAt(i + 1))));
      snake.append(start && camel.charAt(i - 1) != '_' ? "_" : "").append(Character.toLowerCase(c));
    }
    return snake.toString();
  }

  /// A path as an environment name.
  static String variable(String prefix, String path) {
    String name = path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return prefix.isEmpty() ? name : prefix + "_" + name;
  }
}
