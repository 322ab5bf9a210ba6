package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.toml.Span;

/// One table of a list or map of records.
///
/// @param owner the list or map
/// @param name its name, or its number from 0
/// @param path its path
/// @param first the number of its first setting
/// @param origin the definition of the list or map that says that it exists, the strongest one
/// @param at where its table stands in that definition
record Element(Key owner, String name, String path, int first, Candidate origin, Span at) {}
