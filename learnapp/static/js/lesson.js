// A lesson: words that open to what they mean, notes that fold, parts one at a time, where the reader is.
// Without it all parts stand below each other, and links lead from one to the next.
import { offerPlace } from "./place.js";
import { postForm } from "./post.js";
import { browserStorage } from "./storage.js";

const lesson = document.querySelector("[data-lesson]");
const steps = [...lesson.querySelectorAll("[data-step]")];
const ends = [...lesson.querySelectorAll("[data-after]")];
const contentsLinks = [...document.querySelectorAll(".toc a")];
const railMarks = [...document.querySelectorAll("ol.rail li")];
const placeWords = document.querySelector("[data-part]");
const partSwitch = lesson.querySelector("[data-onebyone]");

// A choice of the reader's, kept on this device.
const KEPT = "learnapp.reading.";
const isKept = (name) => browserStorage.get(KEPT + name) === "yes";
const keep = (name, on) => (on ? browserStorage.set(KEPT + name, "yes") : browserStorage.remove(KEPT + name));

// A word opens its meaning below its paragraph, and the reader stays where they are.
for (const term of lesson.querySelectorAll("a.term")) {
  const gloss = document.getElementById(term.hash.slice(1));
  if (!gloss) continue;
  const toggle = (event) => {
    event.preventDefault();
    term.setAttribute("aria-expanded", String(gloss.classList.toggle("is-open")));
  };
  term.setAttribute("role", "button");
  term.setAttribute("aria-expanded", "false");
  term.setAttribute("aria-controls", gloss.id);
  term.addEventListener("click", toggle);
  term.addEventListener("keydown", (event) => event.key === " " && toggle(event));
}

// Quiet reading folds the notes away.
const quietSwitch = lesson.querySelector("[data-quiet]");
const showQuiet = () => lesson.classList.toggle("is-quiet", quietSwitch.checked);
quietSwitch.checked = isKept("quiet");
showQuiet();
quietSwitch.addEventListener("change", () => {
  keep("quiet", quietSwitch.checked);
  showQuiet();
});

// Where the reader is: in the top line, in the list of parts and on the rail. Past the last part it is the end.
function mark(number, section) {
  const shown = Math.min(number, steps.length);
  if (placeWords) placeWords.textContent = placeWords.dataset.part.replace("{number}", shown);
  railMarks.forEach((one, i) => { one.className = i + 1 < number ? "done" : i + 1 === number ? "here" : ""; });
  for (const link of contentsLinks) {
    if (link.hash === `#${section?.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const isOnePart = () => partSwitch?.checked === true;
const numberOf = (element) => {
  const step = element?.closest("[data-step]");
  if (step) return Number(step.dataset.step);
  return element?.closest("[data-after]") ? steps.length + 1 : 0;
};

let shownNumber = 1;

// Show one part alone; the others stay findable where the browser can look into what is hidden.
function showPart(number) {
  shownNumber = number;
  const hide = (element, hidden) => {
    if (hidden) element.setAttribute("hidden", "until-found");
    else element.removeAttribute("hidden");
  };
  steps.forEach((step, i) => hide(step, i + 1 !== number));
  for (const end of ends) hide(end, number <= steps.length);
  lesson.classList.toggle("is-further", number > 1);
  mark(number, steps[number - 1] ?? ends[0].querySelector("section[id]"));
}

function showWhole() {
  for (const element of [...steps, ...ends]) element.removeAttribute("hidden");
  lesson.classList.remove("is-further");
  followScroll();
}

function setMode() {
  for (const ways of lesson.querySelectorAll("[data-stepnav]")) ways.hidden = !isOnePart();
  if (isOnePart()) showPart(shownNumber);
  else showWhole();
}

// Return what the address leads to; one that was cut off in the middle of a sign leads nowhere.
function addressed() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

// Show the part that an address leads to: of the Back button, of a link to a paragraph, of the list of parts.
function followAddress() {
  if (!isOnePart()) return;
  const target = addressed();
  const number = target ? numberOf(target) : 1;
  if (number) showPart(number);
  if (!target) return scrollTo({ top: 0, behavior: "instant" });
  const isPart = target === steps[number - 1] || target === ends[0];
  target.scrollIntoView({ block: "start", behavior: "instant" });
  if (isPart) (target.querySelector("h2[tabindex]") ?? target).focus({ preventScroll: true });
}

function followScroll() {
  if (isOnePart()) return;
  const sections = [...lesson.querySelectorAll(".step, .after > section, .next")];
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const above = sections.findLast((section) => section.getBoundingClientRect().top < innerHeight / 3);
  const listed = sections.filter((section) => contentsLinks.some((link) => link.hash === `#${section.id}`));
  const section = atEnd ? listed.at(-1) : (above ?? sections[0]);
  shownNumber = numberOf(above ?? sections[0]);
  mark(shownNumber, section);
}

if (partSwitch) {
  partSwitch.closest("label").hidden = false;
  partSwitch.checked = isKept("onebyone");
  partSwitch.addEventListener("change", () => {
    keep("onebyone", partSwitch.checked);
    const step = steps[shownNumber - 1];
    setMode();
    if (shownNumber > 1) step?.scrollIntoView({ block: "start", behavior: "instant" });
  });
  steps.forEach((step, i) => step.addEventListener("beforematch", () => showPart(i + 1)));
  for (const end of ends) end.addEventListener("beforematch", () => showPart(steps.length + 1));
  addEventListener("hashchange", followAddress);
  // A link to where the address is already changes nothing that could be heard.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !event.defaultPrevented && link.hash === location.hash) followAddress();
  });
}
setMode();
if (isOnePart() && location.hash) followAddress();
// What could not be kept waits for its writer, and what is wrong is read out with it. Until the page has loaded its
// address takes the focus away.
const unkept = lesson.querySelector(".mine [aria-invalid], .mine fieldset[aria-describedby] input");
if (unkept) addEventListener("load", () => unkept.focus({ preventScroll: true }));
offerPlace();

let isMarking = false;
function followReader() {
  if (isMarking) return;
  isMarking = true;
  requestAnimationFrame(() => {
    isMarking = false;
    followScroll();
  });
}
addEventListener("scroll", followReader, { passive: true });
addEventListener("resize", followReader);

// Size, light and contrast are shown as they are chosen, and kept.
const displayForm = lesson.querySelector("[data-display]");
displayForm?.querySelector("[type=submit]").closest(".row").remove();
displayForm?.addEventListener("change", ({ target }) => {
  const { name, value } = target;
  if (value === "auto" || value === "normal") delete document.documentElement.dataset[name];
  else document.documentElement.dataset[name] = value;
  postForm(displayForm.action, new FormData(displayForm), {
    headers: { Accept: "application/json" }, keepalive: true, redirect: "manual",
  }).catch(() => {}); // Where nobody heard it, it holds for this page.
});

// The voice of the device reads aloud; what does it is loaded when it is asked for.
const listen = lesson.querySelector("[data-aloud]");
if ("speechSynthesis" in window) {
  listen.hidden = false;
  listen.addEventListener("click", async () => {
    const { readAloud } = await import("./aloud.js");
    readAloud(lesson, lesson.querySelector("[data-player]"), listen);
  });
}
