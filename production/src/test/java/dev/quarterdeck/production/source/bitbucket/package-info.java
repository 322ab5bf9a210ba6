/// Tests of the Bitbucket sources, over real HTTP to strict fakes.
@NullMarked
package dev.quarterdeck.production.source.bitbucket;

import org.jspecify.annotations.NullMarked;
