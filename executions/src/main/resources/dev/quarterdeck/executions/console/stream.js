// Follows one execution by server-sent events. EventSource reconnects and resumes by itself (Last-Event-ID).
import { isActive } from "./verdict.js";

const STARTS = new Set(["execution_started", "execution_running", "pod_running"]);

/** After one of these the server has little more to say: the rest of the output, the result, the end of the stream. */
const ENDS = new Set(["execution_completed", "execution_failed", "execution_timeout", "execution_cancelled", "result_failed"]);

/**
 * Follows an execution until it ends or `close()` is called. Calls, in order:
 * `status(name)`, `output(frame)`, `restarted(attempt)`, `connection(ok)`, and once `ended(result or null)`:
 * with null the result is still to be read from the API.
 */
export class Follower {
  #source;
  #handlers;
  #last = { attempt: 0, sequence: -1 };
  #open = true;
  #ending = false;
  #started = false;

  constructor(id, handlers) {
    this.#handlers = handlers;
    const source = new EventSource(`/api/v1/events/executions/${encodeURIComponent(id)}`);
    this.#source = source;
    source.addEventListener("open", () => this.#tell("connection", true));
    source.addEventListener("message", (event) => this.#lifecycle(read(event)));
    source.addEventListener("output", (event) => this.#output(read(event)));
    source.addEventListener("restarted", (event) => this.#restart(read(event)?.attempt));
    source.addEventListener("error", () => {
      if (this.#ending || source.readyState === EventSource.CLOSED) {
        this.#end(null);
      } else {
        this.#tell("connection", false);
      }
    });
  }

  /** Stops following; no handler is called any more. */
  close() {
    this.#open = false;
    this.#source.close();
  }

  #lifecycle(message) {
    if (!message) {
      return;
    }
    if (message.result) {
      this.#end(message.result);
    } else if (message.event_type === "restarted") {
      this.#restart(message.attempt);
    } else if (ENDS.has(message.event_type)) {
      this.#ending = true;
    } else if (message.status === "running") {
      this.#running();
    } else if (isActive(message.status)) {
      this.#tell("status", message.status);
    } else if (STARTS.has(message.event_type)) {
      this.#running();
    } else if (message.status) {
      this.#ending = true;
    }
  }

  #output(frame) {
    if (!frame) {
      return;
    }
    const { attempt = 1, sequence } = frame;
    if (attempt < this.#last.attempt) {
      return;
    }
    if (attempt > this.#last.attempt) {
      if (this.#last.attempt > 0) {
        this.#restart(attempt);
      }
      this.#last = { attempt, sequence: -1 };
    }
    if (sequence !== undefined && sequence <= this.#last.sequence) {
      return;
    }
    this.#last.sequence = sequence ?? this.#last.sequence;
    this.#running();
    this.#tell("output", frame);
  }

  /** Output, too, shows that it runs, should the event have gone by before this page listened. */
  #running() {
    if (!this.#started && !this.#ending) {
      this.#started = true;
      this.#tell("status", "running");
    }
  }

  #restart(attempt) {
    const next = attempt ?? this.#last.attempt + 1;
    if (next > this.#last.attempt) {
      this.#last = { attempt: next, sequence: -1 };
      this.#started = false;
      this.#tell("restarted", next);
    }
  }

  #end(result) {
    if (this.#open) {
      this.close();
      this.#handlers.ended(result);
    }
  }

  #tell(what, value) {
    if (this.#open) {
      this.#handlers[what](value);
    }
  }
}

function read(event) {
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}
