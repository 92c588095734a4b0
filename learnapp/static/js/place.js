// The reader's place in a lesson, kept so that they can go on there. Of a visitor, who has left nothing on the server,
// it stays in this tab.
import { postForm, readPlace } from "./post.js";

const STAYED_MS = 2500; // Who only scrolls past has not read it.
const START_PX = 160;

const placeForm = document.querySelector("form[data-place]");
const paragraphs = [...document.querySelectorAll(".lesson section [id]:is(p, ul, ol, .folded):not(.gloss)")]
  .filter((paragraph) => !paragraph.parentElement.closest(".folded"));

const VISITOR_KEY = `learnapp.place.${location.pathname}`;
const isVisitor = placeForm?.dataset.visitor !== undefined;

let savedPlace = placeForm?.dataset.place;
let unsentPlace = null;
let hasScrolled = false;
let stayTimer = 0;

// Return the last element that begins above a line of the window.
function lastAbove(elements, line) {
  return elements.findLast((element) => element.getBoundingClientRect().top < line);
}

function notePlace() {
  const shown = paragraphs.filter((paragraph) => paragraph.offsetParent && !paragraph.closest("[hidden]"));
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
export function offerPlace() {
  if (!isVisitor) return;
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
    const { response, text } = await postForm(placeForm.action, [...new FormData(placeForm), ["anchor", anchor]], {
      headers: { Accept: "application/json" }, keepalive: true, redirect: "manual",
    });
    const outcome = readPlace({ status: response.status, text }, anchor);
    if (outcome === "stored") savedPlace = anchor;
    if (outcome === "unheard") unsentPlace ??= anchor;
  } catch {
    unsentPlace ??= anchor; // Offline: the next stop, or the way back online, sends it.
  }
}

addEventListener("scroll", () => {
  hasScrolled = true;
  clearTimeout(stayTimer);
  stayTimer = setTimeout(notePlace, STAYED_MS);
}, { passive: true });
addEventListener("online", sendPlace);
document.addEventListener("visibilitychange", () => document.hidden && sendPlace());

// The quiz asks of cards that were opened on this page, and of no others: their names go along as it begins.
const quizForm = document.querySelector("form[action$='/quiz']");
for (const card of quizForm ? document.querySelectorAll(".lesson details.folded[id]") : []) {
  const named = Object.assign(document.createElement("input"), { type: "hidden", name: "opened", value: card.id });
  card.addEventListener("toggle", () => {
    if (card.open) quizForm.append(named);
  });
}
