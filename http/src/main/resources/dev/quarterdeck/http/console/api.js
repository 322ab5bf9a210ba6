// The HTTP API as the pages use it: JSON in and out, the CSRF header, and errors as the server words them.

/** An answer that is no success, or no answer (status 0). `lines` holds one message per problem. */
export class ApiError extends Error {
  constructor(status, lines, code) {
    super(lines.join("\n"));
    this.name = "ApiError";
    this.status = status;
    this.lines = lines;
    this.code = code;
  }
}

/**
 * Calls the API. `json`, `form` or `file` is the body. Returns the parsed answer.
 * A 401 outside the login itself also sends the document event `signed-out`.
 */
export async function api(method, path, { json, form, file, headers = {} } = {}) {
  const request = { method, credentials: "same-origin", headers: { Accept: "application/json", ...headers } };
  if (json !== undefined) {
    request.body = JSON.stringify(json);
    request.headers["Content-Type"] = "application/json";
  } else if (form !== undefined) {
    request.body = new URLSearchParams(form);
  } else if (file !== undefined) {
    request.body = file;
    request.headers["Content-Type"] = "application/octet-stream";
  }
  const csrf = cookie("csrf_token");
  if (method !== "GET" && csrf) {
    request.headers["X-CSRF-Token"] = csrf;
  }
  let response;
  try {
    response = await fetch(path, request);
  } catch (e) {
    throw new ApiError(0, [`The server does not answer (${e.message}). Check that it runs, then try again.`]);
  }
  const text = await response.text().catch(() => "");
  const body = parse(text);
  if (response.ok) {
    return body;
  }
  if (response.status === 401 && !path.startsWith("/api/v1/auth/login")) {
    const reason = "Your session has ended. Log in again to continue; your program is still here.";
    document.dispatchEvent(new CustomEvent("signed-out", { detail: { reason } }));
  }
  throw new ApiError(response.status, messages(response, body, text), body?.code);
}

/** Shows the messages of an error in an alert box, or hides the box when there is none. */
export function showProblem(box, error) {
  box.replaceChildren();
  box.hidden = !error;
  if (!error) {
    return;
  }
  const lines = error.lines ?? [String(error.message ?? error)];
  for (const line of lines) {
    const p = document.createElement("p");
    p.textContent = line;
    box.append(p);
  }
}

/** A key for the Idempotency-Key header; works without TLS, where randomUUID does not exist. */
export function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function messages(response, body, text) {
  const detail = body?.detail ?? body?.error;
  if (Array.isArray(detail)) {
    return detail.map((one) => {
      const place = (one.loc ?? []).filter((part, i) => i > 0 || part !== "body").join(".");
      return place ? `${place}: ${one.msg}` : String(one.msg);
    });
  }
  if (typeof detail === "string" && detail) {
    return [detail];
  }
  const about = body === undefined && text.length < 200 ? text.trim() : "";
  return [`The server answered ${response.status} ${response.statusText}. ${about}`.trim()];
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function cookie(name) {
  for (const part of document.cookie.split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) {
      return decodeURIComponent(value.join("="));
    }
  }
  return "";
}
