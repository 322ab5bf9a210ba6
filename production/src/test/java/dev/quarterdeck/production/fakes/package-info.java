/// Bitbucket as documented, over real HTTP on loopback, from a repository of this machine; strict:
/// what is not documented fails the test.
@NullMarked
package dev.quarterdeck.production.fakes;

import org.jspecify.annotations.NullMarked;
