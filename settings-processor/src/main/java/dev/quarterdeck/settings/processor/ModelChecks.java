package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.processor.RecordModel.Group;
import dev.quarterdeck.settings.processor.RecordModel.Tables;
import dev.quarterdeck.settings.processor.RecordModel.Variant;
import dev.quarterdeck.settings.processor.RecordModel.Variants;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/// Checks what no single annotation can: names that collide, names that settings had before,
/// secrets with defaults. One instance looks at the root, or at the element of one list or map.
final class ModelChecks {
  private static final Pattern KEY = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  private final Reports reports;
  private final RootModel root;
  private final LimitChecks limits;
  private final Map<String, Claim> paths = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Set<String> tables = new HashSet<>();
  private final Deque<Branch> around = new ArrayDeque<>();

  private ModelChecks(Reports reports, RootModel root) {
    this.reports = reports;
    this.root = root;
    this.limits = new LimitChecks(reports);
  }

  /// A variant that a setting stands in.
  private record Branch(Variants of, String text) {}

  /// A setting with the innermost variant around it.
  private record Claim(SettingModel setting, @Nullable Branch in) {}

  static void check(RootModel root, Reports reports) {
    for (String strict : root.strict()) {
      if (!root.profiles().contains(strict)) {
        reports.error(root.record().element(), strict + " is strict, but not one of the profiles");
      }
    }
    ModelChecks checks = new ModelChecks(reports, root);
    checks.whole(root.record());
    if (!root.profiles().isEmpty() && !checks.paths.containsKey(root.profileKey())) {
      reports.error(
          root.record().element(),
          "no setting "
              + root.profileKey()
              + " chooses the profile (declare one, or set profileKey)");
    }
  }

  private void whole(RecordModel record) {
    collectTables(record);
    check(record);
    checkRetired(record);
  }

  private void collectTables(RecordModel record) {
    tables.add(record.path());
    for (RecordModel.Member member : record.members()) {
      switch (member) {
        case Group group -> collectTables(group.record());
        case Variants variants -> variants.variants().forEach(one -> collectTables(one.record()));
        case SettingModel _, Tables _ -> {}
      }
    }
  }

  private void check(RecordModel record) {
    record.members().forEach(this::check);
  }

  private void check(RecordModel.Member member) {
    switch (member) {
      case Group group -> check(group.record());
      case Variants variants -> {
        check(variants.chooser());
        for (Variant one : variants.variants()) {
          around.push(new Branch(variants, one.text()));
          check(one.record());
          around.pop();
        }
      }
      case Tables list -> {
        check(list.setting());
        ModelChecks inner = new ModelChecks(reports, root);
        switch (list.element()) {
          case Group group -> {
            if (group.record().members().isEmpty()) {
              reports.error(list.setting().element(), "its elements have no settings");
            }
            inner.whole(group.record());
          }
          case Variants variants -> {
            inner.tables.add("");
            variants.variants().forEach(one -> inner.collectTables(one.record()));
            inner.check(variants);
            variants.variants().forEach(one -> inner.checkRetired(one.record()));
          }
        }
      }
      case SettingModel setting -> check(setting);
    }
  }

  private void check(SettingModel setting) {
    if (!checkNames(setting)) {
      return;
    }
    if (!isSentence(setting.doc())) {
      reports.error(
          setting.element(), "its @Setting says nothing (expected: a sentence with a full stop)");
    }
    if (!setting.deprecated().isEmpty() && !isSentence(setting.deprecated())) {
      reports.error(
          setting.element(), "deprecated without a reason (expected: a sentence with a full stop)");
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
    limits.check(setting);
  }

  private boolean checkNames(SettingModel setting) {
    Branch in = around.peek();
    if (!KEY.matcher(setting.path()).matches()) {
      reports.error(
          setting.element(), setting.path() + " is not a path (expected: a-z, 0-9, _ and -)");
    }
    if (tables.contains(setting.path())) {
      reports.error(setting.element(), "has the path " + setting.path() + ", which is a table's");
    }
    Claim other = paths.putIfAbsent(setting.path(), new Claim(setting, in));
    if (other != null) {
      return shared(setting, in, other);
    }
    claim(setting.element(), setting.variable(), setting.path());
    if (setting.type().secret()) {
      claim(setting.element(), setting.variable() + "_FILE", setting.path() + " (file)");
    }
    return true;
  }

  /// Whether two variants of one interface may share a setting: they must declare it alike.
  private boolean shared(SettingModel setting, @Nullable Branch in, Claim other) {
    Branch there = other.in();
    boolean siblings =
        in != null
            && there != null
            && isSame(in.of(), there.of())
            && !in.text().equals(there.text());
    if (!siblings) {
      reports.error(
          setting.element(),
          "has the path " + setting.path() + ", which " + other.setting().element() + " has, too");
    } else if (!setting.isLike(other.setting())) {
      reports.error(
          setting.element(),
          "is declared otherwise in "
              + (there == null ? "" : there.text())
              + " (expected: the same type, default, limits and sentence, or another key)");
    }
    return false;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Variants a, Variants b) {
    return a == b;
  }

  private void claim(Element at, String variable, String path) {
    String other = variables.put(variable, path);
    if (other != null) {
      reports.error(
          at, "has the environment variable " + variable + ", which " + other + " has, too");
    }
  }

  private void checkRetired(RecordModel record) {
    for (RecordModel.Gone gone : record.defunct()) {
      retire(record.element(), gone.path(), gone.variable());
    }
    for (RecordModel.Member member : record.members()) {
      switch (member) {
        case Group group -> checkRetired(group.record());
        case Variants variants -> variants.variants().forEach(one -> checkRetired(one.record()));
        case SettingModel setting -> {
          Claim first = paths.get(setting.path());
          if (first != null && first.setting().equals(setting)) {
            for (SettingModel.Old old : setting.formerly()) {
              retire(setting.element(), old.path(), old.variable());
            }
          }
        }
        case Tables _ -> {}
      }
    }
  }

  private void retire(Element at, String path, String variable) {
    if (!KEY.matcher(path).matches()) {
      reports.error(at, path + " is not a path (expected: a-z, 0-9, _ and -)");
    } else if (paths.containsKey(path) || tables.contains(path)) {
      reports.error(
          at,
          path
              + " still exists as a "
              + (paths.containsKey(path) ? "setting" : "table")
              + " (expected: a name that nothing has any more)");
    } else {
      claim(at, variable, path);
    }
  }

  private static @Nullable String fallback(SettingModel setting, String profile) {
    String own = setting.own().get(profile);
    String text = own == null ? setting.fallback() : own;
    return text == null || text.equals(Setting.NONE) ? null : text;
  }

  static boolean isSentence(String doc) {
    return doc.length() > 1 && doc.endsWith(".") && !doc.isBlank();
  }
}
