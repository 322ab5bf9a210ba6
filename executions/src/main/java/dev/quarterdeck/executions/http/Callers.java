package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;

/// Who may do what with executions. An execution of somebody else is a 403, as the documented API
/// has it, one that does not exist a 404: ids cannot be guessed, so this tells nothing.
final class Callers {
  static final String READ = "executions:read";
  static final String WRITE = "executions:write";

  private Callers() {}

  /// The caller, who must have the scope.
  static Principal with(Request request, String scope) {
    Principal principal = request.principal();
    if (!principal.allows(scope)) {
      throw new Problem.Forbidden(
              "scope_missing",
              "the token does not allow this (expected: the scope %s)".formatted(scope))
          .raise();
    }
    return principal;
  }

  /// The execution that the path names, of the caller or of anybody for an administrator.
  static Execution execution(Executions executions, Request request, Principal principal) {
    return execution(executions, request.pathValue("execution_id"), principal);
  }

  /// The execution with this id, of the caller or of anybody for an administrator.
  static Execution execution(Executions executions, String id, Principal principal) {
    Execution execution = executions.get(id);
    if (!principal.admin() && !execution.owner().userId().equals(principal.userId())) {
      throw new Problem.Forbidden(
              "not_the_owner", "execution %s: belongs to somebody else".formatted(execution.id()))
          .raise();
    }
    return execution;
  }
}
