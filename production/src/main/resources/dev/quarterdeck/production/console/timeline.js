// What was deployed where and when: a picture with one line per environment, and the list below.
import { api } from "/assets/console/api.js";
import { element } from "/assets/console/markup.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const LEFT = 150;
const ROW = 34;
const FOOT = 26;
const WORDS = {
  PROMOTION: "deployed",
  VALIDATION: "validated only",
  STORY: "story merged",
  BACK_PROMOTION: "promoted back",
  MERGE: "merged",
  SNAPSHOT: "snapshot of the org",
  BACKUP: "backup of the org",
  STORY_COMMIT: "story committed",
  DIRECT: "committed directly",
};

export class Timeline {
  #snapshot;

  constructor(showSnapshot) {
    this.#snapshot = showSnapshot;
  }

  /** Reads the newest deployments and draws them. */
  async show() {
    const log = await api("GET", "/api/v1/production/deployments?limit=200");
    this.#snapshot(log.snapshot);
    const rows = [...new Set([log.snapshot.branch, ...log.entries.map((one) => one.environment)])];
    document.getElementById("timeline-summary").textContent =
      `${log.entries.length} steps in ${rows.length} environments` + (log.complete ? "" : ", the newest ones") + ".";
    document.getElementById("timeline-picture").replaceChildren(picture(log.entries, rows));
    document.getElementById("timeline-list").replaceChildren(...log.entries.slice(0, 200).map(entry));
  }
}

function entry(one) {
  const item = element(
    "li",
    "",
    element("code", "", one.commit.hash.slice(0, 7)),
    element("span", "muted", new Date(one.commit.date).toLocaleString()),
    element("strong", "", one.environment),
    kind(one.kind),
    element("span", "message", [one.promotion, one.source, ...one.stories].filter(Boolean).join(" · ") || one.commit.message.split("\n")[0]),
    element("span", "muted", one.commit.author),
  );
  item.title = one.commit.message;
  return item;
}

function kind(name) {
  const pill = element("span", "pill", WORDS[name] ?? name.toLowerCase());
  pill.dataset.kind = name.toLowerCase();
  return pill;
}

/** One line per environment, one dot per step, the newest on the right. */
function picture(entries, rows) {
  const height = rows.length * ROW + FOOT;
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": "Deployments over time" });
  const times = entries.map((one) => Date.parse(one.commit.date));
  const first = Math.min(...times);
  const last = Math.max(...times);
  const x = (time) => LEFT + 12 + (last === first ? 1 : (time - first) / (last - first)) * (WIDTH - LEFT - 30);
  rows.forEach((name, index) => {
    const y = index * ROW + ROW / 2;
    svg.append(label(name, LEFT - 8, y + 4, "end"), shape("line", { x1: LEFT, x2: WIDTH - 8, y1: y, y2: y, class: "axis" }));
  });
  for (const one of entries) {
    const dot = shape("circle", {
      cx: x(Date.parse(one.commit.date)),
      cy: rows.indexOf(one.environment) * ROW + ROW / 2,
      r: 5,
      class: "dot",
      "data-kind": one.kind.toLowerCase(),
    });
    const tip = shape("title", {});
    tip.textContent = `${new Date(one.commit.date).toLocaleString()}\n${one.environment}: ${WORDS[one.kind] ?? one.kind}\n${one.commit.message}`;
    dot.append(tip);
    svg.append(dot);
  }
  if (entries.length) {
    svg.append(
      label(new Date(first).toLocaleDateString(), LEFT, height - 8, "start"),
      label(new Date(last).toLocaleDateString(), WIDTH - 8, height - 8, "end"),
    );
  }
  return svg;
}

function label(text, x, y, anchor) {
  const made = shape("text", { x, y, "text-anchor": anchor });
  made.textContent = text.length > 22 ? `${text.slice(0, 21)}…` : text;
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  return made;
}
