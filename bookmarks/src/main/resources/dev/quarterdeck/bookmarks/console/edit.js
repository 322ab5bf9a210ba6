// Adds and edits one bookmark.
import { api, randomKey, showProblem } from "/assets/console/api.js";

const byId = (id) => document.getElementById(id);

export class Edit {
  #dialog = byId("edit");
  #form = byId("edit-form");
  #problem = byId("edit-problem");
  #bookmark = null;
  #shown = {};
  #key = "";
  #done;

  /** `done()` is called after a change. */
  constructor(done) {
    this.#done = done;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run(() => this.#save());
    });
    byId("edit-cancel").addEventListener("click", () => this.#dialog.close());
    byId("edit-trash").addEventListener("click", () => this.#run(() => api("DELETE", `/api/bookmarks/${this.#bookmark.id}`)));
  }

  /** Opens a bookmark; one without an id, or none, is a new one. */
  async open(found) {
    let bookmark = found;
    if (found?.id) {
      try {
        bookmark = await api("GET", `/api/v1/bookmarks/${found.id}`);
      } catch (error) {
        showProblem(byId("bookmarks-problem"), error);
        return;
      }
    }
    this.#bookmark = found?.id ? bookmark : null;
    this.#key = randomKey();
    const fields = this.#form.elements;
    fields.url.value = bookmark?.url ?? "";
    fields.title.value = bookmark?.title ?? "";
    fields.tags.value = (bookmark?.tags ?? []).map((tag) => tag.name).join(", ");
    fields.description.value = bookmark?.description ?? "";
    fields.notes.value = bookmark?.notes ?? "";
    fields.unread.checked = Boolean(bookmark?.unread);
    fields.shared.checked = bookmark?.visibility === "team";
    byId("edit-title").textContent = this.#bookmark ? "Edit bookmark" : "Add bookmark";
    byId("edit-trash").hidden = !this.#bookmark;
    this.#shown = this.#entered();
    showProblem(this.#problem, null);
    this.#dialog.showModal();
    fields.url.focus();
  }

  #entered() {
    const fields = this.#form.elements;
    return {
      url: fields.url.value.trim(),
      title: fields.title.value.trim(),
      tags: fields.tags.value.split(",").map((tag) => tag.trim()).filter(Boolean),
      description: fields.description.value.trim(),
      notes: fields.notes.value,
      unread: fields.unread.checked,
      visibility: fields.shared.checked ? "team" : "private",
    };
  }

  async #save() {
    const json = this.#entered();
    if (!this.#bookmark) {
      await api("POST", "/api/v1/bookmarks", { json, headers: { "Idempotency-Key": this.#key } });
      return;
    }
    const same = (name) => JSON.stringify(json[name]) === JSON.stringify(this.#shown[name]);
    const changed = Object.fromEntries(Object.entries(json).filter(([name]) => !same(name)));
    try {
      await this.#change(changed);
    } catch (error) {
      if (error.status !== 412 || !(await this.#onlyItsPageWasRead())) {
        throw error;
      }
      await this.#change(changed);
    }
  }

  // What somebody else changed meanwhile is not overwritten: the version must be the one shown.
  #change(json) {
    const headers = { "If-Match": `"${this.#bookmark.version}"` };
    return api("PATCH", `/api/v1/bookmarks/${this.#bookmark.id}`, { json, headers });
  }

  // Reading the page in the background makes a new version, but is no modification.
  async #onlyItsPageWasRead() {
    const before = this.#bookmark;
    this.#bookmark = await api("GET", `/api/v1/bookmarks/${before.id}`);
    return this.#bookmark.modified_at === before.modified_at;
  }

  async #run(work) {
    showProblem(this.#problem, null);
    try {
      await work();
      this.#dialog.close();
      await this.#done();
    } catch (error) {
      showProblem(this.#problem, error);
    }
  }
}
