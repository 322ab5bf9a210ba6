package dev.quarterdeck.settings.processor;

import java.util.List;

/// A root record as read.
///
/// @param record the record itself
/// @param profiles the profiles
/// @param strict those of them that are strict
/// @param profileKey path of the setting that chooses one
/// @param flatKeys whether environment names are keys of a file
/// @param prefix before every environment name, without `_`
record RootModel(
    RecordModel record,
    List<String> profiles,
    List<String> strict,
    String profileKey,
    boolean flatKeys,
    String prefix) {}
