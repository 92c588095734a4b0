// The quiz page: saves answers as they change, and shows what comes of a button in place of the question.
import { ABOUT, Autosave, outcomeOf } from "./autosave.js";
import { Drafts } from "./drafts.js";
import { postForm } from "./post.js";

const TYPING_MS = 700;

const quiz = () => document.querySelector("[data-quiz]");
const answerForm = () => document.querySelector("form[data-answer]");
// Not `form.action` and not `form.elements.item`: fields of these names hide the one, a function the other.
const field = (form, name) => form.querySelector(`input[name=${name}]`);
const isConversation = (form) => form.dataset.autosave === "off";

function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null; // forbidden by the browser's settings
  }
}

const drafts = new Drafts(browserStorage(), quiz().dataset.attempt);
const autosave = new Autosave(drafts, { save, showState, showStored, askWhichToKeep });

// ---- saving in the background

async function save(item, draft) {
  const token = document.querySelector("input[name=csrf_token]").value;
  const about = { csrf_token: token, seq: draft.seq, seen: draft.seen, action: draft.action };
  try {
    const { response, text } = await postForm(quiz().dataset.answers, [...draft.fields, ...Object.entries(about)], {
      headers: { Accept: "application/json" }, keepalive: true, redirect: "manual",
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const reply = isJson ? JSON.parse(text) : null;
    const retryAfter = Number(response.headers.get("Retry-After"));
    return { outcome: outcomeOf(response.status, reply), reply, retryAfter };
  } catch {
    return { outcome: "failed" };
  }
}

// What was said in a conversation stands, so that without a button only its flag is saved.
function draftOf(form) {
  const before = drafts.get(field(form, "item").value);
  const isSaved = isConversation(form)
    ? (name) => ["item", "flagged"].includes(name)
    : (name) => !["csrf_token", "seq", "seen"].includes(name);
  return {
    fields: [...new FormData(form)].filter(([name]) => isSaved(name)),
    seq: before?.seq ?? field(form, "seq").value,
    seen: before?.seen ?? field(form, "seen").value,
    action: isConversation(form) ? "flag" : "save",
    q: form.dataset.q,
    at: Date.now(),
  };
}

function noteChange(event) {
  const form = event.target.closest("form[data-answer]");
  if (!form || (isConversation(form) && event.target.name !== "flagged")) return;
  const isTyped = event.target.matches("input:not(.pick)");
  if (isTyped !== (event.type === "input")) return; // One event a change: typing as it goes, choosing once.
  autosave.change(field(form, "item").value, draftOf(form), isTyped ? TYPING_MS : 0);
}

// An answer that was not saved at the last visit is put back into its fields.
function restoreDraft() {
  const form = answerForm();
  const draft = form && drafts.get(field(form, "item").value);
  if (!draft) return;
  for (const pick of form.querySelectorAll(".pick")) pick.checked = false;
  for (const [name, value] of draft.fields) {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.matches(".pick")) input.checked ||= input.value === value;
      else if (!ABOUT.has(name)) input.value = value;
    }
  }
}

// ---- what the page says about it

function showState(state, savedAt) {
  const question = document.querySelector("[data-which-to-keep]");
  if (question) question.hidden = state !== "conflict";
  const status = document.querySelector("[data-save-status]");
  if (!status || state === "idle") return; // What the server wrote stands.
  const time = savedAt && new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: quiz().dataset.zone || undefined,
  }).format(new Date(savedAt));
  status.dataset.state = state;
  status.querySelector("[data-words]").textContent = status.getAttribute(`data-${state}`).replace("{time}", time ?? "");
  const shown = ["saved", "saving"].includes(state) ? state : "other";
  for (const icon of status.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== shown;
}

function showStored(item, reply) {
  for (const input of document.querySelectorAll("input[name=seq]")) input.value = reply.seq;
  const form = answerForm();
  if (form && field(form, "item").value === item) field(form, "seen").value = reply.saved_at ?? "";
}

function askWhichToKeep(draft) {
  const question = document.querySelector("[data-which-to-keep]");
  if (!question) return false;
  question.hidden = false;
  question.querySelector("[data-take-newer]").onclick = () => {
    autosave.takeNewer();
    location.assign(`?q=${draft.q}`);
  };
  question.querySelector("[data-keep-mine]").onclick = () => autosave.keepMine();
  question.focus();
  return true;
}

// ---- buttons: the part of the page that comes back takes the place of the one that sent them

let submitting = false;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-in-place]")) return;
  event.preventDefault();
  if (submitting) return; // One press is one request.
  submitting = true;
  markBusy(true);
  await submitInPlace(form, event.submitter);
  markBusy(false);
  submitting = false;
});

async function submitInPlace(form, button) {
  await autosave.hold(); // A save on its way changes the numbers that the form sends.
  const fields = [...new FormData(form)];
  if (button?.name) fields.push([button.name, button.value]);
  let answer;
  try {
    answer = await postForm(form.getAttribute("action"), fields, { headers: { "X-Fragment": "attempt" } });
  } catch {
    return showUnsent(form, "offline");
  }
  const { response, text } = answer;
  const part = new DOMParser().parseFromString(text, "text/html").querySelector("[data-quiz]");
  const item = field(form, "item").value;
  if (part && !response.redirected) {
    replaceQuiz(part, item);
  } else if (response.ok && new URL(response.url).pathname === location.pathname) {
    drafts.delete(item); // The attempt was finished elsewhere: its result is shown.
    location.assign(response.url);
  } else {
    showUnsent(form, response.status < 500 ? "signed-out" : "offline");
  }
}

function replaceQuiz(part, item) {
  const before = quiz().dataset.q;
  quiz().replaceWith(part);
  // The address names the question, so that Back leads to it.
  if (part.dataset.q !== before) history.pushState(null, "", `?q=${part.dataset.q}`);
  autosave.reset(item);
  // The reader goes on where something new stands: the problem, the verdict or the next question.
  const news = part.querySelector(".errors, [data-focus]");
  news?.focus({ preventScroll: true });
  news?.scrollIntoView({ block: "nearest" });
}

// Not sent: say so beside the button, and save the answer in the background as soon as that works.
function showUnsent(form, why) {
  const isDraft = form.matches("[data-answer]") && !isConversation(form);
  autosave.fail(field(form, "item").value, isDraft ? draftOf(form) : null);
  const note = quiz().querySelector("[data-unsent]");
  note.querySelector("[data-words]").textContent = note.getAttribute(`data-${why}`);
  note.querySelector("a").hidden = why === "offline";
  note.hidden = false;
  note.focus();
}

function markBusy(busy) {
  for (const button of document.querySelectorAll("form[data-in-place] button")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

// ---- start

const addressed = () => new URLSearchParams(location.search).get("q");
if (!addressed()) history.replaceState(null, "", `?q=${quiz().dataset.q}`);
addEventListener("popstate", () => {
  if (addressed() !== quiz().dataset.q) location.reload();
});
document.addEventListener("input", noteChange);
document.addEventListener("change", noteChange);
document.addEventListener("visibilitychange", () => document.hidden && autosave.send());
addEventListener("online", () => autosave.send());
addEventListener("pageshow", () => autosave.release());
addEventListener("beforeunload", (event) => {
  if (autosave.unsaved) event.preventDefault();
});
restoreDraft();
autosave.resume();
