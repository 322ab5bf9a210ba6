package dev.quarterdeck.production;

import java.util.Optional;

/// Whether a commit exists and a branch contains it.
///
/// @param asked as given, maybe shortened
/// @param commit empty when there is none
/// @param inBranch false when there is no such commit or no such branch
public record CommitCheck(
    String asked, String branch, Optional<LastCommit> commit, boolean inBranch) {}
