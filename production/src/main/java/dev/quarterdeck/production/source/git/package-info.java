/// Git clones as sources, read in process by JGit: a directory of this machine, or a mirror that is
/// fetched from a server.
@NullMarked
package dev.quarterdeck.production.source.git;

import org.jspecify.annotations.NullMarked;
