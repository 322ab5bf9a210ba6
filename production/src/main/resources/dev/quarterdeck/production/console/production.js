// The page of production state: tabs, the state of the snapshot, and what all views share.
import { api, showProblem } from "/assets/console/api.js";
import { Detail } from "./detail.js";
import { Matrix } from "./matrix.js";
import { Drift, Overlap } from "./reports.js";
import { Timeline } from "./timeline.js";

const byId = (id) => document.getElementById(id);
const detail = new Detail();
const views = {
  matrix: new Matrix(showSnapshot, (component, environments) => detail.open(component, environments)),
  timeline: new Timeline(showSnapshot),
  drift: new Drift(showSnapshot, (component, environments) => detail.open(component, environments)),
  overlap: new Overlap(showSnapshot, (component, environments) => detail.open(component, environments)),
};
const tabs = [...document.querySelectorAll("[role=tab]")];
let current = "matrix";

for (const tab of tabs) {
  tab.addEventListener("click", () => select(tab.id.slice(4)));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      next.focus();
      select(next.id.slice(4));
    }
  });
}

byId("reload").addEventListener("click", async () => {
  await guarded(async () => {
    await api("POST", "/api/v1/production/refresh");
    await views[current].show();
  });
});
document.addEventListener("signed-in", () => guarded(() => views[current].show()));
document.addEventListener("problem", ({ detail: problem }) => showProblem(byId("production-problem"), problem));
window.addEventListener("hashchange", fromAddress);

function fromAddress() {
  const wanted = location.hash.slice(1);
  select(views[wanted] ? wanted : "matrix");
}

function select(name) {
  current = name;
  for (const tab of tabs) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (location.hash.slice(1) !== name) {
    history.replaceState(null, "", `#${name}`);
  }
  if (document.body.dataset.user) {
    guarded(() => views[name].show());
  }
}

async function guarded(work) {
  showProblem(byId("production-problem"), null);
  try {
    await work();
  } catch (error) {
    byId("matrix-count").textContent = "";
    showProblem(byId("production-problem"), error);
  }
}

function showSnapshot(snapshot) {
  byId("repository").textContent = snapshot.repository || "Production state";
  const when = new Date(snapshot.as_of).toLocaleString();
  byId("as-of").textContent = `${snapshot.branch} at ${snapshot.commit.slice(0, 7)}, as of ${when}`;
  const lines = [...snapshot.warnings];
  for (const environment of snapshot.environments) {
    if (environment.error) {
      lines.push(`${environment.name}: ${environment.error}`);
    }
  }
  if (snapshot.pending_authors) {
    lines.push(`The last commit of ${snapshot.pending_authors} components is still being looked for.`);
  }
  showProblem(byId("production-warning"), lines.length ? { lines } : null);
}

fromAddress();
