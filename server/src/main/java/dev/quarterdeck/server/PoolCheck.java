package dev.quarterdeck.server;

import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxPool;
import dev.quarterdeck.http.HealthRoutes.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the pools of ready sandboxes stand. Without them programs only start slower, so none of this
/// makes the server unready.
record PoolCheck(Sandbox sandbox) implements Check {
  @Override
  public String status() {
    List<SandboxPool> wanted = sandbox.pools().stream().filter(SandboxPool::wanted).toList();
    if (wanted.isEmpty()) {
      return "off";
    }
    return wanted.stream().allMatch(pool -> pool.off().isEmpty()) ? "ok" : "warning";
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> pools = new LinkedHashMap<>();
    for (SandboxPool pool : sandbox.pools()) {
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("ready", pool.ready());
      state.put("starting", pool.starting());
      state.put("idle_memory_bytes", pool.idleMemoryBytes());
      state.put("off", pool.off());
      pools.put(pool.name(), state);
    }
    return pools;
  }
}
