// The reader's place in a lesson: marked in the contents, and kept so that they can go on there. Of a visitor, who has
// left nothing on the server, it stays in this tab.
import { postForm } from "./post.js";

const STAYED_MS = 2500; // Who only scrolls past has not read it.
const START_PX = 160;

const placeForm = document.querySelector("form[data-place]");
const sections = [...document.querySelectorAll(".lesson section[id]")];
const paragraphs = [...document.querySelectorAll(".lesson section [id]:is(p, ul, ol, .folded)")]
  .filter((paragraph) => !paragraph.parentElement.closest(".folded"));
const contentsLinks = [...document.querySelectorAll(".contents a[href^='#']")];

const VISITOR_KEY = `learnapp.place.${location.pathname}`;
const isVisitor = placeForm?.dataset.visitor !== undefined;

let savedPlace = placeForm?.dataset.place;
let unsentPlace = null;
let hasScrolled = false;
let stayTimer = 0;
let isMarking = false;

// Return the last element that begins above a line of the window.
function lastAbove(elements, line) {
  return elements.findLast((element) => element.getBoundingClientRect().top < line);
}

function markSection() {
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const section = atEnd ? sections.at(-1) : lastAbove(sections, innerHeight / 3) ?? sections[0];
  for (const link of contentsLinks) {
    if (link.hash === `#${section?.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function notePlace() {
  const shown = paragraphs.filter((paragraph) => paragraph.offsetParent);
  const place = lastAbove(shown, Math.min(innerHeight / 3, START_PX));
  // At the very start there is nothing to come back to yet.
  if (!hasScrolled || !place || place === paragraphs[0] || place.id === savedPlace) return;
  unsentPlace = place.id;
  if (isVisitor) keepInTab(place.id);
  else sendPlace();
}

function keepInTab(anchor) {
  try {
    sessionStorage.setItem(VISITOR_KEY, anchor);
  } catch {
    // Without storage the place is not kept, which is said nowhere.
  }
}

// Offer a visitor to go on where they left off in this tab.
function offerPlace() {
  let anchor = null;
  try {
    anchor = sessionStorage.getItem(VISITOR_KEY);
  } catch {
    return;
  }
  if (location.hash || !paragraphs.some((paragraph) => paragraph.id === anchor)) return;
  const note = document.getElementById("place");
  note.querySelector("a").hash = anchor;
  note.hidden = false;
}

async function sendPlace() {
  if (!unsentPlace || !placeForm || isVisitor) return;
  const anchor = unsentPlace;
  unsentPlace = null;
  try {
    const { response } = await postForm(placeForm.action, [...new FormData(placeForm), ["anchor", anchor]], {
      headers: { Accept: "application/json" }, keepalive: true, redirect: "manual",
    });
    if (response.ok) savedPlace = anchor;
  } catch {
    unsentPlace ??= anchor; // Offline: the next stop, or the way back online, sends it.
  }
}

function followReader() {
  if (isMarking) return;
  isMarking = true;
  requestAnimationFrame(() => {
    isMarking = false;
    markSection();
  });
}

addEventListener("scroll", () => {
  hasScrolled = true;
  clearTimeout(stayTimer);
  stayTimer = setTimeout(notePlace, STAYED_MS);
  followReader();
}, { passive: true });
addEventListener("resize", followReader);
addEventListener("online", sendPlace);
document.addEventListener("visibilitychange", () => document.hidden && sendPlace());
markSection();
if (isVisitor) offerPlace();
