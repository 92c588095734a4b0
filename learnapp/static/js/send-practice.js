// Practice that waits in the browser, a conversation an entry: the path that its page went on from and the one that it
// has reached, a path to an end, and words that were written beside it. Each is sent until the server has it.
//
// An entry is {path, before, moved, ended, words: {anticipated, note}, sent, stale}: `moved` tells that the path is
// to be sent, words have the digest of those that they replace (`seen`). `sent` remembers what was sent and may be
// stored although no reply came; `stale` is what another window or device has kept, until it was asked which to keep.
// What is {settled} waits no more: {path, seen, whole, at} as it was stored, {gone} where the conversation is closed or
// is no more, then with {words} for which the site has no place.
import { sendLater } from "./sending.js";
import { isSame, Waiting } from "./waiting.js";

const MOST_ROUNDS = 8;
const MOST_SENT = 50;
const KINDS = ["anticipated", "note"];

export const runsOf = (storage, person) => new Waiting(storage, person, "practice");

const isOf = (slug) => (reply) => reply?.conversation === slug;

// Return an entry in which nothing has changed yet.
export const freshRun = (path) => ({ path, before: path, moved: false, ended: [], words: {}, sent: {} });

export function fieldsOf({ path, before, moved, ended, words }) {
  const sent = moved ? { path, before, ended } : { ended };
  const paths = Object.entries(sent).map(([name, value]) => [name, value.join(" ")]);
  const written = KINDS.filter((kind) => words[kind]);
  return [...paths, ...written.flatMap((kind) => [[kind, words[kind].words], [`${kind}_seen`, words[kind].seen]])];
}

// Return an entry that remembers that it was sent.
export function noteSent(entry) {
  const { moved, path, words } = entry;
  const now = { path: moved ? path : undefined, anticipated: words.anticipated?.words, note: words.note?.words };
  const sent = { ...entry.sent };
  for (const [name, value] of Object.entries(now)) {
    if (value === undefined) continue;
    const others = (sent[name] ?? []).filter((one) => !isSame(one, value));
    sent[name] = [...others, value].slice(-MOST_SENT);
  }
  return { ...entry, sent };
}

// Return what becomes of an entry that was stored as `sent`, and may have changed since to `now`.
export function settle(sent, now, reply) {
  const isMoved = !isSame(sent.path, now.path) || (now.moved && !sent.moved);
  const path = sent.moved ? reply.path : sent.path;
  const isLeft = (kind) => now.words[kind] && !isSame(now.words[kind], sent.words[kind]);
  if (!isMoved && isSame(sent.ended, now.ended) && !KINDS.some(isLeft)) {
    const seen = Object.fromEntries(KINDS.filter((kind) => sent.words[kind]).map((kind) => [kind, reply.seen[kind]]));
    return { settled: { path, seen, whole: reply.whole, at: reply.at, ...(reply.closed && { gone: true }) } };
  }
  const seenOf = (kind) => (sent.words[kind] ? reply.seen[kind] : now.words[kind].seen);
  const words = KINDS.filter(isLeft).map((kind) => [kind, { words: now.words[kind].words, seen: seenOf(kind) }]);
  const ended = isSame(sent.ended, now.ended) ? [] : now.ended;
  const before = sent.moved ? path : now.before;
  return { path: now.path, before, moved: isMoved, ended, words: Object.fromEntries(words), sent: {} };
}

// Return what becomes of an entry of which nothing can be stored: words stay, after those not sent yet were tried.
function close(sent, now) {
  const isNew = KINDS.some((kind) => now.words[kind] && !isSame(now.words[kind], sent.words[kind]));
  if (isNew) return now;
  return { settled: isSame(now.words, {}) ? { gone: true } : { gone: true, words: now.words } };
}

// Return an entry that met something newer: what this browser has sent itself is gone on from, about others is asked.
export function meet(entry, reply) {
  const kind = reply.stale;
  const newer = kind === "path" ? reply.path : reply.words;
  const isOwn = entry.sent[kind]?.some((one) => isSame(one, newer));
  return isOwn ? keepMine({ ...entry, stale: reply }) : { ...entry, stale: reply };
}

// Return an entry that replaces what it met.
export function keepMine({ stale, ...entry }) {
  if (stale.stale === "path") return { ...entry, before: stale.path };
  const words = { ...entry.words, [stale.stale]: { ...entry.words[stale.stale], seen: stale.seen } };
  return { ...entry, words };
}

// Return an entry that gives way to what it met; an end that was reached still counts.
export function takeOther({ stale, ...entry }) {
  if (stale.stale === "path") return { ...entry, path: stale.path, before: stale.path, moved: false };
  const { [stale.stale]: _mine, ...words } = entry.words;
  return { ...entry, words };
}

const isWaiting = (entry) => Boolean(entry) && !entry.settled && !entry.stale;

async function sendRun(waiting, slug, person, send) {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const entry = waiting.get(slug);
    if (!isWaiting(entry)) return { outcome: "" };
    const noted = noteSent(entry);
    waiting.set(slug, noted);
    const { outcome, reply, retryAfter } = await send(person, `/practice/${slug}/path`, fieldsOf(noted), isOf(slug));
    const now = waiting.get(slug);
    if (!isWaiting(now)) return { outcome: "" }; // Another window was faster, or it was wiped.
    if (outcome === "stored") waiting.set(slug, settle(noted, now, reply));
    else if (outcome === "gone" || (outcome === "told" && reply.closed)) waiting.set(slug, close(noted, now));
    else if (outcome === "told") waiting.set(slug, meet(now, reply));
    else return { outcome, retryAfter };
  }
  return { outcome: "busy" };
}

// Return what is to be told of an entry: choose (which to keep), rewritten, gone, gone_kept (what was written is kept)
// or gone_left (what was written is here alone); "" for nothing.
function newsOf({ stale, settled }) {
  if (stale) return "choose";
  if (settled?.gone) return settled.words ? "gone_left" : Object.keys(settled.seen ?? {}).length ? "gone_kept" : "gone";
  return settled?.whole === false && !settled.told ? "rewritten" : "";
}

// Note that news of a conversation was told; one that is gone is forgotten then, unless its words are here alone.
export function noteTold(storage, person, slug) {
  const waiting = runsOf(storage, person);
  const { settled } = waiting.get(slug) ?? {};
  if (settled?.gone && !settled.words) waiting.delete(slug);
  else if (settled?.whole === false) waiting.set(slug, { settled: { ...settled, told: true } });
}

// Send what a person has practiced. Return how many conversations are left, how many were sent, pairs of the name of
// one and what is to be told of it (newsOf), and why sending stopped: "", busy (with the seconds asked for), offline or
// signed-out.
export async function sendPractice(storage, person, send = sendLater) {
  const waiting = runsOf(storage, person);
  const isLeft = ([, entry]) => isWaiting(entry);
  const before = waiting.entries().filter(isLeft);
  let stopped = { outcome: "" };
  for (const [slug] of before) {
    stopped = await sendRun(waiting, slug, person, send);
    if (stopped.outcome) break;
  }
  const entries = waiting.entries();
  const left = entries.filter(isLeft).length;
  return {
    left,
    sent: Math.max(before.length - left, 0),
    asks: entries.map(([slug, entry]) => [slug, newsOf(entry)]).filter(([, news]) => news),
    stopped: stopped.outcome,
    retryAfter: stopped.retryAfter,
  };
}
