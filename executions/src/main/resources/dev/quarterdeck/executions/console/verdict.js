// How an execution is put into words and figures. Results come from the API; nothing here trusts their text.

const LABELS = {
  idle: ["Nothing has run yet", "idle"],
  "not started": ["Not started", "bad"],
  queued: ["Waiting for a place", "busy"],
  scheduled: ["Starting", "busy"],
  running: ["Running", "busy"],
  stopping: ["Stopping", "busy"],
  completed: ["Completed", "good"],
  failed: ["Failed", "bad"],
  signalled: ["Ended by a signal", "bad"],
  cpu_time_limit: ["CPU time limit reached", "bad"],
  wall_time_limit: ["Wall time limit reached", "bad"],
  memory_limit: ["Memory limit reached", "bad"],
  output_limit: ["Output limit reached", "bad"],
  process_limit: ["Process limit reached", "bad"],
  disk_limit: ["Disk limit reached", "bad"],
  compile_error: ["Did not compile", "bad"],
  cancelled: ["Cancelled", "still"],
  timeout: ["Time limit reached", "bad"],
  sandbox_error: ["The sandbox failed", "bad"],
  error: ["The sandbox failed", "bad"],
};

const ACTIVE = new Set(["queued", "scheduled", "running"]);

/** Whether an execution with this status has not ended yet. */
export function isActive(status) {
  return ACTIVE.has(status);
}

/** The verdict of a result by its name on the wire; from a server that says none, the nearest to its status. */
export function verdictOf(result) {
  if (result.verdict) {
    return result.verdict;
  }
  return result.status === "completed" && result.exit_code ? "failed" : (result.status ?? "queued");
}

/** What to call a verdict or status, and its tone: good, bad, still, busy. */
export function describe(verdict, result) {
  const [label, tone] = LABELS[verdict] ?? [String(verdict).replaceAll("_", " "), "still"];
  if (verdict === "failed" && result?.exit_code != null) {
    return [`Failed with exit code ${result.exit_code}`, tone];
  }
  if (verdict === "signalled" && result?.signal != null) {
    return [`Ended by signal ${result.signal}`, tone];
  }
  return [label, tone];
}

/** The figures of a result as text; a dash where there is none. */
export function figures(result) {
  const use = result?.resource_usage;
  const ticks = use?.clk_tck_hertz || 0;
  return {
    exitCode: result?.exit_code ?? "–",
    wallTime: use ? seconds(use.execution_time_wall_seconds) : "–",
    cpuTime: use && ticks ? seconds(use.cpu_time_jiffies / ticks) : "–",
    peakMemory: use?.peak_memory_kb ? kibibytes(use.peak_memory_kb) : "–",
  };
}

/** A duration in seconds, as text. */
export function seconds(value) {
  if (value == null) {
    return "–";
  }
  if (value < 1) {
    return `${Math.round(value * 1000)} ms`;
  }
  if (value < 100) {
    return `${value.toFixed(2)} s`;
  }
  return `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s`;
}

function kibibytes(value) {
  return value < 10240 ? `${(value / 1024).toFixed(1)} MiB` : `${Math.round(value / 1024)} MiB`;
}

/** What a result says beyond its verdict: cut output, the evidence of a limit; a line each. */
export function remarks(result) {
  const said = [];
  const streams = ["stdout", "stderr"].filter((stream) => result[`${stream}_truncated`]);
  if (streams.length || result.truncated) {
    const which = streams.length ? streams.join(" and ") : "The output";
    said.push(`${which} was cut: the program wrote more than is kept.`);
  }
  if (result.evidence && !["completed", "failed", "cancelled"].includes(verdictOf(result))) {
    said.push(result.evidence);
  }
  return said.join("\n");
}
