package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.schema.Type;
import dev.quarterdeck.settings.schema.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Checks what no single annotation can: names that collide, defaults against their constraints,
/// secrets with defaults.
final class ModelChecks {
  private static final Pattern KEY = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  private final Reports reports;
  private final Map<String, String> paths = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Set<String> tables = new HashSet<>();

  ModelChecks(Reports reports) {
    this.reports = reports;
  }

  void check(RootModel root) {
    for (String strict : root.strict()) {
      if (!root.profiles().contains(strict)) {
        reports.error(root.record().element(), strict + " is strict, but not one of the profiles");
      }
    }
    collectTables(root.record());
    check(root, root.record());
    if (!root.profiles().isEmpty() && !paths.containsKey(root.profileKey())) {
      reports.error(
          root.record().element(),
          "no setting "
              + root.profileKey()
              + " chooses the profile (declare one, or set profileKey)");
    }
  }

  private void collectTables(RecordModel record) {
    tables.add(record.path());
    for (RecordModel.Member member : record.members()) {
      if (member instanceof RecordModel.Group group) {
        collectTables(group.record());
      }
    }
  }

  private void check(RootModel root, RecordModel record) {
    for (RecordModel.Member member : record.members()) {
      switch (member) {
        case RecordModel.Group group -> check(root, group.record());
        case SettingModel setting -> check(root, setting);
      }
    }
  }

  private void check(RootModel root, SettingModel setting) {
    checkNames(setting);
    if (!isSentence(setting.doc())) {
      reports.error(
          setting.element(), "its @Setting says nothing (expected: a sentence with a full stop)");
    }
    for (String profile : setting.own().keySet()) {
      if (!root.profiles().contains(profile)) {
        reports.error(setting.element(), "has a default for " + profile + ", which is no profile");
      }
    }
    if (setting.type().secret()) {
      for (String strict : root.strict()) {
        if (fallback(setting, strict) != null) {
          reports.error(
              setting.element(),
              "is a secret with a default in the strict profile "
                  + strict
                  + " (give that profile the default Setting.NONE)");
        }
      }
    }
    if (checkLimits(setting)) {
      checkDefault(setting, setting.fallback());
      setting.own().values().forEach(text -> checkDefault(setting, text));
    }
  }

  private void checkNames(SettingModel setting) {
    String name = setting.element().toString();
    if (!KEY.matcher(setting.path()).matches()) {
      reports.error(
          setting.element(), setting.path() + " is not a path (expected: a-z, 0-9, _ and -)");
    }
    if (tables.contains(setting.path())) {
      reports.error(setting.element(), "has the path " + setting.path() + ", which is a table's");
    }
    String samePath = paths.put(setting.path(), name);
    if (samePath != null) {
      reports.error(
          setting.element(),
          "has the path " + setting.path() + ", which " + samePath + " has, too");
      return;
    }
    claim(setting, setting.variable(), setting.path());
    if (setting.type().secret()) {
      claim(setting, setting.variable() + "_FILE", setting.path() + " (file)");
    }
  }

  private void claim(SettingModel setting, String variable, String path) {
    String other = variables.put(variable, path);
    if (other != null) {
      reports.error(
          setting.element(),
          "has the environment variable " + variable + ", which " + other + " has, too");
    }
  }

  private static @Nullable String fallback(SettingModel setting, String profile) {
    String own = setting.own().get(profile);
    String text = own == null ? setting.fallback() : own;
    return text == null || text.equals(Setting.NONE) ? null : text;
  }

  private boolean checkLimits(SettingModel setting) {
    SettingModel.Limits limits = setting.limits();
    Type type = setting.type().type();
    try {
      if (!limits.pattern().isEmpty()) {
        Pattern.compile(limits.pattern());
      }
    } catch (PatternSyntaxException e) {
      reports.error(setting.element(), "its pattern is malformed: " + e.getDescription());
      return false;
    }
    return type == null
        || (checkBound(setting, type, "min", limits.min())
            & checkBound(setting, type, "max", limits.max()));
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

  static boolean isSentence(String doc) {
    return doc.length() > 1 && doc.endsWith(".") && !doc.isBlank();
  }
}
