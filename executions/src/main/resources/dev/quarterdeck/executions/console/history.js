// The list of the user's recent executions.
import { api } from "/assets/console/api.js";
import { describe, figures, verdictOf } from "./verdict.js";

const PAGE = 20;

export class History {
  #list = document.getElementById("history");
  #empty = document.getElementById("history-empty");
  #more = document.getElementById("more");
  #rows = [];
  #current = "";
  #open;
  #turn = 0;

  /** `open(row)` is called when the user chooses a row. */
  constructor(open) {
    this.#open = open;
  }

  /** Reads the newest executions again. */
  async refresh() {
    await this.#load(0, Math.min(200, Math.max(PAGE, this.#rows.length)));
  }

  /** Reads the next ones as well. */
  async more() {
    await this.#load(this.#rows.length, PAGE);
  }

  /** Puts an execution in, or brings the one that is there up to date. */
  put(row) {
    const at = this.#rows.findIndex((one) => one.execution_id === row.execution_id);
    if (at >= 0) {
      this.#rows[at] = { ...this.#rows[at], ...row };
      this.#list.children[at].replaceWith(this.#item(this.#rows[at]));
    } else {
      this.#rows.unshift(row);
      this.#list.prepend(this.#item(row));
      this.#empty.hidden = true;
    }
  }

  /** Marks the row of the execution that is shown. */
  select(id) {
    this.#current = id;
    for (const item of this.#list.children) {
      this.#mark(item.firstChild);
    }
  }

  clear() {
    this.#turn++;
    this.#rows = [];
    this.#current = "";
    this.#draw(false);
    this.#empty.hidden = true;
  }

  async #load(skip, limit) {
    const turn = ++this.#turn;
    const answer = await api("GET", `/api/v1/user/executions?limit=${limit}&skip=${skip}`);
    if (turn !== this.#turn) {
      return;
    }
    const known = new Set(answer.executions.map((one) => one.execution_id));
    const kept = this.#rows.slice(0, skip).filter((one) => !known.has(one.execution_id));
    this.#rows = [...kept, ...answer.executions];
    this.#draw(answer.has_more);
  }

  #draw(hasMore) {
    this.#list.replaceChildren(...this.#rows.map((row) => this.#item(row)));
    this.#empty.hidden = this.#rows.length > 0;
    this.#more.hidden = !hasMore;
  }

  #item(row) {
    const verdict = verdictOf(row);
    const [label, tone] = describe(verdict, row);
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.id = row.execution_id;
    button.append(
      cell("what", label, tone),
      cell("lang", `${row.lang} ${row.lang_version}`),
      cell("took", figures(row).wallTime),
      cell("when", when(row.created_at)),
    );
    if (row.created_at) {
      button.title = new Date(row.created_at).toLocaleString();
    }
    button.addEventListener("click", () => this.#open(row));
    this.#mark(button);
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  #mark(button) {
    if (button.dataset.id === this.#current) {
      button.setAttribute("aria-current", "true");
    } else {
      button.removeAttribute("aria-current");
    }
  }
}

function cell(name, text, tone) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  if (tone) {
    span.dataset.tone = tone;
  }
  return span;
}

function when(time) {
  if (!time) {
    return "";
  }
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  const clock = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return today ? clock : `${date.toLocaleDateString([], { day: "2-digit", month: "short" })} ${clock.slice(0, 5)}`;
}
