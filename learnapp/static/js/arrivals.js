// Arrivals: whatever waits on this device is sent from any page of the site, and the page says what came of it.
import { pauseAfter } from "./autosave.js";
import { sendReading } from "./reading.js";
import { noteTold, runsOf, sendPractice } from "./send-practice.js";
import { attemptsWaiting, countWaiting, sendAttempt } from "./send-quizzes.js";
import { reviewsOf, sendReviews } from "./send-reviews.js";
import { sendLater } from "./sending.js";
import { browserStorage } from "./storage.js";

const storage = browserStorage;

// Return how much of a person waits: answers of quizzes and to cards, and conversations.
export const countAll = (person) =>
  countWaiting(storage, person) + countOf(reviewsOf, person) + countOf(runsOf, person);

// Words for which the site has no place wait, too.
const waits = ([, { settled }]) => !settled || Boolean(settled.words);
const countOf = (kindOf, person) => kindOf(storage, person).entries().filter(waits).length;

// What the page that is open sends and tells by itself.
const ownAttempt = () => document.querySelector("[data-quiz]")?.dataset.attempt;
const isOwn = (kind) => document.querySelector(`[data-sending=${kind}]`) !== null;

function countOthers(person) {
  const cards = isOwn("cards") ? 0 : countOf(reviewsOf, person);
  const talks = isOwn("talks") ? 0 : countOf(runsOf, person);
  return countWaiting(storage, person, ownAttempt()) + cards + talks;
}

// Send what waits, one after the other, but for what the page that is open sends by itself.
export async function sendAll(root, contact) {
  const { person, token } = contact;
  const reading = sendReading(storage, person, { address: `${root}/device/read`, token });
  const before = countOthers(person);
  if (before) {
    sayFirst(contact.words.sending.replace("{count}", before));
    const address = await sendQuizzes(root, contact);
    if (!isOwn("cards")) await sendCards(root, contact);
    if (!isOwn("talks")) await sendTalks(root, contact);
    const left = countOthers(person);
    if (left) sayFirst(contact.words.left.replace("{count}", left));
    else sayFirst(contact.words.arrived, address, contact.words.see);
  }
  return reading;
}

// Return the address of the first quiz of which answers were sent.
async function sendQuizzes(root, { person, now, token, words }) {
  const addresses = attemptsWaiting(storage, person)
    .filter((attempt) => attempt !== ownAttempt()).map((attempt) => [attempt, `${root}/attempts/${attempt}`]);
  for (const [attempt, address] of addresses) {
    const say = (what, about) => sayOfQuestion(words, what, { address, ...about });
    await sendAttempt(storage, person, attempt, Date.parse(now), { address, token, say });
  }
  return addresses[0]?.[1];
}

const sendWith = (token) => (to, path, fields, isIt) => sendLater(to, path, fields, isIt, token);

async function sendCards(root, { person, token, words }) {
  const { told } = await untilSent(() => sendReviews(storage, person, sendWith(token)));
  if (told) say(words.cards, `${root}/me/review/ahead`, words.see_cards);
}

async function sendTalks(root, { person, token, words }) {
  const { asks } = await untilSent(() => sendPractice(storage, person, sendWith(token)));
  for (const [slug, news] of asks) sayOfTalk(root, person, words, slug, news);
}

function sayOfTalk(root, person, words, slug, news) {
  const left = Object.values(runsOf(storage, person).get(slug)?.settled?.words ?? {});
  const addresses = { gone_kept: "/account/data#practice-words", gone: "", gone_left: "" };
  const path = addresses[news] ?? `/practice/${slug}/offline`;
  const label = words[`see_talk_${news}`];
  say(words[`talk_${news}`], path && root + path, label);
  if (left.length) noteOf().append(foldedWords(label, left));
  noteTold(storage, person, slug);
}

// What somebody wrote is theirs alone, and a page may be seen by others.
function foldedWords(label, texts) {
  const folded = document.createElement("details");
  folded.append(Object.assign(document.createElement("summary"), { textContent: label }));
  folded.append(...texts.map(({ words }) => Object.assign(lineOf(words), { dir: "auto", className: "thinking" })));
  return folded;
}

async function untilSent(send) {
  for (let failures = 0; ;) {
    const result = await send();
    const { left, sent, stopped, retryAfter } = result;
    if (!left || stopped === "signed-out") return result;
    failures = stopped && !sent ? failures + 1 : 1;
    if (stopped) await new Promise((done) => { setTimeout(done, pauseAfter(failures, retryAfter)); });
  }
}

function sayOfQuestion(words, what, { address, q, words: why }) {
  if (what === "checked") {
    navigator.serviceWorker.controller?.postMessage({ type: "drop", address: `${address}?q=${q}` });
    return;
  }
  const label = what === "conflict" ? words.choose : words.look;
  const said = words[what].replace("{number}", q).replace("{words}", why ?? "");
  say(said, `${address}?q=${q}#question`, label.replace("{number}", q));
}

// Say something besides how far it is.
const say = (words, address, label) => noteOf().append(lineOf(words, address, label));

// Say on top of the page how far it is.
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
