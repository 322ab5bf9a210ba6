package dev.quarterdeck.settings;

import java.util.List;

/// Writes faults for people.
final class FaultText {
  private FaultText() {}

  static String report(List<Fault> faults, List<Fault> warnings, String profile) {
    StringBuilder text = new StringBuilder();
    if (!faults.isEmpty()) {
      text.append("The settings have ").append(faults.size());
      text.append(faults.size() == 1 ? " problem" : " problems");
      text.append(profile.isEmpty() ? "" : " (profile " + profile + ")").append(":\n");
    }
    for (Fault fault : faults) {
      append(text, fault);
    }
    for (Fault warning : warnings) {
      append(text, warning);
    }
    return text.toString().stripTrailing();
  }

  private static void append(StringBuilder text, Fault fault) {
    text.append('\n');
    text.append(fault.warning() ? "warning: " : "");
    if (!(fault.place() instanceof Place.Nowhere)) {
      text.append(fault.place()).append(": ");
    }
    text.append(fault.message()).append(" [").append(fault.code()).append("]\n");
    Excerpt excerpt = fault.excerpt();
    if (excerpt != null) {
      String number = Integer.toString(excerpt.number());
      text.append("  ").append(number).append(" | ").append(excerpt.text()).append('\n');
      text.append("  ").append(" ".repeat(number.length())).append(" | ");
      text.append(" ".repeat(excerpt.start())).append("^".repeat(excerpt.width())).append('\n');
    }
    String label =
        fault.code().equals(FaultCode.RULE.code())
                || fault.code().equals(FaultCode.RELOCATED_TWICE.code())
            ? "with"
            : "over";
    for (Definition other : fault.related()) {
      text.append("  ").append(label).append(": ").append(other.key()).append(" = ");
      text.append(other.shown()).append(" (").append(other.place()).append(")\n");
    }
    if (!fault.remedy().isEmpty()) {
      text.append("  fix: ").append(fault.remedy()).append('\n');
    }
  }
}
