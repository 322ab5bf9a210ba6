package dev.quarterdeck.executions;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the invariant that no slot leaks: every slot has a worker that lives, a slot in use
/// belongs to a run whose lease is not over, and what runs in the sandbox belongs to a slot in use.
/// What it finds it says once, and puts right what can be. Safe for all threads.
final class SlotAudit {
  private static final Logger log = LoggerFactory.getLogger(SlotAudit.class);

  private final Workers workers;
  private final Sandbox sandbox;
  private final InstantSource clock;
  private final Set<String> told = new HashSet<>();

  SlotAudit(Workers workers, Sandbox sandbox, InstantSource clock) {
    this.workers = workers;
    this.sandbox = sandbox;
    this.clock = clock;
  }

  /// The executions that have a place in the sandbox though no slot has them. An execution has its
  /// slot from before its run begins until after it ended, so there is no moment at which this may
  /// be anything but empty.
  Set<String> strays() {
    Set<String> strays = new HashSet<>(sandbox.places());
    strays.removeIf(workers.live()::contains);
    if (!strays.isEmpty()) {
      // One that had a slot when the sandbox was asked has ended there since.
      strays.retainAll(sandbox.places());
    }
    return strays;
  }

  /// How many slots are not what they are counted as; 0 unless something is wrong.
  int divergent() {
    return strays().size() + workers.unmanned();
  }

  /// Puts right what can be put right, and logs what cannot.
  void look() {
    workers.expire(clock.instant());
    workers.restore();
    sandbox.reclaim();
    Set<String> strays = strays();
    synchronized (told) {
      told.retainAll(strays);
      for (String id : strays) {
        if (told.add(id)) {
          log.error(
              "execution {}: has ended, but the sandbox has not given its place back, so one"
                  + " program less runs at once (EXECUTION_SLOTS: {}); tried again every minute,"
                  + " until then the metric slots_divergent is not 0. Look for processes of this"
                  + " run that survive SIGKILL; a restart of the server frees the place",
              id,
              workers.slots());
        }
      }
    }
  }
}
