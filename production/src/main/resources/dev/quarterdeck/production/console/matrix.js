// Components and environments: filters, rows by pages, what no type knows.
import { api } from "/assets/console/api.js";
import { element, query } from "/assets/console/markup.js";
import { commit, component, state } from "./parts.js";

const WAIT_MILLIS = 250;

export class Matrix {
  #form = document.getElementById("filters");
  #head = document.getElementById("matrix-head");
  #body = document.getElementById("matrix-body");
  #more = document.getElementById("matrix-more");
  #count = document.getElementById("matrix-count");
  #snapshot;
  #open;
  #cursor = "";
  #environments = [];
  #turn = 0;
  #timer = 0;

  constructor(showSnapshot, open) {
    this.#snapshot = showSnapshot;
    this.#open = open;
    this.#form.addEventListener("input", () => this.#later());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#later();
    });
    this.#more.addEventListener("click", () => this.#read(true).catch(tell));
  }

  /** Reads the first page with the filters as they are. */
  async show() {
    await this.#read(false);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(false).then(() => tell(null), tell), WAIT_MILLIS);
  }

  async #read(more) {
    const turn = ++this.#turn;
    const filters = Object.fromEntries(new FormData(this.#form));
    document.getElementById("export-csv").href = `/api/v1/production/matrix.csv${query(filters)}`;
    const page = await api("GET", `/api/v1/production/matrix${query({ ...filters, cursor: more ? this.#cursor : "" })}`);
    if (turn !== this.#turn) {
      return;
    }
    this.#snapshot(page.snapshot);
    if (!more) {
      this.#begin(page);
    }
    for (const row of page.rows) {
      this.#body.append(this.#row(row));
    }
    this.#cursor = page.cursor ?? "";
    this.#more.hidden = !this.#cursor;
    const shown = this.#body.children.length.toLocaleString();
    this.#count.textContent = page.total
      ? `${shown} of ${page.total.toLocaleString()} components`
      : "No component matches these filters.";
  }

  #begin(page) {
    this.#environments = page.environments;
    this.#body.replaceChildren();
    this.#head.replaceChildren(
      ...["Component", "In production", ...page.environments].map((name) => {
        const cell = element("th", "", name);
        cell.scope = "col";
        return cell;
      }),
    );
    this.#types(page.facets.types);
    this.#unknown(page.unknown);
  }

  #types(counts) {
    const select = this.#form.elements.type;
    const chosen = select.value;
    if (chosen && !counts[chosen]) {
      counts[chosen] = 0;
    }
    select.replaceChildren(
      new Option("all", ""),
      ...Object.entries(counts).map(([type, count]) => new Option(`${type} (${count})`, type)),
    );
    select.value = chosen;
  }

  #row(row) {
    const open = () => this.#open(row.component, this.#environments);
    return element(
      "tr",
      "",
      element("td", "", component(row.component, open)),
      element("td", "", row.in_production ? commit(row.last, row.pending) : element("span", "muted", "not there")),
      ...row.cells.map((cell) => {
        const td = element("td", "", state(cell.state));
        if (cell.last) {
          td.title = `${cell.changed_files} files differ\n${cell.last.author}: ${cell.last.message}`;
        }
        return td;
      }),
    );
  }

  #unknown(groups) {
    const box = document.getElementById("unknown");
    const total = groups.reduce((sum, group) => sum + group.count, 0);
    box.hidden = !total;
    box.querySelector("summary").textContent = `${total} files belong to no known type`;
    box.querySelector("ul").replaceChildren(
      ...groups.map((group) =>
        element("li", "", `${group.count} × ${group.folder || "/"} ${group.ending || "without ending"}, as `, element("code", "", group.example)),
      ),
    );
  }
}

function tell(problem) {
  document.dispatchEvent(new CustomEvent("problem", { detail: problem }));
}
