package dev.quarterdeck.settings.processor;

import java.util.List;
import javax.lang.model.element.TypeElement;

/// A settings record at its place in the tree.
///
/// @param element the record
/// @param path of the table that its keys stand in
/// @param doc what the table is about
/// @param checked whether it has rules of its own
/// @param members one for each component, in order
/// @param defunct settings that it had and has no more
record RecordModel(
    TypeElement element,
    String path,
    String doc,
    boolean checked,
    List<Member> members,
    List<Gone> defunct) {

  /// A component.
  sealed interface Member permits SettingModel, Tables, Node {}

  /// A component, or the element of a list or map, that is a table.
  sealed interface Node extends Member permits Group, Variants {
    /// The type as source code writes it.
    String java();
  }

  /// A record.
  ///
  /// @param record the record
  record Group(RecordModel record) implements Node {
    @Override
    public String java() {
      return record.element().getQualifiedName().toString();
    }
  }

  /// A sealed interface.
  ///
  /// @param type the interface
  /// @param path of the table
  /// @param doc what the table is about
  /// @param chooser the setting that says which variant the table is
  /// @param variants the records that it permits
  record Variants(
      TypeElement type, String path, String doc, SettingModel chooser, List<Variant> variants)
      implements Node {
    @Override
    public String java() {
      return type.getQualifiedName().toString();
    }
  }

  /// A record of a sealed interface.
  ///
  /// @param text what chooses it
  /// @param record the record
  record Variant(String text, RecordModel record) {}

  /// A list or map of records.
  ///
  /// @param setting its key
  /// @param named whether it is a map
  /// @param element what is in it, its paths from the element
  record Tables(SettingModel setting, boolean named, Node element) implements Member {}

  /// A setting that is gone.
  ///
  /// @param path its path
  /// @param variable its environment name
  /// @param reason why
  record Gone(String path, String variable, String reason) {}
}
