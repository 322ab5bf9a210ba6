/// Load harnesses: floors, rivals and Quarterdeck in one run.
@NullMarked
package dev.quarterdeck.benchmarks;

import org.jspecify.annotations.NullMarked;
