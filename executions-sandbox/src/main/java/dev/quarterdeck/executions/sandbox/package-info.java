/// The sandbox on this machine: bubblewrap for the namespaces, a system call filter compiled here,
/// control groups where the host offers them, and a self-test that must pass before anything runs.
///
/// Way of a run: [LocalSandbox] makes a `RunDirectory` and a run group, `Launcher` starts the chain
/// `sh` → `setpriv` → `bwrap` → stage shell → program from its one permanent thread, `LocalRun`
/// supervises it, and `Judgement` turns what the kernel reported into a verdict.
@NullMarked
package dev.quarterdeck.executions.sandbox;

import org.jspecify.annotations.NullMarked;
