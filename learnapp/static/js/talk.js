// A practice conversation without a network: the parts of its page are put together as its ordinary page has them, and
// what is done is kept in the browser and sent when that works.
import { freshRun, keepMine, noteTold, runsOf, sendPractice, takeOther } from "./send-practice.js";
import { browserStorage, Storage } from "./storage.js";
import { keepSending, sayState } from "./syncing.js";
import { isSame, isTold } from "./waiting.js";

const box = document.querySelector("[data-talk]");
const find = (...names) => box.querySelector(names.join(""));
const status = find("[data-sending]");
const question = find("[data-which]");
const exchange = find("[data-exchange]");
const earlier = find("[data-earlier]");
const note = find("#note");
const { talk: slug, first, now } = box.dataset;
const { person } = document.body.dataset;

// Where the browser keeps nothing, what is done is kept as long as the page is open.
const PROBE = "learnapp.probe";
const isKept = browserStorage.set(PROBE, "");
browserStorage.remove(PROBE);
const memory = Object.create({
  getItem(name) { return this[name] ?? null; },
  setItem(name, text) { this[name] = text; },
  removeItem(name) { delete this[name]; },
});
const storage = isKept ? browserStorage : new Storage(() => memory);
const runs = runsOf(storage, person);

const split = (text) => text.split(" ").filter(Boolean);
// What the server is known to have, and what is shown.
const base = {
  before: split(box.dataset.before),
  anticipated: { words: box.dataset.anticipated, seen: box.dataset.anticipatedSeen },
  note: { words: box.dataset.note, seen: box.dataset.noteSeen },
};
let run = {
  begun: box.dataset.begun !== "", path: split(box.dataset.path),
  anticipated: base.anticipated.words, note: base.note.words,
};

// ---- the way so far

const part = (kind, name) => find(`template[data-${kind}="${CSS.escape(name)}"]`);

// Return pairs of turn and reply along a path, as far as they fit, and the turn that waits for a reply after them.
function stepsOf(path) {
  const steps = [];
  let turn = first;
  for (const reply of path) {
    const given = part("given", `${turn} ${reply}`);
    if (!given) break;
    steps.push(`${turn} ${reply}`);
    turn = given.dataset.next;
  }
  return { steps, waiting: part("visitor", turn) ? turn : "" };
}

function show() {
  const { steps, waiting } = stepsOf(run.path);
  const stage = !run.begun ? "before" : waiting ? "talk" : "back";
  showStage(stage);
  for (const one of box.querySelectorAll("details [data-anticipated], #back [data-anticipated]")) {
    one.hidden = run.anticipated === "";
    if (one.matches(".thinking")) one.textContent = run.anticipated;
  }
  const folded = waiting ? [] : steps.slice(0, -1);
  earlier.hidden = folded.length === 0;
  earlier.querySelector("ol").replaceChildren(...folded.flatMap(exchanged));
  exchange.replaceChildren(...steps.slice(folded.length).flatMap(exchanged));
  if (waiting && run.begun) exchange.append(...copyOf("visitor", waiting));
  markNow(steps, waiting);
  find("details").open = steps.length === 0;
  find("[data-replies]").replaceChildren(...(waiting ? copyOf("replies-to", waiting) : []));
  find("[data-back]").hidden = !run.begun || steps.length === 0;
  find("[data-back] [value=all]").hidden = steps.length < 2;
  const beside = steps.filter((step) => part("beside", step));
  find("[data-better]").replaceChildren(...beside.flatMap((step) => copyOf("beside", step)));
  find("[data-all-works]").hidden = beside.length > 0;
  showNote();
}

function showStage(stage) {
  for (const one of box.querySelectorAll("[data-stage]")) one.hidden = !split(one.dataset.stage).includes(stage);
  const list = find(".steps");
  const names = ["before", "talk", "back"];
  list.hidden = false;
  for (const one of list.children) {
    one.classList.toggle("done", names.indexOf(one.dataset.of) < names.indexOf(stage));
    if (one.dataset.of === stage) one.setAttribute("aria-current", "step");
    else one.removeAttribute("aria-current");
  }
}

const copyOf = (kind, name) => [...part(kind, name).content.cloneNode(true).children];
const exchanged = (step) => [...copyOf("visitor", step.split(" ")[0]), ...copyOf("given", step)];

// The newest reaction is where one goes on reading; what the visitor says last has the mark.
function markNow(steps, waiting) {
  const turns = [...exchange.querySelectorAll(".turn:not(.turn--you)")];
  const newest = waiting && steps.length ? turns.at(-2) : turns.at(-1);
  if (newest) Object.assign(newest, { id: "now", tabIndex: -1 });
  turns.at(-1)?.classList.add("turn--now");
  if (waiting) turns.at(-1)?.querySelector(".overline").classList.add("overline--here");
}

function showNote() {
  const [keep, remove] = note.form.querySelectorAll("button");
  remove.hidden = run.note === "";
  note.form.querySelector("[role=status]").hidden = run.note === "" || note.value.trim() !== run.note;
  keep.textContent = keep.dataset[run.note ? "change" : "keep"];
}

function focusOn(id) {
  const target = document.getElementById(id);
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start", behavior: "instant" });
}

// ---- what is done

function change(values) {
  Object.assign(run, { begun: true }, values);
  const before = runs.get(slug);
  const entry = before && !before.settled ? before : freshRun(base.before);
  const words = { ...entry.words };
  for (const kind of ["anticipated", "note"]) {
    if (kind in values) words[kind] = { words: run[kind], seen: entry.words[kind]?.seen ?? base[kind].seen };
  }
  const isEnd = run.path.length > 0 && !stepsOf(run.path).waiting;
  const moved = entry.moved || "path" in values;
  const kept = runs.set(slug, { ...entry, path: run.path, moved, words, ended: isEnd ? run.path : entry.ended });
  if (!kept || !isKept) sayState(status, "unkept");
  show();
  sync();
}

box.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation(); // It goes nowhere from here.
  const form = event.target;
  const words = form.querySelector("textarea")?.value.trim();
  if (form.contains(note)) {
    const removed = event.submitter?.value === "remove";
    if (removed) note.value = "";
    change({ note: removed ? "" : words });
    note.focus();
  } else if (words !== undefined) {
    change(words ? { anticipated: words } : {});
    focusOn("talk");
  } else {
    change({ path: [...stepsOf(run.path).steps.map((step) => step.split(" ")[1]), new FormData(form).get("reply")] });
    focusOn("now");
  }
});

find("[data-back]").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const path = stepsOf(run.path).steps.map((step) => step.split(" ")[1]);
  change({ path: button.value === "all" ? [] : path.slice(0, -1) });
  focusOn(run.path.length ? "now" : "talk");
});
note.addEventListener("input", showNote);

// ---- what the server says

function follow() {
  const entry = runs.get(slug);
  question.hidden = !entry?.stale;
  if (entry?.stale) ask(entry);
  if (!entry?.settled) return;
  const { path, seen, whole, gone } = entry.settled;
  if (gone || whole === false) noteTold(storage, person, slug);
  if (gone) return;
  base.before = path;
  for (const [kind, digest] of Object.entries(seen)) base[kind] = { words: run[kind], seen: digest };
  if (whole === false && !isSame(path, run.path)) {
    run.path = path;
    show();
  }
}

function ask({ stale }) {
  question.querySelector("#which").textContent = question.getAttribute(`data-${stale.stale}`);
  const other = question.querySelector("q");
  other.textContent = stale.words ?? "";
  other.parentElement.hidden = !stale.words;
  sayState(status, "conflict");
  question.focus();
}

question.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const entry = runs.get(slug);
  if (!button || !entry?.stale) return;
  const { stale } = entry;
  const settled = button.value === "mine" ? keepMine(entry) : takeOther(entry);
  runs.set(slug, settled);
  run.path = settled.path;
  if (button.value === "other" && stale.stale !== "path") {
    run[stale.stale] = stale.words;
    base[stale.stale] = { words: stale.words, seen: stale.seen };
    if (stale.stale === "note") note.value = stale.words;
  }
  question.hidden = true;
  show();
  focusOn(stepsOf(run.path).steps.length ? "now" : "talk");
  sync();
});

const sync = keepSending(() => sendPractice(storage, person), (state, left, sent) => {
  const { stale, settled } = runs.get(slug) ?? {};
  if (settled?.gone) sayState(status, settled.words ? "left" : "gone");
  else if (settled?.whole === false) sayState(status, "rewritten");
  else if (!stale && !isKept && state !== "saved") sayState(status, "unkept");
  else if (!stale && (state !== "saved" || sent)) sayState(status, state);
  follow();
});

// ---- start: from what waits here; else from what this page was made with, or from what was sent since

function start() {
  // One that was gone is open again.
  const { words: left } = runs.get(slug)?.settled ?? {};
  if (left) runs.set(slug, { ...freshRun(base.before), words: left });
  const entry = runs.get(slug);
  const isOver = isTold(entry?.settled, now);
  if (isOver) runs.delete(slug);
  else if (entry?.settled) Object.assign(run, { begun: true, path: entry.settled.path });
  else if (entry) {
    const { path, words } = entry;
    Object.assign(run, { begun: true, path });
    for (const [kind, one] of Object.entries(words)) run[kind] = one.words;
    note.value = run.note;
  }
  if (entry?.settled && !isOver) base.before = entry.settled.path;
}

start();
show();
sync();
