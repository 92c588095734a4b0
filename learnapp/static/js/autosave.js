// Keep every answer: send it as it changes, say "Saved" only when it is true, try again until it is.
// What could not be sent waits in this browser, for two days at most; signing out clears it.
const PREFIX = "learnapp.unsaved.";
const KEEP_MS = 48 * 3600 * 1000;
const TYPING_MS = 700;
const PATIENCE_MS = 4000;
const ABOUT = new Set(["csrf_token", "item", "seq", "seen", "turn", "certainty", "flagged", "action"]);

const SENT_ANYWAY = new Set(["csrf_token", "seq", "seen"]);

const quiz = () => document.querySelector("[data-quiz]");
const form = () => document.querySelector("form[data-answer]");
const named = (box, name) => box.querySelector(`input[name=${name}]`); // `elements.item` is a function
const mine = () => `${PREFIX}${quiz().dataset.attempt}.`;

const waiting = new Map(); // what is not saved yet, by question
let sent = []; // what was sent and may have been kept although no answer came
let sending = null;
let pause = ""; // "held": a button carries the answer; "asking": the learner must choose; "away": signed out
let failures = 0;
let timer = 0;

// ---- what waits in the browser

function remember(item, entry) {
  waiting.set(item, entry);
  try {
    localStorage.setItem(mine() + item, JSON.stringify(entry));
  } catch {
    // A full or forbidden storage: the answer is still in the page and is still sent.
  }
}

function forget(item) {
  waiting.delete(item);
  localStorage.removeItem(mine() + item);
}

function recall() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    let entry = null;
    try {
      entry = JSON.parse(localStorage.getItem(key));
    } catch {
      // Not ours any more.
    }
    if (!(Date.now() - entry?.at < KEEP_MS)) localStorage.removeItem(key);
    else if (key.startsWith(mine())) waiting.set(key.slice(mine().length), entry);
  }
}

function putBack() {
  const box = form();
  const entry = box && waiting.get(named(box, "item").value);
  if (!entry) return;
  for (const field of box.querySelectorAll(".pick")) field.checked = false;
  for (const [name, value] of entry.fields) {
    for (const field of box.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.matches(".pick")) field.checked ||= field.value === value;
      else if (!ABOUT.has(name)) field.value = value;
    }
  }
}

// ---- what is said

function say(state, time) {
  const status = document.querySelector("[data-save-status]");
  if (!status) return;
  const at = time && new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: quiz().dataset.zone || undefined,
  }).format(new Date(time));
  status.querySelector("[data-words]").textContent = (status.dataset[state] ?? "").replace("{time}", at ?? "");
  status.dataset.state = state;
  const sign = ["saved", "saving"].includes(state) ? state : "other";
  for (const icon of status.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== sign;
}

// ---- saving

// The part of a form that is the answer itself, written so that it can be compared with the server's.
const answer = (fields) => JSON.stringify(fields.filter(([name, value]) => !ABOUT.has(name) && value !== "").sort());

function keep(box) {
  const item = named(box, "item").value;
  // What was said in a conversation stands, so that only its flag is kept without a button.
  const left = box.dataset.autosave === "off" ? (name) => ["item", "flagged"].includes(name) : (name) => !SENT_ANYWAY.has(name);
  const fields = [...new FormData(box)].filter(([name]) => left(name));
  const { seq, seen } = waiting.get(item) ?? { seq: named(box, "seq").value, seen: named(box, "seen").value };
  const action = box.dataset.autosave === "off" ? "flag" : "save";
  remember(item, { fields, seq, seen, action, q: box.dataset.q, at: Date.now() });
}

function changed(event) {
  const box = event.target.closest("form[data-answer]");
  if (!box || (box.dataset.autosave === "off" && event.target.name !== "flagged")) return;
  const typing = event.target.matches("input:not(.pick)");
  if (typing !== (event.type === "input")) return; // One event a change: typing as it goes, choosing once.
  keep(box);
  if (!pause) say("saving");
  later(typing ? TYPING_MS : 0);
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(send, ms);
}

function send() {
  if (sending || pause || !waiting.size) return;
  clearTimeout(timer);
  const [item, entry] = waiting.entries().next().value;
  sending = attempt(item, entry).finally(() => {
    sending = null;
    if (!failures) later(0);
  });
}

async function attempt(item, entry) {
  const token = document.querySelector("input[name=csrf_token]").value;
  const body = new URLSearchParams([...entry.fields, ["seq", entry.seq], ["seen", entry.seen], ["action", entry.action]]);
  sent.push(answer(entry.fields));
  let reply;
  let said = null;
  try {
    reply = await fetch(quiz().dataset.answers, {
      method: "POST", body, keepalive: true, redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
    if (reply.headers.get("Content-Type")?.includes("json")) said = await reply.json();
  } catch {
    return again();
  }
  if (reply.ok && said) return kept(item, entry, said);
  if (reply.status === 409 && said) return newer(item, entry, said);
  if (reply.status === 429 || reply.status >= 500) return again(Number(reply.headers.get("Retry-After")));
  failures += 1;
  pause = "away"; // Signed out, or the page is too old: the answer waits here until it is opened again.
  say("away");
}

function again(seconds) {
  failures += 1;
  say("unsaved");
  later(1000 * (seconds || Math.min(30, 2 ** Math.min(failures, 5) / 2)));
}

// The page now knows of this save: whatever is sent next goes on from it.
function moveOn(item, said) {
  failures = 0;
  for (const input of document.querySelectorAll("input[name=seq]")) input.value = said.seq;
  for (const [name, entry] of waiting) remember(name, { ...entry, seq: said.seq });
  const box = form();
  if (box && named(box, "item").value === item) named(box, "seen").value = said.saved_at ?? "";
  if (waiting.has(item)) remember(item, { ...waiting.get(item), seen: said.saved_at ?? "" });
}

function kept(item, entry, said) {
  sent = [];
  if (answer(waiting.get(item)?.fields ?? []) === answer(entry.fields) && waiting.get(item)?.at === entry.at) forget(item);
  moveOn(item, said);
  if (waiting.size) say("saving");
  else say("saved", said.saved_at);
}

// Another window or device answered this question since. Ours was it where the reply to a save was lost.
function newer(item, entry, said) {
  const theirs = JSON.stringify(said.fields);
  const now = waiting.get(item) ?? entry;
  if (said.closed || theirs === answer(now.fields)) {
    forget(item);
    moveOn(item, said);
    return say("saved", said.saved_at);
  }
  if (sent.includes(theirs)) return moveOn(item, said);
  failures += 1;
  const box = document.querySelector("[data-stale]");
  if (!box) return forget(item);
  pause = "asking";
  say("conflict");
  box.hidden = false;
  box.querySelector("[data-take-newer]").onclick = () => {
    forget(item);
    location.assign(`?q=${entry.q}`);
  };
  box.querySelector("[data-keep-mine]").onclick = () => {
    pause = "";
    box.hidden = true;
    moveOn(item, said);
    say("saving");
    later(0);
  };
  box.focus();
}

// ---- buttons: they wait for a save that is on its way, so that the two never race

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("form[data-answer]")) return;
  clearTimeout(timer);
  pause = "held";
  if (!sending) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.race([sending, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  event.target.requestSubmit(event.submitter);
}, true);

document.addEventListener("htmx:afterSwap", (event) => {
  const item = event.detail.requestConfig?.parameters?.item;
  if (item) forget(item);
  sent = [];
  failures = 0;
  pause = "";
});

function unsent() {
  pause = "";
  const box = form();
  if (!box || box.dataset.autosave === "off") return;
  keep(box);
  again();
}
for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(kind, unsent);

document.addEventListener("input", changed);
document.addEventListener("change", changed);
addEventListener("online", () => later(0));
addEventListener("pageshow", () => { if (pause === "held") pause = ""; });
document.addEventListener("visibilitychange", () => document.hidden && send());
addEventListener("beforeunload", (event) => {
  if (waiting.size && failures && pause !== "held") event.preventDefault();
});

recall();
putBack();
if (waiting.size) {
  say("saving");
  later(0);
}
