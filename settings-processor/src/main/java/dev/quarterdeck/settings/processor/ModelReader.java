package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Converter;
import dev.quarterdeck.settings.Defunct;
import dev.quarterdeck.settings.Discriminator;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Spelled;
import dev.quarterdeck.settings.Table;
import dev.quarterdeck.settings.schema.Types;
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
  private final ConverterReader converters;
  private final Deque<TypeElement> around = new ArrayDeque<>();
  private String prefix = "";
  private @Nullable PackageElement home;

  ModelReader(ProcessingEnvironment environment, Reports reports) {
    this.environment = environment;
    this.reports = reports;
    this.annotations = new Annotations(environment.getElementUtils());
    this.types = new TypeReader(annotations);
    this.converters = new ConverterReader(environment);
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
    return new RecordModel(element, path, doc, rules, members, defunct(element));
  }

  private List<RecordModel.Gone> defunct(TypeElement element) {
    List<AnnotationMirror> mirrors = new ArrayList<>();
    AnnotationMirror one = annotations.find(element, Defunct.class);
    if (one != null) {
      mirrors.add(one);
    }
    AnnotationMirror several = annotations.find(element, Defunct.List.class);
    if (several != null) {
      mirrors.addAll(annotations.annotations(several, "value"));
    }
    List<RecordModel.Gone> gone = new ArrayList<>();
    for (AnnotationMirror mirror : mirrors) {
      String path = annotations.text(mirror, "value");
      String reason = annotations.text(mirror, "reason");
      if (!ModelChecks.isSentence(reason)) {
        reports.error(
            element, "its @Defunct says no reason (expected: a sentence with a full stop)");
      }
      gone.add(new RecordModel.Gone(path, SourceNames.variable(prefix, path), reason));
    }
    return gone;
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
      return table(component, table, path);
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
      type = types.read(component.asType(), unit, own ? converters.read(converter) : null);
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
    List<SettingModel.Old> formerly = new ArrayList<>();
    for (String old : annotations.texts(setting, "formerly")) {
      formerly.add(new SettingModel.Old(old, SourceNames.variable(prefix, old)));
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
            annotations.texts(setting, "oneOf")),
        formerly,
        annotations.text(setting, "deprecated"));
  }

  private RecordModel.@Nullable Member table(
      RecordComponentElement component, AnnotationMirror table, String path) {
    String doc = annotations.text(table, "value");
    if (!ModelChecks.isSentence(doc)) {
      reports.error(component, "its @Table says nothing (expected: a sentence with a full stop)");
    }
    String own =
        annotations.flag(table, "inline")
            ? path
            : full(path, key(component, annotations.text(table, "key")));
    TypeMirror type = component.asType();
    boolean list = TypeReader.isGeneric(type, List.class);
    boolean map =
        TypeReader.isGeneric(type, Map.class)
            && SourceNames.of(TypeReader.argument(type, 0)).equals("java.lang.String");
    String fallback = annotations.text(table, "fallback");
    int least = annotations.number(table, "minLength");
    int greatest = annotations.number(table, "maxLength");
    if (!list && !map) {
      if (least > 0 || greatest < Integer.MAX_VALUE) {
        reports.error(component, "is one table, so it has no length (expected: a List or Map)");
      }
      return node(component, type, own, doc, fallback);
    }
    if (annotations.flag(table, "inline")) {
      reports.error(component, "is a " + (list ? "list" : "map") + ", which cannot be inline");
      return null;
    }
    String before = prefix;
    prefix = "";
    RecordModel.Node element =
        node(component, TypeReader.argument(type, list ? 0 : 1), "", doc, fallback);
    prefix = before;
    if (element == null) {
      return null;
    }
    SettingModel key =
        new SettingModel(
            component,
            own,
            SourceNames.variable(prefix, own),
            new TypeModel(SourceNames.of(type), "", null, least == 0, false, null),
            doc,
            null,
            Map.of(),
            "",
            "",
            SettingModel.Limits.length(least, greatest),
            List.of(),
            "");
    return new RecordModel.Tables(key, map, element);
  }

  private RecordModel.@Nullable Node node(
      RecordComponentElement component, TypeMirror type, String path, String doc, String fallback) {
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getKind() == ElementKind.INTERFACE
        && element.getModifiers().contains(Modifier.SEALED)) {
      return variants(component, element, path, doc, fallback);
    }
    if (!(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement record)
        || record.getKind() != ElementKind.RECORD) {
      reports.error(
          component,
          type
              + " is not a record (expected: a settings record, a sealed interface of them, or a"
              + " List or Map<String, …> of either)");
      return null;
    }
    if (!fallback.isEmpty()) {
      reports.error(component, "is no sealed interface, so no variant can be its default");
    }
    return usable(component, record) ? new RecordModel.Group(record(record, path, doc)) : null;
  }

  private boolean usable(Element component, TypeElement record) {
    if (around.contains(record)) {
      reports.error(component, record.getSimpleName() + " contains itself");
      return false;
    }
    if (!visible(record)) {
      reports.error(
          component, record.getQualifiedName() + " is not public, so the binder cannot make it");
      return false;
    }
    return true;
  }

  private RecordModel.@Nullable Variants variants(
      RecordComponentElement component,
      TypeElement type,
      String path,
      String doc,
      String fallback) {
    AnnotationMirror mirror = annotations.find(type, Discriminator.class);
    if (mirror == null) {
      reports.error(
          component,
          type.getSimpleName() + " does not say which key chooses (expected: @Discriminator)");
      return null;
    }
    if (!usable(component, type)) {
      return null;
    }
    around.push(type);
    List<RecordModel.Variant> variants = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (TypeMirror permitted : type.getPermittedSubclasses()) {
      if (!(permitted instanceof DeclaredType declared)
          || !(declared.asElement() instanceof TypeElement record)
          || record.getKind() != ElementKind.RECORD) {
        reports.error(component, permitted + " is not a record (expected: a settings record)");
        continue;
      }
      AnnotationMirror spelled = annotations.find(record, Spelled.class);
      String text =
          spelled == null
              ? SourceNames.snake(record.getSimpleName().toString())
              : annotations.text(spelled, "value");
      if (texts.contains(text)) {
        reports.error(component, "two variants have the text " + text);
      } else if (usable(component, record)) {
        texts.add(text);
        variants.add(new RecordModel.Variant(text, record(record, path, doc)));
      }
    }
    around.pop();
    if (!fallback.isEmpty() && !texts.contains(fallback)) {
      reports.error(
          component,
          "its default "
              + fallback
              + " is no variant (expected: "
              + String.join(", ", texts)
              + ")");
    }
    String chooser = full(path, annotations.text(mirror, "value"));
    String sentence = annotations.text(mirror, "doc");
    if (!ModelChecks.isSentence(sentence)) {
      reports.error(
          type, "its @Discriminator says nothing (expected: a sentence with a full stop)");
    }
    return new RecordModel.Variants(
        type,
        path,
        doc,
        new SettingModel(
            component,
            chooser,
            SourceNames.variable(prefix, chooser),
            new TypeModel(
                "java.lang.String",
                "Types.variant(" + Literals.list(texts) + ")",
                Types.variant(texts),
                false,
                false,
                null),
            sentence,
            fallback.isEmpty() ? null : fallback,
            Map.of(),
            "",
            "",
            SettingModel.Limits.length(0, Integer.MAX_VALUE),
            List.of(),
            ""),
        variants);
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
