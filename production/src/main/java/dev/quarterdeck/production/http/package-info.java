/// The routes of production state: the documented ones, and our own under `/api/v1/production`.
@NullMarked
package dev.quarterdeck.production.http;

import org.jspecify.annotations.NullMarked;
