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
record RecordModel(
    TypeElement element, String path, String doc, boolean checked, List<Member> members) {

  /// A component.
  sealed interface Member permits SettingModel, Group {}

  /// A component that is a record.
  ///
  /// @param record the record
  record Group(RecordModel record) implements Member {}
}
