/// Runs over HTTP in the real sandbox: what a caller can hand in, and Piston's API.
@NullMarked
package dev.quarterdeck.server.runs;

import org.jspecify.annotations.NullMarked;
