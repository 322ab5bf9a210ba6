/// The settings engine beside other libraries: the same keys from the same four layers, each
/// library reading the format that it reads best.
@NullMarked
package dev.quarterdeck.benchmarks.settings;

import org.jspecify.annotations.NullMarked;
