// Contact with the site, where this device keeps something: who is here and what is new is asked on every page, what is
// kept is brought up to date, answers that wait are sent, and everything goes where somebody else has come.
import { countAll, sendAll } from "./arrivals.js";
import { keepChoice, readChoice } from "./choice.js";
import { lessonRead, noteReading } from "./reading.js";
import { browserStorage, siteOf } from "./storage.js";
import { wipe } from "./wipe.js";

const PATIENCE_MS = 15_000;
const copy = document.querySelector("[data-copied-at]");
let meeting = Promise.resolve(); // the last one, and those that wait for it
let sending = null;

// Ask the site, one time after the other; resolves to what it said, null where it could not be reached.
export function meetSite(choice) {
  const next = () => meet(choice);
  meeting = meeting.then(next, next);
  return meeting;
}

async function meet(choice) {
  const root = siteOf(choice.person);
  const contact = await ask(`${root}/device/contact?modules=${choice.modules.join(",")}`);
  if (!contact) {
    sayWaiting(countAll(choice.person));
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

// Send what waits, in one window at a time.
async function sendWaiting(root, contact) {
  const sole = (lock) => lock && sendAll(root, contact);
  if (navigator.locks) await navigator.locks.request("learnapp.waiting", { ifAvailable: true }, sole);
  else await sendAll(root, contact);
  sayWaiting(countAll(contact.person));
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
