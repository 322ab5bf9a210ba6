/// The real program as a process of its own, seen only from outside: HTTP, exit codes, `/proc`.
@NullMarked
package dev.quarterdeck.server.blackbox;

import org.jspecify.annotations.NullMarked;
