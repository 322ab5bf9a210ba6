// The page of bookmarks: search as you type, side bar, list, keys.
import { api, showProblem } from "/assets/console/api.js";
import { query } from "/assets/console/markup.js";
import { Bulk } from "./bulk.js";
import { Edit } from "./edit.js";
import { List } from "./list.js";
import { Side } from "./side.js";
import { Transfer } from "./transfer.js";

const byId = (id) => document.getElementById(id);
const WAIT_MILLIS = 150;
const PAGE = 50;
const form = byId("search");
let cursor = "";
let turn = 0;
let timer = 0;
let source = { name: "search", status: "active" };

const edit = new Edit(() => search());
const bulk = new Bulk(() => form.elements.q.value, () => search());
const list = new List({ edit: (one) => edit.open(one), chosen: (ids) => bulk.chosen(ids), tag: (name) => find(`#${quoted(name)}`) });
const side = new Side({ view: (next) => show(next), find });
const transfer = new Transfer(() => search());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search();
});
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, WAIT_MILLIS);
});
byId("add").addEventListener("click", () => edit.open(null));
byId("transfer").addEventListener("click", () => transfer.open());
byId("more-bookmarks").addEventListener("click", () => guarded(() => read(true)));
byId("new-collection").addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(() => side.keep(form.elements.q.value));
});
document.addEventListener("signed-in", () => begin());
document.addEventListener("keydown", keys);

function keys(event) {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const action = {
    "/": () => form.elements.q.focus(),
    a: () => edit.open(null),
    j: () => list.move(1),
    k: () => list.move(-1),
    x: () => list.toggle(),
    e: () => list.edit(),
  }[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
}

/** Puts a query into the field and runs it. */
function find(text) {
  form.elements.q.value = text;
  source = { name: "search", status: "active" };
  search();
}

function show(next) {
  source = next;
  form.elements.q.value = next.query ?? "";
  search();
}

function search() {
  return guarded(() => read(false));
}

async function read(more) {
  const mine = ++turn;
  const page = await pageOf(more ? cursor : "");
  if (mine !== turn) {
    return;
  }
  cursor = page.next_cursor ?? "";
  byId("more-bookmarks").hidden = !cursor;
  list.show(page.bookmarks, more);
  byId("count").textContent = page.total
    ? `${page.total.toLocaleString()}${page.total_exact === false ? " or more" : ""} found`
    : nothing();
  if (page.facets) {
    side.facets(page.facets);
  }
  side.mark(source);
}

function nothing() {
  const everything = source.name === "search" && source.status === "active" && !form.elements.q.value.trim();
  return everything ? "Nothing found yet: add a bookmark, or import those of a browser." : "Nothing found.";
}

async function pageOf(from) {
  if (source.name === "trash") {
    const page = await api("GET", `/api/bookmarks${query({ status: "trashed", per_page: "25", page: from || "1" })}`);
    const number = Number(from || 1);
    const next = number * 25 < page.total ? String(number + 1) : null;
    return { bookmarks: page.bookmarks.map((one) => ({ ...one, tags: [], highlights: {} })), total: page.total, next_cursor: next };
  }
  if (source.name === "collection") {
    const collection = await api("GET", `/api/collections/${source.id}`);
    const found = await Promise.all(collection.bookmark_ids.slice(0, PAGE).map((id) => api("GET", `/api/bookmarks/${id}`).catch(() => null)));
    return { bookmarks: found.filter(Boolean).map((one) => ({ ...one, tags: [], highlights: {} })), total: collection.size, next_cursor: null };
  }
  const { q, order } = Object.fromEntries(new FormData(form));
  return api(
    "GET",
    `/api/v1/bookmarks/search${query({ q, order, status: source.status, cursor: from, limit: String(PAGE), facets: from ? "" : "true" })}`,
  );
}

async function guarded(work) {
  showProblem(byId("bookmarks-problem"), null);
  try {
    await work();
  } catch (error) {
    showProblem(byId("bookmarks-problem"), error);
  }
}

function quoted(name) {
  return /^[\p{L}\p{N}_/-]+$/u.test(name) ? name : `"${name.replaceAll('"', "")}"`;
}

async function begin() {
  const wanted = new URLSearchParams(location.search);
  form.elements.q.value = wanted.get("q") ?? "";
  await guarded(() => side.load());
  await search();
  if (wanted.get("url")) {
    edit.open({ url: wanted.get("url"), title: wanted.get("title") ?? "" });
  }
}

if (document.body.dataset.user) {
  begin();
}
