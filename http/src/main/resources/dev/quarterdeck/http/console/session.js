// Login, registration and logout. Pages listen for the document events `signed-in` and `signed-out`.
import { api, showProblem } from "./api.js";

const byId = (id) => document.getElementById(id);
const form = byId("sign-in-form");
const problem = byId("sign-in-problem");
const reason = byId("sign-in-reason");
let registering = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const submit = byId("sign-in-submit");
  submit.disabled = true;
  showProblem(problem, null);
  try {
    const { username, password, email } = Object.fromEntries(new FormData(form));
    if (registering) {
      await api("POST", "/api/v1/auth/register", { json: { username, email, password } });
    }
    const login = await api("POST", "/api/v1/auth/login", {
      form: { grant_type: "password", username, password },
    });
    signedIn(login.username);
  } catch (error) {
    showProblem(problem, error);
    byId("password").select();
  } finally {
    submit.disabled = false;
  }
});

byId("switch").addEventListener("click", () => {
  setRegistering(!registering);
  byId("username").focus();
});

byId("log-out").addEventListener("click", async () => {
  showProblem(byId("shell-problem"), null);
  try {
    await api("POST", "/api/v1/auth/logout");
  } catch (error) {
    if (error.status !== 401) {
      showProblem(byId("shell-problem"), error);
      return;
    }
  }
  // Pages forget what the user wrote; the reload then clears whatever is still in memory.
  document.dispatchEvent(new CustomEvent("signed-out", { detail: { reason: "You are logged out.", byUser: true } }));
  location.reload();
});

document.addEventListener("signed-out", ({ detail }) => {
  document.body.dataset.user = "";
  show(false);
  setRegistering(false);
  reason.textContent = detail.reason;
  reason.hidden = false;
  byId("username").focus();
});

function signedIn(username) {
  document.body.dataset.user = username;
  byId("who").textContent = username;
  form.reset();
  reason.hidden = true;
  setRegistering(false);
  show(true);
  document.dispatchEvent(new CustomEvent("signed-in", { detail: { username } }));
}

function show(workspace) {
  byId("sign-in").hidden = workspace;
  byId("workspace").hidden = !workspace;
  byId("account").hidden = !workspace;
}

function setRegistering(value) {
  registering = value;
  showProblem(problem, null);
  byId("email-field").hidden = !value;
  byId("email").disabled = !value;
  byId("password").autocomplete = value ? "new-password" : "current-password";
  byId("sign-in-title").textContent = value ? "Create an account" : "Log in";
  byId("sign-in-submit").textContent = value ? "Create account" : "Log in";
  byId("switch-question").textContent = value ? "Have an account?" : "No account yet?";
  byId("switch").textContent = value ? "Log in" : "Create one";
}

if (!document.body.dataset.user) {
  byId("username").focus();
}
