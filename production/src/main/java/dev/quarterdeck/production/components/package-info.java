/// Which component a path belongs to: the built-in knowledge of Salesforce metadata and Vlocity
/// DataPacks, and the types that a `component_types.yaml` adds. Pure and in memory.
@NullMarked
package dev.quarterdeck.production.components;

import org.jspecify.annotations.NullMarked;
