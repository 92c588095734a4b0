// Cards in a row: one is shown at a time. An answer is kept in the browser at once and sent when that works, so that
// the page does without a network. Where the browser keeps nothing, each form is sent by itself, as without a script.
import { make } from "./questions/parts.js";
import { reviewsOf, sendReviews } from "./send-reviews.js";
import { browserStorage } from "./storage.js";
import { keepSending, sayState } from "./syncing.js";
import { isTold } from "./waiting.js";

const { person } = document.body.dataset;
const answers = reviewsOf(browserStorage, person);
const answered = document.getElementById("answered");
const list = answered.querySelector("ul");
const status = document.querySelector("[data-sending]");
const groups = [...document.querySelectorAll("[data-cards]")];
const passed = new Set(); // cards that were answered or left out here

// ---- one card at a time

function showNext(group, focused) {
  const sections = [...group.querySelectorAll("[data-card]")];
  const open = sections.filter((section) => !passed.has(section.dataset.card));
  const next = open.find((section) => !section.hidden) ?? open[0]; // The one in front stays there.
  for (const section of sections) section.hidden = section !== next;
  const done = group.querySelector("[data-done]");
  done.hidden = next !== undefined;
  // What is said of sending stands where one is: in the row that stays in view.
  if (next) next.querySelector(".actions").prepend(status);
  else done.after(status);
  if (!focused) return;
  (next ?? done).focus({ preventScroll: true });
  (next ?? done).scrollIntoView({ block: "start", behavior: "instant" });
}

// Every field of a question wants something: of radio buttons and boxes with one name one is enough.
function isFilled(form) {
  const given = new FormData(form);
  const fields = [...form.querySelectorAll("input:not([type=hidden], [name=certainty]), select")];
  return fields.every(({ name }) => (given.get(name) ?? "").trim() !== "");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const section = form.closest("[data-card]");
  if (!section || !form.matches("[data-in-place]")) return;
  const unfilled = form.querySelector("[data-unfilled]");
  unfilled.hidden = isFilled(form);
  if (!unfilled.hidden) {
    event.preventDefault();
    unfilled.focus();
    return;
  }
  const fields = [...new FormData(form), ["action", "check"]].filter(([name]) => name !== "csrf_token");
  const { card, times } = section.dataset;
  const stem = section.querySelector(".stem").textContent.trim();
  if (!answers.set(card, { fields, times: Number(times), stem })) return; // The form is sent by itself.
  event.preventDefault();
  passed.add(card);
  show(card, answers.get(card));
  showNext(section.closest("[data-cards]"), true);
  sayState(status, "saving", "");
  sync();
});

for (const button of document.querySelectorAll("[data-leave-out]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    passed.add(button.closest("[data-card]").dataset.card);
    showNext(button.closest("[data-cards]"), true);
  });
}

// ---- what came of the answers

function show(card, { stem, settled }) {
  const { outcome = "kept", review, verdict = "" } = settled ?? {};
  const said = outcome === "stored" ? "" : list.dataset[outcome];
  const before = list.querySelector(`[data-of="${card}"]`);
  const known = review && list.querySelector(`[data-review="${review}"]:not([data-of])`); // by the server
  answered.hidden = false;
  if (known) {
    if (said) known.append(make("p", { class: "text-2" }, said));
    known.dataset.of = card;
    before?.remove();
    return;
  }
  const line = make("li", { class: "result" }, make("span", { lang: "en", dir: "ltr" }, stem));
  line.dataset.of = card;
  line.append(" ", make("strong", {}, verdict), ` ${said} `);
  if (review) {
    const about = make("span", { class: "visually-hidden" }, `: ${stem}`);
    line.append(make("a", { href: `${list.dataset.reviewed}?done=${review}#question` }, list.dataset.why, about));
  }
  if (!before) list.prepend(line);
  else if (!before.dataset.review) before.replaceWith(line);
}

// A card that lacks something goes to the page that asks for it, with what was filled in; its turn is after the one in
// front.
function askAgain(card) {
  const section = document.querySelector(`[data-card="${card}"]`);
  if (!section) return;
  section.querySelector("form").removeAttribute("data-in-place");
  section.querySelector("[data-unclear]").hidden = false;
  passed.delete(card);
  answers.delete(card);
  const group = section.closest("[data-cards]");
  showNext(group, group.querySelector("[data-done]") === document.activeElement);
}

function showSettled() {
  for (const [card, entry] of answers.entries()) {
    show(card, entry);
    if (entry.settled?.outcome === "missing") askAgain(card);
  }
}

// What a page from before knows nothing of stays until one has come that was made later.
function clean() {
  for (const [card, { times, settled }] of answers.entries()) {
    const section = document.querySelector(`[data-card="${card}"]`);
    if (isTold(settled, list.dataset.now)) answers.delete(card);
    else if (section && Number(section.dataset.times) === times) passed.add(card);
  }
}

// ---- sending

const sync = keepSending(() => sendReviews(browserStorage, person), (state, left, sent) => {
  showSettled();
  if (state !== "saved" || sent) sayState(status, state, left);
});

showSettled();
clean();
for (const group of groups) showNext(group);
sync();
