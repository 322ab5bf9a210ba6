// Drift of one environment, and components that several open branches change.
import { api } from "/assets/console/api.js";
import { element, query } from "/assets/console/markup.js";
import { commit, component, state } from "./parts.js";

const byId = (id) => document.getElementById(id);
const DIRECTIONS = {
  BACK_PROMOTE: "promote back: production is ahead",
  PROMOTE: "promote: the environment is ahead",
  DIVERGED: "merge: both have changed",
  UNKNOWN: "look: which side is ahead is not known",
};

export class Drift {
  #environment = byId("drift-environment");
  #snapshot;
  #open;

  constructor(showSnapshot, open) {
    this.#snapshot = showSnapshot;
    this.#open = open;
    this.#environment.addEventListener("change", () =>
      this.show().catch((problem) => document.dispatchEvent(new CustomEvent("problem", { detail: problem }))),
    );
  }

  /** Reads the drift of the chosen environment. */
  async show() {
    const { snapshot } = await api("GET", "/api/v1/production/snapshot");
    const chosen = this.#environment.value;
    this.#environment.replaceChildren(...snapshot.environments.map(({ name }) => new Option(name, name)));
    this.#environment.value = chosen || (snapshot.environments[0]?.name ?? "");
    const environment = this.#environment.value;
    byId("drift-exports").hidden = !environment;
    if (!environment) {
      this.#snapshot(snapshot);
      byId("drift-summary").textContent = "There is no environment beside production.";
      return;
    }
    const delta = query({ from: snapshot.branch, to: environment });
    byId("drift-package").href = `/api/v1/production/package.xml${delta}`;
    byId("drift-destructive").href = `/api/v1/production/destructiveChanges.xml${delta}`;
    const drift = await api("GET", `/api/v1/production/drift${query({ environment })}`);
    this.#snapshot(drift.snapshot);
    byId("drift-summary").textContent =
      `${drift.items.length} components are not the same, ${drift.back_promotions.length} to promote back, ` +
      `${drift.out_of_band.length} changes past the promotions; ` +
      `production ${drift.production_ahead} commits ahead, ${environment} ${drift.environment_ahead}.`;
    byId("drift-body").replaceChildren(
      ...drift.items.map((item) =>
        element(
          "tr",
          "",
          element("td", "", component(item.component, () => this.#open(item.component, [environment]))),
          element("td", "", state(item.state)),
          element("td", "", DIRECTIONS[item.direction] ?? item.direction),
          element("td", "", commit(item.production)),
          element("td", "", commit(item.there)),
        ),
      ),
    );
  }
}

export class Overlap {
  #snapshot;
  #open;

  constructor(showSnapshot, open) {
    this.#snapshot = showSnapshot;
    this.#open = open;
  }

  /** Reads what open branches have in common. */
  async show() {
    const overlap = await api("GET", "/api/v1/production/overlap");
    this.#snapshot(overlap.snapshot);
    byId("overlap-summary").textContent =
      `${overlap.items.length} components are changed by two or more of ${overlap.branches.length} open branches.` +
      (overlap.left.length ? ` Not looked at: ${overlap.left.join("; ")}` : "");
    byId("overlap-body").replaceChildren(
      ...overlap.items.map((item) =>
        element(
          "tr",
          "",
          element("td", "", component(item.component, () => this.#open(item.component, item.branches.map((one) => one.name)))),
          element("td", "", item.branches.map((one) => [one.name, ...one.stories].join(" ")).join(", ")),
        ),
      ),
    );
  }
}
