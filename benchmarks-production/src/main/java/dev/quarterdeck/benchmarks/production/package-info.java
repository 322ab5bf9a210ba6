/// Requests and times of production state, on every source, beside a client that asks per
/// component.
@NullMarked
package dev.quarterdeck.benchmarks.production;

import org.jspecify.annotations.NullMarked;
