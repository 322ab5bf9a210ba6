@NullMarked
package dev.quarterdeck.accounts;

import org.jspecify.annotations.NullMarked;
