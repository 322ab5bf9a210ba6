package dev.quarterdeck.production.components;

/// A component: its type and its name within the type, as a deployment names them.
///
/// @param type as in `package.xml`: `ApexClass`
/// @param name full name: `Foo`, `Account.Rating__c`, `Folder/Report`
public record ComponentId(String type, String name) implements Comparable<ComponentId> {
  /// By type, then by name, both as text.
  @Override
  public int compareTo(ComponentId other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : name.compareTo(other.name);
  }

  /// `ApexClass.Foo`.
  @Override
  public String toString() {
    return type + "." + name;
  }
}
