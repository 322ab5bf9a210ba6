/// The routes of accounts: sessions, API tokens, users for administrators.
@NullMarked
package dev.quarterdeck.accounts.http;

import org.jspecify.annotations.NullMarked;
