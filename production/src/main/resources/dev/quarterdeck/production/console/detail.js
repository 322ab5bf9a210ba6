// One component: its history in production, and its lines beside those of an environment.
import { api, showProblem } from "/assets/console/api.js";
import { element, query } from "/assets/console/markup.js";

const byId = (id) => document.getElementById(id);

export class Detail {
  #dialog = byId("detail");
  #environment = byId("detail-environment");
  #component = { type: "", name: "" };
  #turn = 0;

  constructor() {
    byId("detail-close").addEventListener("click", () => this.#dialog.close());
    this.#environment.addEventListener("change", () => this.#lines());
  }

  /** Opens a component; the first environment is compared at once. */
  async open(component, environments) {
    this.#component = component;
    byId("detail-title").textContent = `${component.type} ${component.name}`;
    this.#environment.replaceChildren(...environments.map((name) => new Option(name, name)));
    byId("detail-history").replaceChildren(element("li", "muted", "Reading…"));
    byId("detail-diff").replaceChildren();
    showProblem(byId("detail-problem"), null);
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    await Promise.all([this.#history(), this.#lines()]);
  }

  async #history() {
    const list = byId("detail-history");
    try {
      const history = await api("GET", `/api/v1/production/history${query(this.#component)}`);
      const entries = history.commits.map((one) =>
        element(
          "li",
          "",
          element("code", "", one.hash.slice(0, 7)),
          element("span", "muted", new Date(one.date).toLocaleString()),
          element("span", "", one.author),
          element("span", "message", one.message.split("\n")[0]),
        ),
      );
      list.replaceChildren(...(entries.length ? entries : [element("li", "muted", "Production does not have it.")]));
    } catch (error) {
      list.replaceChildren();
      showProblem(byId("detail-problem"), error);
    }
  }

  async #lines() {
    const turn = ++this.#turn;
    const box = byId("detail-diff");
    if (!this.#environment.value) {
      box.replaceChildren(element("p", "muted", "There is no environment to compare with."));
      return;
    }
    try {
      const diff = await api("GET", `/api/v1/production/diff${query({ ...this.#component, to: this.#environment.value })}`);
      if (turn === this.#turn) {
        box.replaceChildren(...this.#files(diff));
      }
    } catch (error) {
      box.replaceChildren();
      showProblem(byId("detail-problem"), error);
    }
  }

  #files(diff) {
    const changed = diff.files.filter((file) => file.status !== "SAME");
    if (!changed.length) {
      return [element("p", "muted", diff.found ? "All files are the same." : "Neither side has it.")];
    }
    return changed.map((file) => {
      const head = element(
        "summary",
        "",
        element("code", "", file.path),
        element("span", "added", ` +${file.lines_added}`),
        element("span", "removed", ` −${file.lines_removed}`),
      );
      const body = file.note ? element("p", "muted", file.note) : sideBySide(file.lines);
      const details = element("details", "file", head, body);
      details.open = true;
      return details;
    });
  }
}

function sideBySide(lines) {
  const table = element("table", "sides");
  for (const line of lines) {
    const row = element("tr", "");
    row.dataset.kind = line.kind.toLowerCase();
    if (line.kind === "GAP") {
      const cell = element("td", "", "⋯");
      cell.colSpan = 4;
      row.append(cell);
    } else {
      row.append(
        element("td", "number", line.old_number || ""),
        element("td", "old", line.old_text),
        element("td", "number", line.new_number || ""),
        element("td", "new", line.new_text),
      );
    }
    table.append(row);
  }
  return table;
}
