package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Converter;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// Reads a root record and the records in it.
final class ModelReader {
  private final ProcessingEnvironment environment;
  private final Reports reports;
  private final Annotations annotations;
  private final TypeReader types;
  private final Deque<TypeElement> around = new ArrayDeque<>();
  private String prefix = "";
  private @Nullable PackageElement home;

  ModelReader(ProcessingEnvironment environment, Reports reports) {
    this.environment = environment;
    this.reports = reports;
    this.annotations = new Annotations(environment.getElementUtils());
    this.types = new TypeReader(annotations);
  }

  RootModel read(TypeElement root) {
    AnnotationMirror mirror =
        Objects.requireNonNull(annotations.find(root, SettingsRoot.class), "a root is annotated");
    prefix = annotations.text(mirror, "prefix");
    home = environment.getElementUtils().getPackageOf(root);
    return new RootModel(
        record(root, "", ""),
        annotations.texts(mirror, "profiles"),
        annotations.texts(mirror, "strict"),
        annotations.text(mirror, "profileKey"),
        annotations.flag(mirror, "flatKeys"),
        prefix);
  }

  private RecordModel record(TypeElement element, String path, String doc) {
    around.push(element);
    List<RecordModel.Member> members = new ArrayList<>();
    for (RecordComponentElement component : element.getRecordComponents()) {
      RecordModel.Member member = member(component, path);
      if (member != null) {
        members.add(member);
      }
    }
    around.pop();
    TypeMirror checked =
        environment.getElementUtils().getTypeElement(Checked.class.getName()).asType();
    boolean rules = environment.getTypeUtils().isAssignable(element.asType(), checked);
    return new RecordModel(element, path, doc, rules, members);
  }

  private RecordModel.@Nullable Member member(RecordComponentElement component, String path) {
    AnnotationMirror setting = annotations.find(component, Setting.class);
    AnnotationMirror table = annotations.find(component, Table.class);
    if (setting != null && table != null) {
      reports.error(component, "is both @Setting and @Table (expected: one of them)");
      return null;
    }
    if (setting != null) {
      return setting(component, setting, path);
    }
    if (table != null) {
      return group(component, table, path);
    }
    reports.error(component, "has neither @Setting nor @Table, so nothing could give it a value");
    return null;
  }

  private @Nullable SettingModel setting(
      RecordComponentElement component, AnnotationMirror setting, String path) {
    String unit = annotations.text(setting, "unit");
    TypeMirror converter = annotations.type(setting, "converter");
    boolean own = !SourceNames.of(converter).equals(Converter.None.class.getCanonicalName());
    TypeModel type;
    try {
      type = types.read(component.asType(), unit, own ? converter : null);
    } catch (IllegalArgumentException e) {
      reports.error(component, String.valueOf(e.getMessage()));
      return null;
    }
    String full = full(path, key(component, annotations.text(setting, "key")));
    String fallback = annotations.text(setting, "fallback");
    Map<String, String> profiles = new LinkedHashMap<>();
    for (AnnotationMirror one : annotations.annotations(setting, "profiles")) {
      for (String profile : annotations.texts(one, "in")) {
        if (profiles.put(profile, annotations.text(one, "value")) != null) {
          reports.error(component, "has two defaults for profile " + profile);
        }
      }
    }
    return new SettingModel(
        component,
        full,
        SourceNames.variable(prefix, full),
        type,
        annotations.text(setting, "value"),
        fallback.equals(Setting.NONE) ? null : fallback,
        profiles,
        annotations.text(setting, "computed"),
        unit,
        new SettingModel.Limits(
            annotations.text(setting, "min"),
            annotations.text(setting, "max"),
            annotations.number(setting, "minLength"),
            annotations.number(setting, "maxLength"),
            annotations.text(setting, "pattern"),
            annotations.flag(setting, "notBlank"),
            annotations.texts(setting, "oneOf")));
  }

  private RecordModel.@Nullable Group group(
      RecordComponentElement component, AnnotationMirror table, String path) {
    if (!(component.asType() instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement record)
        || record.getKind() != ElementKind.RECORD) {
      reports.error(
          component, component.asType() + " is not a record (expected: a settings record)");
      return null;
    }
    if (around.contains(record)) {
      reports.error(component, record.getSimpleName() + " contains itself");
      return null;
    }
    if (!visible(record)) {
      reports.error(
          component, record.getQualifiedName() + " is not public, so the binder cannot make it");
      return null;
    }
    String doc = annotations.text(table, "value");
    if (!ModelChecks.isSentence(doc)) {
      reports.error(component, "its @Table says nothing (expected: a sentence with a full stop)");
    }
    String own =
        annotations.flag(table, "inline")
            ? path
            : full(path, key(component, annotations.text(table, "key")));
    return new RecordModel.Group(record(record, own, doc));
  }

  private boolean visible(TypeElement record) {
    if (environment.getElementUtils().getPackageOf(record).equals(home)) {
      return !record.getModifiers().contains(Modifier.PRIVATE);
    }
    for (Element one = record; one instanceof TypeElement; one = one.getEnclosingElement()) {
      if (!one.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private static String key(RecordComponentElement component, String given) {
    return given.isEmpty() ? SourceNames.snake(component.getSimpleName().toString()) : given;
  }

  private static String full(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
