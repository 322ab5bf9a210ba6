/// Users, sessions, API tokens and roles. Start reading at [AccountsSlice], which wires the parts;
/// [AccountsAuthenticator] is what each request passes; the rules are in the module's README.
@NullMarked
package dev.quarterdeck.accounts;

import org.jspecify.annotations.NullMarked;
