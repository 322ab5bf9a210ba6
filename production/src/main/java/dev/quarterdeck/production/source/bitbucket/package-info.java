/// Bitbucket Cloud 2.0 and Data Center 1.0 as sources, over one HTTP client with bounds.
@NullMarked
package dev.quarterdeck.production.source.bitbucket;

import org.jspecify.annotations.NullMarked;
