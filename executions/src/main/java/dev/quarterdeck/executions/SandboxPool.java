package dev.quarterdeck.executions;

/// Sandboxes of one kind that are got ready before programs come.
///
/// @param name `sandboxes` for any language, `runtimes` for started runtimes of languages
/// @param ready how many wait for a program
/// @param starting how many are being got ready
/// @param idleMemoryBytes what those that wait take
/// @param off why there are none, in words for everybody; empty while it works
/// @param wanted whether the settings ask for it
public record SandboxPool(
    String name, long ready, long starting, long idleMemoryBytes, String off, boolean wanted) {}
