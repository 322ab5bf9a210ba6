// The list of what was found: links, tags, what is chosen, the one that the keys act on.
import { button, element } from "/assets/console/markup.js";

export class List {
  #list = document.getElementById("list");
  #actions;
  #shown = [];
  #chosen = new Set();

  /** `actions`: edit(bookmark), chosen(ids), tag(name). */
  constructor(actions) {
    this.#actions = actions;
  }

  /** Shows a page, after those before it or instead of them. */
  show(bookmarks, more) {
    if (!more) {
      this.#shown = [];
      this.#list.replaceChildren();
      this.#chosen.clear();
      this.#actions.chosen([]);
    }
    for (const one of bookmarks) {
      this.#shown.push(one);
      this.#list.append(this.#item(one));
    }
  }

  /** Goes to the next one or the one before. */
  move(step) {
    const items = [...this.#list.children];
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next?.querySelector("a").focus();
  }

  /** Chooses the current one, or no more. */
  toggle() {
    this.#current()?.querySelector("input").click();
  }

  /** Edits the current one. */
  edit() {
    const item = this.#current();
    if (item) {
      this.#actions.edit(this.#shown[[...this.#list.children].indexOf(item)]);
    }
  }

  #current() {
    return [...this.#list.children].find((item) => item.contains(document.activeElement));
  }

  #item(one) {
    const box = element("input", "");
    box.type = "checkbox";
    box.ariaLabel = `Choose ${one.title || one.url}`;
    box.addEventListener("change", () => {
      box.checked ? this.#chosen.add(one.id) : this.#chosen.delete(one.id);
      this.#actions.chosen([...this.#chosen]);
    });
    return element(
      "li",
      one.unread ? "unread" : "",
      box,
      element(
        "div",
        "book",
        element("div", "title", link(one), element("span", "muted", host(one.url))),
        one.description ? element("p", "about", ...marked(one.description, one.highlights?.description)) : null,
        one.notes ? element("p", "about notes", ...marked(one.notes.slice(0, 300), one.highlights?.notes)) : null,
        element(
          "div",
          "tags",
          ...one.tags.map((name) => button(`#${name}`, "link tag", () => this.#actions.tag(name))),
          one.status === "archived" ? element("span", "pill", "archived") : null,
          one.visibility && one.visibility !== "private" ? element("span", "pill", "shared") : null,
          element("span", "muted", new Date(one.created_at).toLocaleDateString()),
        ),
      ),
      button("Edit", "quiet", () => this.#actions.edit(one)),
    );
  }
}

function link(one) {
  const text = marked(one.title || one.url, one.title ? one.highlights?.title : one.highlights?.url);
  // Only the web is followed: what was imported may be a script.
  if (!/^https?:\/\//i.test(one.url)) {
    return element("span", "", ...text);
  }
  const made = element("a", "", ...text);
  made.href = one.url;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function host(url) {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}

/** The text with the places that matched marked. */
function marked(text, ranges = []) {
  const parts = [];
  let at = 0;
  for (const { from, to } of ranges) {
    if (from >= at && to <= text.length) {
      parts.push(text.slice(at, from), element("mark", "", text.slice(from, to)));
      at = to;
    }
  }
  parts.push(text.slice(at));
  return parts;
}
