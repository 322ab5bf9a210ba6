// Import with a look before, progress and report; export; the bookmarklet.
import { api, showProblem } from "/assets/console/api.js";
import { button, element, query } from "/assets/console/markup.js";

const byId = (id) => document.getElementById(id);
const POLL_MILLIS = 250;
const ENDED = ["completed", "failed", "cancelled"];

export class Transfer {
  #dialog = byId("transfer-dialog");
  #done;
  #looked = null;

  /** `done()` is called after an import. */
  constructor(done) {
    this.#done = done;
    byId("transfer-close").addEventListener("click", () => this.#dialog.close());
    byId("import-look").addEventListener("click", () => this.#guarded(() => this.#import(true)));
    byId("import-run").addEventListener("click", () => this.#guarded(() => this.#import(false)));
    byId("import-file").addEventListener("change", () => {
      this.#looked = null;
    });
    byId("exports").replaceChildren(
      ...[["netscape", "HTML"], ["json", "JSON"], ["csv", "CSV"]].map(([format, label]) =>
        button(label, "", () => this.#guarded(() => this.#export(format))),
      ),
    );
    const target = `${location.origin}/bookmarks?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)`;
    byId("bookmarklet").href = `javascript:void(open('${target}))`;
  }

  open() {
    showProblem(byId("transfer-problem"), null);
    this.#dialog.showModal();
  }

  async #import(look) {
    const file = byId("import-file").files[0];
    if (!file) {
      throw new Error("Choose a file first.");
    }
    let job;
    if (!look && this.#looked) {
      job = await api("POST", `/api/v1/bookmarks/imports/${this.#looked}/run`);
    } else {
      const options = query({ folders: byId("import-folders").value, dry_run: look ? "true" : "" });
      job = await api("POST", `/api/v1/bookmarks/imports${options}`, { file });
    }
    job = await this.#follow(job, "imports", byId("import-state"));
    this.#looked = look ? job.id : null;
    byId("import-report").replaceChildren(...report(job.result));
    if (!look) {
      await this.#done();
    }
  }

  async #export(format) {
    let job = await api("POST", "/api/v1/bookmarks/exports", { json: { format } });
    job = await this.#follow(job, "exports", byId("export-state"));
    location.assign(`/api/v1/bookmarks/exports/${job.id}/file`);
  }

  async #follow(first, kind, line) {
    const bar = byId("import-progress");
    let job = first;
    while (!ENDED.includes(job.state)) {
      bar.hidden = kind !== "imports";
      if (job.total) {
        bar.max = job.total;
        bar.value = job.done;
      }
      line.textContent = `${job.state}: ${job.done.toLocaleString()}${job.total ? ` of ${job.total.toLocaleString()}` : ""}`;
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
      job = await api("GET", `/api/v1/bookmarks/${kind}/${job.id}`);
    }
    bar.hidden = true;
    line.textContent = `${job.state}, ${job.done.toLocaleString()} entries`;
    if (job.error) {
      throw new Error(job.error);
    }
    return job;
  }

  async #guarded(work) {
    showProblem(byId("transfer-problem"), null);
    try {
      await work();
    } catch (error) {
      showProblem(byId("transfer-problem"), error);
    }
  }
}

/** The numbers of a report, and its first problems. */
function report(result) {
  const rows = [];
  for (const [name, value] of Object.entries(result ?? {})) {
    if (typeof value === "number") {
      rows.push(element("div", "", element("dt", "", name.replaceAll("_", " ")), element("dd", "", value.toLocaleString())));
    }
  }
  return rows;
}
