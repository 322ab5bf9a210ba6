package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Excerpt;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Faults and warnings for programs.
public final class FaultsJson {
  private FaultsJson() {}

  /// `{"ok": …, "profile": …, "faults": […], "warnings": […]}`.
  public static String write(Checkup<?> checkup) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", checkup.ok());
    document.put("profile", checkup.provenance().profile());
    document.put("faults", faults(checkup.faults()));
    document.put("warnings", faults(checkup.warnings()));
    return Json.write(document);
  }

  private static List<Object> faults(List<Fault> faults) {
    List<Object> list = new ArrayList<>();
    for (Fault fault : faults) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("code", fault.code());
      one.put("key", fault.key());
      one.put("message", fault.message());
      one.put("place", place(fault.place()));
      Excerpt excerpt = fault.excerpt();
      if (excerpt != null) {
        one.put("line", excerpt.text());
      }
      one.put("remedy", fault.remedy());
      List<Object> related = new ArrayList<>();
      for (Definition definition : fault.related()) {
        related.add(definition(definition));
      }
      one.put("related", related);
      list.add(one);
    }
    return list;
  }

  static Map<String, Object> definition(Definition definition) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("key", definition.key());
    one.put("layer", definition.layer().label());
    one.put("place", place(definition.place()));
    one.put("value", definition.shown());
    return one;
  }

  static Map<String, Object> place(Place place) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("text", place.toString());
    switch (place) {
      case Place.Nowhere nowhere -> one.put("kind", "none");
      case Place.Default fallback -> one.put("kind", "default");
      case Place.WholeFile file -> {
        one.put("kind", "file");
        one.put("file", file.file());
      }
      case Place.InFile in -> {
        one.put("kind", "file");
        one.put("file", in.file());
        one.put("line", in.line());
        one.put("column", in.column());
      }
      case Place.Variable variable -> {
        one.put("kind", "environment");
        one.put("variable", variable.name());
      }
      case Place.Argument argument -> {
        one.put("kind", "argument");
        one.put("argument", argument.key());
      }
      case Place.ValueFile file -> {
        one.put("kind", "value file");
        one.put("variable", file.namedBy());
        one.put("file", file.file());
      }
    }
    return one;
  }
}
