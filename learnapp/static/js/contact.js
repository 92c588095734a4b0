// Contact with the site, where this device keeps something: who is here and what is new is asked on every page, what is
// kept is brought up to date, answers that wait are sent, and everything goes where somebody else has come.
import { keepChoice, readChoice, rootOf } from "./choice.js";
import { postForm } from "./post.js";
import { lessonRead, noteReading, sendReading } from "./reading.js";
import { browserStorage } from "./storage.js";
import { attemptsWaiting, countWaiting, sendAttempt } from "./send-quizzes.js";
import { wipe } from "./wipe.js";

const PATIENCE_MS = 15_000;
const copy = document.querySelector("[data-copied-at]");
let meeting = Promise.resolve(); // the last one, and those that wait for it
let sending = null;

// Ask the site, one time after the other; resolves to what it said, null where it could not be reached.
export function meetSite(choice) {
  meeting = meeting.then(() => meet(choice));
  return meeting;
}

async function meet(choice) {
  const root = rootOf(choice.person);
  const contact = await ask(`${root}/device/contact?modules=${choice.modules.join(",")}`);
  if (!contact) {
    sayWaiting(countWaiting(browserStorage, choice.person));
    return null;
  }
  if (!readChoice()) return contact; // wiped meanwhile
  const persons = contact.person.split(" ");
  if (!choice.person.split(" ").some((name) => persons.includes(name))) {
    await wipe(root);
    return contact;
  }
  if (choice.person !== contact.person) keepChoice({ ...choice, person: contact.person });
  for (const field of copy ? document.querySelectorAll("input[name=csrf_token]") : []) field.value = contact.token;
  await tellWorker(root, { type: "meet", contact, chosen: choice.modules });
  sending ??= sendWaiting(root, contact).finally(() => { sending = null; });
  return contact;
}

async function ask(address) {
  try {
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store", signal });
    if (response.status !== 200 || !response.headers.has("X-Request-ID")) return null;
    const contact = await response.json();
    return typeof contact.person === "string" ? contact : null;
  } catch {
    return null;
  }
}

// Tell the worker something; one that is gone is put in place again.
async function tellWorker(root, message) {
  try {
    const scope = `${root}/`;
    await navigator.serviceWorker.register(`${root}/service-worker.js`, { scope, updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    if (!readChoice()) return wipe(root);
    active.postMessage(message);
  } catch {
    // Without a worker nothing is kept; the page works as it does for everybody else.
  }
}

// Send what waits, of one attempt after the other; one window at a time does.
async function sendWaiting(root, { person, now, token, words }) {
  const reading = sendReading(browserStorage, person, { address: `${root}/device/read`, token });
  const shown = document.querySelector("[data-quiz]")?.dataset.attempt; // whose own page sends them
  const waiting = attemptsWaiting(browserStorage, person).filter((attempt) => attempt !== shown);
  if (!waiting.length) return reading;
  const send = async () => {
    sayFirst(words.sending.replace("{count}", countWaiting(browserStorage, person)));
    const ends = [];
    for (const attempt of waiting) {
      const address = `${root}/attempts/${attempt}`;
      const say = (what, about) => sayOf(words, what, { address, ...about });
      const about = { address, token, say, post: postForm };
      ends.push(await sendAttempt(browserStorage, person, attempt, Date.parse(now), about));
    }
    const left = countWaiting(browserStorage, person);
    sayWaiting(left);
    if (left) sayFirst(words.left.replace("{count}", left));
    else sayFirst(words.arrived, `${root}/attempts/${waiting[0]}`, words.see);
  };
  const sole = (lock) => lock && send();
  if (navigator.locks) await navigator.locks.request("learnapp.waiting", { ifAvailable: true }, sole);
  else await send();
  return reading;
}

function sayOf(words, what, { address, q, words: why }) {
  if (what === "checked") {
    navigator.serviceWorker.controller?.postMessage({ type: "drop", address: `${address}?q=${q}` });
    return;
  }
  const label = what === "conflict" ? words.choose : words.look;
  const said = words[what].replace("{number}", q).replace("{words}", why ?? "");
  noteOf().append(lineOf(said, `${address}?q=${q}#question`, label.replace("{number}", q)));
}

// Say on top of the page how far it is; what it says besides stays below.
function sayFirst(words, address, label) {
  const note = noteOf();
  note.firstChild?.remove();
  note.prepend(lineOf(words, address, label));
}

function lineOf(words, address, label) {
  const line = document.createElement("p");
  line.textContent = words;
  if (address) line.append(" ", Object.assign(document.createElement("a"), { href: address, textContent: label }));
  return line;
}

function noteOf() {
  let note = document.getElementById("waiting");
  if (!note) {
    note = Object.assign(document.createElement("div"), { id: "waiting", className: "note message" });
    note.setAttribute("role", "status");
    document.getElementById("main").prepend(note);
  }
  return note;
}

// A form of a copy that has no token yet: that a lesson was read is kept and sent later, and whatever else would not
// arrive stays on the page as it was typed.
copy && document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || form.matches("[data-in-place]")) return;
  const choice = readChoice();
  const action = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const lesson = lessonRead(action, [...new FormData(form)]);
  const isOut = !form.querySelector("input[name=csrf_token]")?.value;
  if (choice && lesson && isOut) noteReading(browserStorage, choice.person, lesson);
  if (!isOut || (lesson && !lesson.stays)) return;
  event.preventDefault();
  form.ariaBusy = null;
  const line = copy.querySelector("[data-form]");
  line.hidden = false;
  line.textContent = line.getAttribute(lesson ? "data-read" : "data-form");
  line.scrollIntoView({ block: "center", behavior: "instant" });
  line.focus();
  if (choice) meetSite(choice);
});

// On a copy without a connection: what waits here, in the words that came with it.
function sayWaiting(count) {
  const line = copy?.querySelector("[data-waiting]");
  if (!line) return;
  line.hidden = count === 0;
  line.textContent = line.dataset.waiting.replace("{count}", count);
}

addEventListener("online", () => {
  const choice = readChoice();
  if (choice) meetSite(choice);
});
