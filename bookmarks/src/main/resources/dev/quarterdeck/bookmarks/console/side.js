// The side bar: views, collections, and the tags and sites of what was found.
import { api } from "/assets/console/api.js";
import { button, element } from "/assets/console/markup.js";

const byId = (id) => document.getElementById(id);
const VIEWS = [
  { name: "search", label: "Bookmarks", status: "active" },
  { name: "search", label: "To be read", status: "active", query: "!unread" },
  { name: "search", label: "Without tags", status: "active", query: "!untagged" },
  { name: "search", label: "Archive", status: "archived" },
  { name: "trash", label: "Trash" },
];

export class Side {
  #actions;

  /** `actions`: view(source), find(query). */
  constructor(actions) {
    this.#actions = actions;
    byId("views").replaceChildren(...VIEWS.map((view) => item(view.label, null, () => actions.view(view), view)));
  }

  /** Reads the collections. */
  async load() {
    const { collections } = await api("GET", "/api/collections");
    byId("collections").replaceChildren(
      ...collections.map((one) => {
        const smart = one.type === "smart";
        const source = smart
          ? { name: "search", status: "active", query: one.filter_rule, id: one.id }
          : { name: "collection", id: one.id };
        return item((one.is_pinned ? "★ " : "") + one.name, one.size, () => this.#actions.view(source), source);
      }),
    );
  }

  /** Keeps a search as a smart collection. */
  async keep(text) {
    const field = byId("collection-name");
    await api("POST", "/api/collections", { json: { name: field.value, type: "smart", filter_rule: text } });
    field.value = "";
    await this.load();
  }

  /** Shows which tags and sites the found ones have. */
  facets(facets) {
    byId("tags").replaceChildren(
      ...facets.tags.map((tag) => item(tag.name, tag.count, () => this.#actions.find(`#${/^[\p{L}\p{N}_/-]+$/u.test(tag.name) ? tag.name : `"${tag.name}"`}`))),
    );
    byId("sites").replaceChildren(
      ...facets.sites.map((one) => item(one.site, one.count, () => this.#actions.find(`site:${one.site}`))),
    );
    byId("known-tags").replaceChildren(...facets.tags.map((tag) => new Option(tag.name)));
  }

  /** Marks the view that is shown. */
  mark(source) {
    for (const link of document.querySelectorAll(".side button[data-view]")) {
      link.ariaCurrent = link.dataset.view === JSON.stringify(source) ? "true" : "false";
    }
  }
}

function item(text, count, action, view) {
  const link = button(text, "link", action);
  if (view) {
    link.dataset.view = JSON.stringify(view);
  }
  return element("li", "", link, count === null || count === undefined ? null : element("span", "muted", count.toLocaleString()));
}
