// The page: choose, write, run, stop, watch, look back.
import { api, randomKey, showProblem } from "/assets/console/api.js";
import { Choices } from "./choices.js";
import { createEditor, splitArguments } from "./editor.js";
import { History } from "./history.js";
import { Output } from "./output.js";
import { Follower } from "./stream.js";
import { describe, figures, isActive, remarks, seconds, verdictOf } from "./verdict.js";

const byId = (id) => document.getElementById(id);
const run = byId("run");
const stop = byId("stop");
const problem = byId("problem");
const remark = byId("remark");

const editor = createEditor(byId("editor"));
const choices = new Choices(editor);
const output = new Output(byId("output"));
const history = new History((row) => attempt(() => open(row.execution_id)));
let view = { id: "", active: false, follower: null, clock: 0 };
let submitting = false;

// ---- What is shown on the right ----

function show(verdict, result) {
  const [label, tone] = describe(verdict, result);
  byId("verdict").dataset.verdict = verdict;
  byId("verdict").dataset.tone = tone;
  byId("verdict-text").textContent = label;
  const { exitCode, wallTime, cpuTime, peakMemory } = figures(result);
  byId("exit-code").textContent = exitCode;
  byId("cpu-time").textContent = cpuTime;
  byId("peak-memory").textContent = peakMemory;
  byId("wall-time").textContent = wallTime;
  say(result ? remarks(result) : "");
  byId("output").dataset.hint =
    tone === "idle" ? "Output appears here while the program runs." : result ? "The program wrote nothing." : "";
}

function say(text) {
  remark.textContent = text;
  remark.hidden = !text;
}

function buttons() {
  run.disabled = submitting || view.active || !choices.ready;
  stop.disabled = !view.active || view.stopping;
}

/** Turns the right side to another execution; with an empty id to none. */
function turnTo(id, active) {
  view.follower?.close();
  clearInterval(view.clock);
  view = { id, active, follower: null, clock: 0, stopping: false };
  output.clear();
  showProblem(problem, null);
  history.select(id);
  window.history.replaceState(null, "", id ? `#${id}` : location.pathname);
  buttons();
}

function follow(id) {
  const mine = view;
  const since = Date.now();
  const tick = () => (byId("wall-time").textContent = seconds(Math.max(0, Date.now() - since) / 1000));
  view.follower = new Follower(id, {
    status(name) {
      history.put({ execution_id: id, status: name });
      if (!mine.stopping) {
        show(name, null);
      }
      if (name === "running" && !mine.clock) {
        tick();
        mine.clock = setInterval(tick, 100);
      }
    },
    output: ({ stream, data, data_base64: bytes }) =>
      bytes != null ? output.base64(stream, bytes) : output.text(stream, data ?? ""),
    restarted(number) {
      output.clear();
      say(`The run was lost and has been started again (attempt ${number}).`);
    },
    connection: (ok) => say(ok ? "" : "The connection was lost; reconnecting."),
    ended: (result) => attempt(() => finish(mine, result)),
  });
}

async function finish(mine, given) {
  clearInterval(mine.clock);
  let result;
  try {
    result = given ?? (await api("GET", `/api/v1/executions/${encodeURIComponent(mine.id)}/result`));
  } finally {
    mine.active = false;
    if (view === mine) {
      buttons();
    }
  }
  history.put(result);
  if (view === mine) {
    output.end();
    show(verdictOf(result), result);
  }
}

/** Shows an execution of the list: follows it when it is under way, else shows its result. */
async function open(id) {
  turnTo(id, false);
  const mine = view;
  const result = await api("GET", `/api/v1/executions/${encodeURIComponent(id)}/result`);
  if (view !== mine) {
    return;
  }
  if (isActive(result.status)) {
    view.active = true;
    show(result.status, null);
    follow(id);
  } else {
    for (const stream of ["stdout", "stderr"]) {
      const bytes = result[`${stream}_base64`];
      bytes ? output.base64(stream, bytes) : output.text(stream, result[stream] ?? "");
    }
    output.end();
    show(verdictOf(result), result);
  }
  buttons();
}

// ---- Run and stop ----

async function start() {
  if (run.disabled) {
    return;
  }
  submitting = true;
  turnTo("", false);
  show("queued", null);
  try {
    const row = { lang: choices.language, lang_version: choices.version, created_at: new Date().toISOString() };
    const { execution_id: id, status } = await submit();
    history.put({ execution_id: id, status, ...row });
    turnTo(id, true);
    show("queued", null);
    follow(id);
  } catch (error) {
    show("not started", null);
    throw error;
  } finally {
    submitting = false;
    buttons();
  }
}

/** Sends the program; after a broken connection once more with the same key, which cannot start it twice. */
async function submit() {
  const json = { script: editor.text, lang: choices.language, lang_version: choices.version };
  const args = splitArguments(byId("arguments").value);
  if (args.length) {
    json.args = args;
  }
  if (byId("stdin").value) {
    json.stdin = byId("stdin").value;
  }
  const request = { json, headers: { "Idempotency-Key": randomKey() } };
  try {
    return await api("POST", "/api/v1/execute", request);
  } catch (error) {
    if (error.status !== 0) {
      throw error;
    }
    return await api("POST", "/api/v1/execute", request);
  }
}

async function cancel() {
  const mine = view;
  if (stop.disabled) {
    return;
  }
  mine.stopping = true;
  show("stopping", null);
  buttons();
  try {
    await api("POST", `/api/v1/executions/${encodeURIComponent(mine.id)}/cancel`, {
      json: { reason: "Stopped in the console" },
    });
  } catch (error) {
    mine.stopping = false;
    if (view === mine) {
      buttons();
    }
    if (error.status !== 400) {
      throw error;
    }
  }
}

async function attempt(action) {
  try {
    await action();
  } catch (error) {
    showProblem(problem, error);
  }
}

// ---- Wiring ----

run.addEventListener("click", () => attempt(start));
stop.addEventListener("click", () => attempt(cancel));
byId("refresh").addEventListener("click", () => attempt(() => history.refresh()));
byId("more").addEventListener("click", () => attempt(() => history.more()));

document.addEventListener("keydown", (event) => {
  if (!document.body.dataset.user || event.isComposing) {
    return;
  }
  const runs = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  const stops = event.key === "Escape" && view.active;
  if (runs || stops) {
    event.preventDefault();
    event.stopPropagation();
    attempt(runs ? start : cancel);
  }
}, true);

async function enter() {
  await history.refresh();
  const id = decodeURIComponent(location.hash.slice(1));
  if (id && id !== view.id) {
    await open(id);
  }
}

document.addEventListener("signed-in", () => {
  editor.focus();
  attempt(enter);
});
document.addEventListener("signed-out", ({ detail }) => {
  turnTo("", false);
  show("idle", null);
  history.clear();
  if (detail.byUser) {
    choices.forget();
  }
});

await attempt(async () => {
  await choices.load();
  buttons();
});
if (document.body.dataset.user) {
  await attempt(enter);
}
