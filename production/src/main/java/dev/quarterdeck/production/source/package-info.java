/// The port to the repository whose state is asked for, and the values that it answers with. Git
/// and both dialects of Bitbucket implement [Source] and give the same answers.
@NullMarked
package dev.quarterdeck.production.source;

import org.jspecify.annotations.NullMarked;
