package dev.quarterdeck.production.components;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads paths as Vlocity DataPacks: `vlocity/Type/Name/…` is the bundle of one component; a JSON
/// file right below `vlocity` is a DataPack of no known type.
final class VlocityRules {
  static final String ROOT = "vlocity";
  static final String PRIMARY = "{name}/{name}_DataPack.json";
  static final String UNTYPED = "VlocityDataPack";

  /// The types that every export has; other folders below the root are types of their own name.
  static final List<String> TYPES =
      List.of(
          "AttributeCategory",
          "CalculationMatrix",
          "CalculationMatrixVersion",
          "CalculationProcedure",
          "Catalog",
          "ContractType",
          "DataRaptor",
          "DocumentTemplate",
          "IntegrationProcedure",
          "ObjectClass",
          "ObjectLayout",
          "OmniScript",
          "OrchestrationDependencyDefinition",
          "OrchestrationItemDefinition",
          "PriceList",
          "Pricebook2",
          "Product2",
          "Promotion",
          "Rule",
          "VlocityAction",
          "VlocityCard",
          "VlocityUILayout",
          "VlocityUITemplate");

  private VlocityRules() {}

  /// The component of a path, or null.
  static @Nullable ComponentId resolve(List<String> segments) {
    int root = segments.indexOf(ROOT);
    int below = segments.size() - root - 1;
    if (root < 0 || below < 1) {
      return null;
    }
    if (below >= 3) {
      return new ComponentId(segments.get(root + 1), segments.get(root + 2));
    }
    String file = segments.getLast();
    if (!file.endsWith(".json") || file.length() == 5) {
      return null;
    }
    String name = file.substring(0, file.length() - 5);
    return new ComponentId(below == 2 ? segments.get(root + 1) : UNTYPED, name);
  }
}
