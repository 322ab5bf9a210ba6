package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.schema.Type;
import dev.quarterdeck.settings.schema.Types;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Checks the limits of a setting against its type, and its defaults against its limits.
final class LimitChecks {
  private final Reports reports;

  LimitChecks(Reports reports) {
    this.reports = reports;
  }

  void check(SettingModel setting) {
    if (setting.type().expression().isEmpty()) {
      return;
    }
    if (checkLimits(setting)) {
      checkDefault(setting, setting.fallback());
      setting.own().values().forEach(text -> checkDefault(setting, text));
    }
  }

  private boolean checkLimits(SettingModel setting) {
    SettingModel.Limits limits = setting.limits();
    try {
      if (!limits.pattern().isEmpty()) {
        Pattern.compile(limits.pattern());
      }
    } catch (PatternSyntaxException e) {
      reports.error(setting.element(), "its pattern is malformed: " + e.getDescription());
      return false;
    }
    if (limits.minLength() > limits.maxLength()) {
      reports.error(setting.element(), "its minLength is greater than its maxLength");
      return false;
    }
    Type type = setting.type().type();
    TypeModel.Own own = setting.type().own();
    return type != null ? fits(setting, type, limits) : own == null || fits(setting, own, limits);
  }

  private boolean fits(SettingModel setting, Type type, SettingModel.Limits limits) {
    Type element = type.element();
    Type one = element == null ? type : element;
    boolean text = one.equals(Types.TEXT);
    boolean wellFormed =
        needs(setting, limits.pattern().isEmpty() || text, "pattern", "text", type)
            & needs(setting, !limits.notBlank() || text, "notBlank", "text", type)
            & needs(setting, limits.oneOf().isEmpty() || text, "oneOf", "text", type)
            & needs(
                setting,
                !hasLength(limits) || text || element != null,
                "a length",
                "text, a list or a map",
                type);
    boolean bounded =
        checkBound(setting, one, "min", limits.min())
            & checkBound(setting, one, "max", limits.max());
    return wellFormed && bounded && checkOrder(setting, one, limits);
  }

  private static boolean hasLength(SettingModel.Limits limits) {
    return limits.minLength() > 0 || limits.maxLength() < Integer.MAX_VALUE;
  }

  private boolean needs(SettingModel setting, boolean fits, String limit, String what, Type type) {
    if (!fits) {
      reports.error(
          setting.element(), limit + " needs " + what + ", which " + type.name() + " is not");
    }
    return fits;
  }

  /// A type of the program's own has no text, and a length only when it stands in a list or map.
  private boolean fits(SettingModel setting, TypeModel.Own own, SettingModel.Limits limits) {
    boolean text = !limits.pattern().isEmpty() || limits.notBlank() || !limits.oneOf().isEmpty();
    if (text || (hasLength(limits) && own.single())) {
      reports.error(
          setting.element(),
          "limits of texts do not reach " + own.name() + " (expected: its converter checks them)");
      return false;
    }
    if (!own.ordered() && !(limits.min().isEmpty() && limits.max().isEmpty())) {
      reports.error(
          setting.element(),
          "min and max need a type with an order, which " + own.name() + " is not");
      return false;
    }
    return true;
  }

  private boolean checkBound(SettingModel setting, Type type, String name, String text) {
    if (text.isEmpty()) {
      return true;
    }
    try {
      Object bound = type.parse(text);
      if (type.order(bound, bound) != null) {
        return true;
      }
      reports.error(
          setting.element(),
          name + " needs a type with an order, which " + type.name() + " is not");
    } catch (IllegalArgumentException e) {
      reports.error(setting.element(), name + " = " + text + " (" + e.getMessage() + ")");
    }
    return false;
  }

  private boolean checkOrder(SettingModel setting, Type type, SettingModel.Limits limits) {
    if (limits.min().isEmpty() || limits.max().isEmpty()) {
      return true;
    }
    Integer order = type.order(type.parse(limits.min()), type.parse(limits.max()));
    if (order != null && order > 0) {
      reports.error(
          setting.element(),
          "its min " + limits.min() + " is greater than its max " + limits.max());
      return false;
    }
    return true;
  }

  private void checkDefault(SettingModel setting, @Nullable String text) {
    Type type = setting.type().type();
    if (text == null || type == null || text.equals(Setting.NONE)) {
      return;
    }
    if (text.isEmpty() && setting.type().optional() && !Types.readsEmptyText(type)) {
      return;
    }
    try {
      String violation = setting.limits().constraint().violation(type, type.parse(text));
      if (violation != null) {
        reports.error(
            setting.element(),
            "its default \"" + text + "\" breaks its constraint (expected: " + violation + ")");
      }
    } catch (IllegalArgumentException e) {
      reports.error(
          setting.element(),
          "its default \"" + text + "\" cannot be read (" + e.getMessage() + ")");
    }
  }
}
