// The page: choose, write, run, stop, watch, look back.
import { api, randomKey, showProblem } from "/assets/console/api.js";
import { createEditor, splitArguments } from "./editor.js";
import { History } from "./history.js";
import { Output } from "./output.js";
import { Follower } from "./stream.js";
import { describe, figures, isActive, remarks, seconds, verdictOf } from "./verdict.js";

const byId = (id) => document.getElementById(id);
const [language, version, args, stdin] = ["language", "version", "arguments", "stdin"].map(byId);
const [run, stop, problem, remark] = ["run", "stop", "problem", "remark"].map(byId);
const DRAFT = "quarterdeck.draft";

const editor = createEditor(byId("editor"));
const output = new Output(byId("output"));
const history = new History((row) => attempt(() => open(row.execution_id)));
let runtimes = {};
let examples = {};
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
}

function say(text) {
  remark.textContent = text;
  remark.hidden = !text;
}

function buttons() {
  run.disabled = submitting || view.active || !language.value;
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

function follow(id, since) {
  const mine = view;
  const tick = () => (byId("wall-time").textContent = seconds(Math.max(0, Date.now() - since) / 1000));
  view.follower = new Follower(id, {
    status(name) {
      if (!view.stopping) {
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
  if (view !== mine) {
    return;
  }
  output.end();
  show(verdictOf(result), result);
  await history.refresh();
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
    follow(id, result.created_at ? Date.parse(result.created_at) : Date.now());
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
    const since = Date.now();
    const answer = await submit();
    turnTo(answer.execution_id, true);
    show("queued", null);
    follow(answer.execution_id, since);
  } catch (error) {
    show("not started", null);
    throw error;
  } finally {
    submitting = false;
    buttons();
  }
  await history.refresh();
  history.select(view.id);
}

/** Sends the program; after a broken connection once more with the same key, which cannot start it twice. */
async function submit() {
  const json = { script: editor.text, lang: language.value, lang_version: version.value };
  const list = splitArguments(args.value);
  if (list.length) {
    json.args = list;
  }
  if (stdin.value) {
    json.stdin = stdin.value;
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

// ---- Language, version, example, draft ----

function choose(name, wanted) {
  if (!runtimes[name]) {
    return;
  }
  language.value = name;
  version.replaceChildren(...runtimes[name].versions.map((one) => new Option(one, one)));
  if (wanted && runtimes[name].versions.includes(wanted)) {
    version.value = wanted;
  }
  byId("example").disabled = !examples[name];
  editor.language(name);
}

function pristine() {
  const text = editor.text;
  return !text.trim() || Object.values(examples).includes(text);
}

async function load() {
  const [limits, scripts] = await Promise.all([
    api("GET", "/api/v1/k8s-limits"),
    api("GET", "/api/v1/example-scripts"),
  ]);
  runtimes = Object.fromEntries(
    Object.entries(limits.supported_runtimes).filter(([, info]) => info.versions.length > 0),
  );
  examples = scripts.scripts;
  byId("limits").textContent =
    `Limits: ${limits.execution_timeout} s, ${limits.memory_limit} memory, ${limits.cpu_limit} CPU, no network`;
  const names = Object.keys(runtimes);
  if (!names.length) {
    throw new Error("No language can run on this host. The command `quarterdeck doctor` says what is missing.");
  }
  language.replaceChildren(...names.map((name) => new Option(name, name)));
  language.disabled = version.disabled = false;
  const draft = readDraft();
  const first = runtimes.python ? "python" : names[0];
  choose(runtimes[draft.language] ? draft.language : first, draft.version);
  editor.text = draft.text ?? examples[language.value] ?? "";
  args.value = draft.args ?? "";
  stdin.value = draft.stdin ?? "";
  editor.onChange(keepDraft);
  buttons();
}

function readDraft() {
  try {
    return JSON.parse(sessionStorage.getItem(DRAFT)) ?? {};
  } catch {
    return {};
  }
}

let draftTimer = 0;
function keepDraft() {
  clearTimeout(draftTimer);
  draftTimer = setTimeout(() => {
    const draft = { language: language.value, version: version.value, text: editor.text, args: args.value, stdin: stdin.value };
    try {
      sessionStorage.setItem(DRAFT, JSON.stringify(draft));
    } catch {
      sessionStorage.removeItem(DRAFT);
    }
  }, 300);
}

// ---- Wiring ----

language.addEventListener("change", () => {
  const replace = pristine();
  choose(language.value);
  if (replace) {
    editor.text = examples[language.value] ?? "";
  }
  keepDraft();
});
[version, args, stdin].forEach((field) => field.addEventListener("input", keepDraft));
byId("example").addEventListener("click", () => {
  editor.text = examples[language.value] ?? "";
  editor.focus();
});
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
    clearTimeout(draftTimer);
    sessionStorage.removeItem(DRAFT);
    editor.text = examples[language.value] ?? "";
    args.value = stdin.value = "";
  }
});

await attempt(load);
if (document.body.dataset.user) {
  await attempt(enter);
}
