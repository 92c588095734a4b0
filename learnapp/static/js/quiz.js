// The quiz page: saves answers as they change, and shows what comes of a button in place of the question.
import { ABOUT, Autosave } from "./autosave.js";
import { readChoice } from "./choice.js";
import { Drafts } from "./drafts.js";
import { postForm } from "./post.js";
import { enhanceQuestions } from "./questions/all.js";
import { readRefusal, readSave } from "./replies.js";
import { browserStorage } from "./storage.js";
import { showLocalTimes, timeWords } from "./times.js";

const TYPING_MS = 700;

const quiz = () => document.querySelector("[data-quiz]");
const answerForm = () => document.querySelector("form[data-answer]");
// Not `form.action` and not `form.elements.item`: fields of these names hide the one, a function the other.
const field = (form, name) => form.querySelector(`input[name=${name}]`);
const isConversation = (form) => form.dataset.autosave === "off";

const { attempt, person, now } = quiz().dataset;
const drafts = new Drafts(browserStorage, person, attempt, Date.parse(now));
// On one's own device a check waits like any answer where there is no connection, and the quiz goes on.
const checksWait = () => drafts.kept && readChoice() !== null;
const autosave = new Autosave(drafts, { save, showState, showStored, showMissing, askWhichToKeep });

// ---- saving in the background

async function save(item, draft) {
  const token = document.querySelector("input[name=csrf_token]").value;
  if (!token) return { outcome: "offline" }; // a kept copy has one as soon as the site was reached
  const about = { csrf_token: token, seq: draft.seq, seen: draft.seen, action: draft.action };
  try {
    const { response, text } = await postForm(quiz().dataset.answers, [...draft.fields, ...Object.entries(about)], {
      headers: { Accept: "application/json" }, keepalive: true, redirect: "manual",
    });
    return readSave({ status: response.status, headers: response.headers, text }, item);
  } catch {
    return { outcome: "offline" };
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
  if (draft.action === "check") showUnsent(form, "waits");
  for (const pick of form.querySelectorAll(".pick")) pick.checked = false;
  for (const [name, value] of draft.fields) {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.matches(".pick")) input.checked ||= input.value === value;
      else if (!ABOUT.has(name)) input.value = value;
    }
  }
}

// ---- what the page says about it

function showState(state, { item, q, savedAt, words, closed }) {
  if (state !== "conflict") quiz().querySelector("[data-which-to-keep]").hidden = true;
  const status = document.querySelector("[data-save-status]");
  if (!status || state === "idle") return; // What the server wrote stands.
  const said = (name) => status.getAttribute(`data-${name}`).replace("{number}", q);
  const time = savedAt && timeWords(savedAt, "clock", document.documentElement.lang, quiz().dataset.zone);
  const isNamed = closed || state === "conflict";
  const isInFront = !item || item === field(answerForm(), "item").value;
  const waits = state === "offline" && checksWait();
  const isPlain = isNamed || waits || ["saving", "saved"].includes(state);
  const where = isPlain ? "" : said(drafts.kept ? "kept" : "unkept");
  const told = said(closed ? "closed" : waits ? "waits" : state);
  const what = told.replace("{time}", time ?? "").replace("{words}", words ?? "");
  status.dataset.state = waits ? "saving" : state;
  const about = isInFront || isNamed ? "" : said("other");
  status.querySelector("[data-words]").textContent = [about, what, where].join(" ").trim();
  const shown = waits ? "saving" : ["saved", "saving"].includes(state) ? state : "other";
  for (const icon of status.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== shown;
}

function showStored(item, reply) {
  for (const input of document.querySelectorAll("input[name=seq]")) input.value = reply.seq;
  const form = answerForm();
  // A check that waited has been made: its page shows what came of it.
  if (reply.closed && form && field(form, "item").value === item) return location.reload();
  if (form && field(form, "item").value === item) field(form, "seen").value = reply.saved_at ?? "";
}

// A check that waited found an answer that is not whole.
function showMissing(_item, { q }) {
  showUnsent(answerForm(), "lacks", q);
  quiz().querySelector("[data-unsent] [data-after=lacks]").href = `?q=${q}#question`;
}

function askWhichToKeep(item, draft) {
  const question = quiz().querySelector("[data-which-to-keep]");
  for (const part of question.querySelectorAll("[data-about]")) {
    part.textContent = part.dataset.about.replace("{number}", draft.q);
  }
  question.querySelector("[data-take-newer]").onclick = () => {
    autosave.takeNewer(item);
    location.assign(`?q=${draft.q}`);
  };
  question.querySelector("[data-keep-mine]").onclick = () => autosave.keepMine(item);
  question.hidden = false;
  question.focus();
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
    return keepUnsent(form, "offline", button?.value);
  }
  const { response, text } = answer;
  const { status, headers, url, redirected } = response;
  const page = new DOMParser().parseFromString(text, "text/html");
  const part = page.querySelector("[data-quiz]");
  const item = field(form, "item").value;
  if (part?.dataset.attempt === attempt && !redirected) {
    replaceQuiz(page, part, item, button?.value);
  } else if (response.ok && headers.has("X-Request-ID") && new URL(url).pathname === location.pathname) {
    drafts.delete(item); // The attempt was finished elsewhere: its result is shown.
    location.assign(url);
  } else {
    keepUnsent(form, readRefusal({ status, headers, url, redirected }, location.origin), button?.value);
  }
}

function replaceQuiz(page, part, item, action) {
  const before = quiz().dataset.q;
  quiz().replaceWith(part);
  for (const line of [".place", ".rail"]) {
    const now = page.querySelector(line);
    if (now) document.querySelector(line).replaceChildren(...now.childNodes);
  }
  // The address names the question, so that Back leads to it.
  if (part.dataset.q !== before) history.pushState(null, "", `?q=${part.dataset.q}`);
  if (part.dataset.title) document.title = part.dataset.title;
  showLocalTimes(part);
  enhanceQuestions(part);
  autosave.reset(item);
  // A question that has been checked is not to be answered again from its kept copy.
  if (!part.querySelector("form[data-answer]")) dropCopy(part.dataset.q);
  // The reader goes on where something new stands: the problem, the hint, the verdict or the next question.
  const news = part.querySelector(action === "hint" ? "#hint" : ".errors, [data-focus]");
  news?.focus({ preventScroll: true });
  if (action === "hint") return; // It opens in the row that is in view.
  const at = (one, block) => one?.scrollIntoView({ block, behavior: "instant" });
  if (action !== "flag") at(part.querySelector("#question"), "start");
  at(news, "nearest");
}

// Not sent: save the answer in the background as soon as that works; on one's own device it is checked then.
function keepUnsent(form, why, action) {
  const isDraft = form.matches("[data-answer]") && !isConversation(form);
  const isHere = why === "offline" && checksWait();
  const waits = isDraft && isHere && action === "check";
  const draft = isDraft ? { ...draftOf(form), ...(waits ? { action: "check" } : {}) } : null;
  autosave.fail(field(form, "item").value, draft, why);
  if (isHere && action === "later") return location.assign(quiz().querySelector("[data-after~=waits]").href);
  const isTalk = isHere && form.matches("[data-answer]") && isConversation(form);
  showUnsent(form, waits ? "waits" : isTalk ? "talk" : why);
  quiz().querySelector("[data-unsent]").focus();
}

// Say beside the button why nothing was sent, and what to do.
function showUnsent(form, why, q = "") {
  const isDraft = form?.matches("[data-answer]") && !isConversation(form);
  const note = quiz().querySelector("[data-unsent]");
  const where = isDraft && !["waits", "lacks"].includes(why) && (drafts.kept ? "kept" : "unkept");
  const said = [why, where].filter(Boolean).map((name) => note.getAttribute(`data-${name}`)).join(" ");
  note.querySelector("[data-words]").textContent = said.replace("{number}", q);
  for (const link of note.querySelectorAll("a")) link.hidden = !link.dataset.after.split(" ").includes(why);
  note.hidden = false;
}

function dropCopy(number) {
  const address = `${location.pathname}?q=${number}`;
  navigator.serviceWorker?.controller?.postMessage({ type: "drop", address });
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
const sendNow = () => autosave.state === "busy" || autosave.send(); // A busy site is asked when it said.
document.addEventListener("visibilitychange", () => document.hidden && sendNow());
addEventListener("online", sendNow);
addEventListener("pageshow", () => autosave.release());
addEventListener("beforeunload", (event) => {
  if (autosave.unsaved && !checksWait()) event.preventDefault();
});
restoreDraft();
enhanceQuestions(document);
autosave.resume();
