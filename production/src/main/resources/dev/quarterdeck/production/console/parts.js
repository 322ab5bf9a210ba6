// Pieces of markup that several views use.
import { element } from "/assets/console/markup.js";

const STATES = {
  SAME: ["same", "same"],
  DIFFERENT: ["different", "different"],
  ONLY_HERE: ["only", "only there"],
  MISSING: ["missing", "missing"],
  UNKNOWN: ["unknown", "unknown"],
};

/** How a component stands, as a coloured word. */
export function state(name) {
  const [tone, word] = STATES[name] ?? ["unknown", name.toLowerCase()];
  const pill = element("span", "pill", word);
  pill.dataset.tone = tone;
  return pill;
}

/** A commit: short id, who, when; the whole message as a tip. */
export function commit(one, pending = false) {
  if (!one) {
    return element("span", "muted", pending ? "being looked for…" : "–");
  }
  const cell = element(
    "span",
    "commit",
    element("code", "", one.hash.slice(0, 7)),
    " ",
    element("span", "", one.author),
    " ",
    element("span", "muted", new Date(one.date).toLocaleDateString()),
  );
  cell.title = `${one.hash}\n${one.message}`;
  return cell;
}

/** The button that opens a component. */
export function component(id, open) {
  const button = element("button", "link component", id.name);
  button.type = "button";
  button.addEventListener("click", open);
  return element("span", "", element("span", "type", id.type), button);
}
