// Changes many bookmarks at once: those chosen, or all that the search finds.
import { api, showProblem } from "/assets/console/api.js";

const byId = (id) => document.getElementById(id);
const POLL_MILLIS = 200;

export class Bulk {
  #ids = [];
  #all = false;
  #query;
  #done;

  /** `query()` is the search as it stands; `done()` is called after the change. */
  constructor(query, done) {
    this.#query = query;
    this.#done = done;
    byId("bulk-action").addEventListener("change", () => {
      byId("bulk-tags").hidden = !byId("bulk-action").value.endsWith("_tags");
    });
    byId("bulk-all").addEventListener("click", () => {
      this.#all = true;
      byId("count").textContent = "All that match are chosen.";
    });
    byId("bulk-run").addEventListener("click", () => this.#run());
  }

  /** Which ones are chosen now. */
  chosen(ids) {
    this.#ids = ids;
    this.#all = false;
    byId("bulk").hidden = !ids.length;
  }

  async #run() {
    const problem = byId("bookmarks-problem");
    showProblem(problem, null);
    try {
      const action = byId("bulk-action").value;
      const order = { action };
      if (action.endsWith("_tags")) {
        order.tags = byId("bulk-tags").value.split(",").map((tag) => tag.trim()).filter(Boolean);
      }
      if (this.#all) {
        order.query = this.#query();
        order.plan = (await api("POST", "/api/v1/bookmarks/bulk/plan", { json: order })).plan;
      } else {
        order.ids = this.#ids;
      }
      let job = await api("POST", "/api/v1/bookmarks/bulk", { json: order });
      while (!["completed", "failed", "cancelled"].includes(job.state)) {
        byId("count").textContent = `${job.done ?? 0} done…`;
        await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
        job = await api("GET", `/api/v1/bookmarks/bulk/${job.id}`);
      }
      await this.#done();
      if (job.error) {
        showProblem(problem, new Error(job.error));
      }
    } catch (error) {
      showProblem(problem, error);
    }
  }
}
