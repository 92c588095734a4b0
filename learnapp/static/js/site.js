// On every page. Each part only adds to what already works without script.
import { readChoice } from "./choice.js";
import { browserStorage, forgetOthers, siteOf } from "./storage.js";
import { wipe } from "./wipe.js";

// The way out: replaces this page in the history, by the link or by Escape three times within two seconds.
const leaveLink = document.getElementById("leave");
let escapeTimes = [];


function leaveSite() {
  document.documentElement.hidden = true;
  const choice = readChoice();
  if (choice) wipe(siteOf(choice.person)); // goes on in the worker, nobody waits for it
  location.replace(leaveLink.href);
}

leaveLink.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  leaveSite();
});
// Each press but the last says how many are left, for whoever only wanted to close something.
const escapeNote = document.getElementById("escape");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  escapeTimes = [...escapeTimes.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
  if (escapeTimes.length === 3) return leaveSite();
  const pressed = escapeTimes.length;
  escapeNote.textContent = escapeNote.getAttribute(`data-after-${pressed}`);
  setTimeout(() => {
    if (escapeTimes.length === pressed) escapeNote.textContent = "";
  }, 2000);
});

// What opens below the top line closes when a link of it is taken, by Escape, or by going on elsewhere.
for (const fold of document.querySelectorAll(".fold, .place")) {
  fold.addEventListener("click", (event) => { if (event.target.closest("a")) fold.open = false; });
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => { if (!fold.contains(event.target)) fold.open = false; });
}

// What is wrong comes first, for those who listen and for those who use a keyboard.
document.querySelector(".errors[role=alert]")?.focus();

// One press is one request: a form that was sent is not sent again until its page is shown anew, or some seconds later
// where the answer never came. Its buttons stay as they are, so that what they say is sent.
const PATIENCE_MS = 10_000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || form.matches("[data-in-place]")) return;
  if (form.ariaBusy) return event.preventDefault();
  form.ariaBusy = "true";
  setTimeout(() => { form.ariaBusy = null; }, PATIENCE_MS);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.ariaBusy = null;
});

// Moments in the zone of this browser, and nothing left of whoever was here before.
if (document.querySelector("time[data-style]")) import("./times.js").then((times) => times.showLocalTimes(document));
const zones = document.querySelector("select[data-browser-zone]");
if (zones) import("./times.js").then((times) => times.chooseBrowserZone(zones));
const { person } = document.body.dataset;
if (person) forgetOthers(browserStorage, person);
// The names of a class are its leader's alone: they go as soon as somebody else is here, or nobody is signed in.
if (person !== undefined) {
  forget("sessionStorage", (name) => name.startsWith("learnapp.names.") && name !== `learnapp.names.${person}`);
}

// Remove what this browser keeps for us under such names.
function forget(kind, isToGo) {
  try {
    for (const name of Object.keys(window[kind])) if (isToGo(name)) window[kind].removeItem(name);
  } catch {
    // No storage here, so nothing is kept in it.
  }
}

// A password can be looked at: "Show|Hide|Password" are the words.
function addRevealButton(field) {
  const [showWord, hideWord, label] = field.dataset.reveal.split("|");
  const input = field.querySelector("input");
  const row = document.createElement("div");
  const button = document.createElement("button");
  row.className = "with";
  button.className = "btn btn--secondary reveal";
  button.type = "button";
  const reveal = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? hideWord : showWord;
    button.setAttribute("aria-label", `${button.textContent}: ${label}`);
  };
  reveal(false);
  button.addEventListener("click", () => reveal(input.type === "password"));
  // Never sent as plain text, which browsers would offer to remember.
  input.form?.addEventListener("submit", () => reveal(false));
  input.replaceWith(row);
  row.append(input, button);
}
for (const field of document.querySelectorAll("[data-reveal]")) addRevealButton(field);

// Older browsers print only what is open: tables behind a summary are opened for it; strong parts are
// not, nor what is of no use there.
const OPENED_FOR_PRINT = "details:not(.folded, .margin-note, .place, .fold, .settings, [open])";
let openedForPrint = [];
addEventListener("beforeprint", () => {
  openedForPrint = [...document.querySelectorAll(OPENED_FOR_PRINT)];
  for (const details of openedForPrint) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of openedForPrint) details.open = false;
});

// What scripts keep on this device goes when somebody signs out or has all forgotten, also in browsers that do not
// know Clear-Site-Data.
if (document.querySelector("[data-clear-device]")) {
  for (const kind of ["localStorage", "sessionStorage"]) forget(kind, (name) => name.startsWith("learnapp."));
  wipe(siteOf(person));
} else if (readChoice()) {
  // Who keeps something here: it is brought up to date, what waits is sent, and all goes where somebody else has come.
  import("./contact.js").then((contact) => contact.meetSite(readChoice()));
}
