package dev.quarterdeck.production.components;

import java.util.List;

/// A `component_types.yaml` that cannot be used, with everything that is wrong in it.
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  RegistryException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// One line each: `file:line:column: what is wrong (expected: …)`, in the order of the file.
  public List<String> problems() {
    return problems;
  }
}
