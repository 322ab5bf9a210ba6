// What to run and with what: language, version, example, arguments, input. A draft of all of it, with the
// program, lives in this tab only, so that a reload or a new login loses nothing.
import { api } from "/assets/console/api.js";

const DRAFT = "quarterdeck.draft";
const DRAFT_DELAY_MS = 300;

export class Choices {
  #editor;
  #runtimes = {};
  #examples = {};
  #timer = 0;
  #language = document.getElementById("language");
  #version = document.getElementById("version");
  #example = document.getElementById("example");
  #arguments = document.getElementById("arguments");
  #stdin = document.getElementById("stdin");

  constructor(editor) {
    this.#editor = editor;
    this.#language.addEventListener("change", () => {
      const replace = this.#pristine();
      this.#choose(this.#language.value);
      if (replace) {
        this.#showExample();
      }
      this.#keep();
    });
    this.#example.addEventListener("click", () => {
      this.#showExample();
      editor.focus();
    });
    for (const field of [this.#version, this.#arguments, this.#stdin]) {
      field.addEventListener("input", () => this.#keep());
    }
    addEventListener("pagehide", () => this.#timer && this.#write());
  }

  /** Whether there is a language to run something in. */
  get ready() {
    return !this.#language.disabled;
  }

  get language() {
    return this.#language.value;
  }

  get version() {
    return this.#version.value;
  }

  /** Reads what this host offers, and brings the draft back. Throws when no language can run. */
  async load() {
    const [limits, examples] = await Promise.all([
      api("GET", "/api/v1/k8s-limits"),
      api("GET", "/api/v1/example-scripts"),
    ]);
    const usable = Object.entries(limits.supported_runtimes).filter(([, info]) => info.versions.length > 0);
    this.#runtimes = Object.fromEntries(usable);
    this.#examples = examples.scripts;
    document.getElementById("limits").textContent =
      `Limits: ${limits.execution_timeout} s, ${limits.memory_limit} memory, ${limits.cpu_limit} CPU`;
    if (!usable.length) {
      throw new Error("No language can run on this host. The command `quarterdeck doctor` says what is missing.");
    }
    const names = usable.map(([name]) => name);
    this.#language.replaceChildren(...names.map((name) => new Option(name, name)));
    this.#language.disabled = this.#version.disabled = false;
    const draft = readDraft();
    const first = this.#runtimes.python ? "python" : names[0];
    this.#choose(this.#runtimes[draft.language] ? draft.language : first, draft.version);
    this.#editor.text = draft.text ?? this.#examples[this.language] ?? "";
    this.#arguments.value = draft.arguments ?? "";
    this.#stdin.value = draft.stdin ?? "";
    this.#editor.onChange(() => this.#keep());
  }

  /** Forgets what the user wrote, for the next one at this browser. */
  forget() {
    this.#editor.text = this.#arguments.value = this.#stdin.value = "";
    clearTimeout(this.#timer);
    this.#timer = 0;
    sessionStorage.removeItem(DRAFT);
  }

  #choose(name, wanted) {
    const { versions } = this.#runtimes[name];
    this.#language.value = name;
    this.#version.replaceChildren(...versions.map((one) => new Option(one, one)));
    if (versions.includes(wanted)) {
      this.#version.value = wanted;
    }
    this.#example.disabled = !this.#examples[name];
    this.#editor.language(name);
  }

  #showExample() {
    this.#editor.text = this.#examples[this.language] ?? "";
  }

  /** Whether the editor holds nothing that somebody wrote. */
  #pristine() {
    const text = this.#editor.text;
    return !text.trim() || Object.values(this.#examples).includes(text);
  }

  #keep() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), DRAFT_DELAY_MS);
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const draft = {
      language: this.language,
      version: this.version,
      text: this.#editor.text,
      arguments: this.#arguments.value,
      stdin: this.#stdin.value,
    };
    try {
      sessionStorage.setItem(DRAFT, JSON.stringify(draft));
    } catch {
      sessionStorage.removeItem(DRAFT);
    }
  }
}

function readDraft() {
  try {
    return JSON.parse(sessionStorage.getItem(DRAFT)) ?? {};
  } catch {
    return {};
  }
}
