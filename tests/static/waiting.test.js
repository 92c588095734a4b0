// What waits in the browser is found by its person alone, and answers to review cards are sent until each is settled.
import assert from "node:assert/strict";
import test from "node:test";

import { Drafts } from "../../learnapp/static/js/drafts.js";
import { readWaited } from "../../learnapp/static/js/replies.js";
import { reviewsOf, sendReviews } from "../../learnapp/static/js/send-reviews.js";
import { forgetOthers, siteOf, Storage, unsavedOf } from "../../learnapp/static/js/storage.js";
import { isTold } from "../../learnapp/static/js/waiting.js";
import { makeStorage } from "./storage.js";

const BEN = "/ben2 /ben";
const AT = "2026-11-05T12:00:00+00:00";
const open = (kept) => new Storage(() => kept);
const answer = (about = {}) => ({ fields: [["card", "7"]], times: 2, stem: "Tea?", ...about });
const stored = (review) => ({ outcome: "stored", reply: { card: 7, outcome: "stored", review, verdict: "Right.", at: AT } });

function sender(...replies) {
  const sent = [];
  const send = async (person, path, fields) => {
    sent.push([person, path, fields]);
    return replies[Math.min(sent.length, replies.length) - 1];
  };
  return { sent, send };
}

test("what waits is written under the present name, found under former ones, and no stranger's", () => {
  const kept = makeStorage();
  reviewsOf(open(kept), "/ben").set("7", answer());
  const waiting = reviewsOf(open(kept), BEN);
  waiting.set("8", answer());
  assert.deepEqual(waiting.entries().map(([card]) => card), ["7", "8"]);
  assert.deepEqual(reviewsOf(open(kept), "/ada").entries(), []);
  waiting.delete("7");
  assert.equal(waiting.get("7"), undefined);
  forgetOthers(open(kept), "/ada");
  assert.deepEqual(Object.keys(kept), []);
});

test("what is unsaved at one site is found without that of sites below other paths of its host", () => {
  const names = ["/ben.7.a", "/ada.review.7", "/school/cleo.7.a"].map((name) => `learnapp.unsaved.${name}`);
  const storage = open(makeStorage(Object.fromEntries(names.map((name) => [name, "{}"]))));
  assert.deepEqual(unsavedOf(storage, siteOf("/ben2 /ben")), names.slice(0, 2));
  assert.deepEqual(unsavedOf(storage, siteOf("/school/cleo")), names.slice(2));
});

test("what cannot be read or kept breaks nothing", () => {
  const kept = makeStorage({ "learnapp.unsaved./ben.review.7": "{", "learnapp.unsaved./ben.review.8": "3" });
  assert.deepEqual(reviewsOf(open(kept), "/ben").entries(), []);
  const none = new Storage(() => { throw new Error("forbidden"); });
  assert.equal(reviewsOf(none, "/ben").set("7", answer()), false);
  assert.deepEqual(reviewsOf(none, "/ben").entries(), []);
});

test("drafts of a quiz leave alone what waits beside them, however long it waits", () => {
  const kept = makeStorage();
  reviewsOf(open(kept), "/ben").set("7", answer());
  for (const day of [1, 9]) new Drafts(open(kept), "/ben", 7, Date.UTC(2026, 10, day));
  assert.deepEqual(reviewsOf(open(kept), "/ben").get("7"), answer());
});

test("answers are sent one at a time, and what became of each takes its place", async () => {
  const kept = makeStorage();
  const waiting = reviewsOf(open(kept), BEN);
  for (const card of ["7", "8", "9"]) waiting.set(card, answer());
  const { sent, send } = sender(stored(31), { outcome: "told", reply: { card: 8, outcome: "other", at: AT } }, { outcome: "gone" });
  const { left, sent: count, told, stopped } = await sendReviews(open(kept), BEN, send);
  assert.deepEqual([left, count, told, stopped], [0, 3, 3, ""]);
  assert.equal(sent.length, 3);
  assert.deepEqual(sent[0], [BEN, "/me/review/answers", [["card", "7"]]]);
  assert.deepEqual(waiting.get("7"), { times: 2, stem: "Tea?", settled: stored(31).reply });
  assert.equal(waiting.get("8").settled.outcome, "other");
  assert.deepEqual(waiting.get("9").settled, { outcome: "gone" });
  await sendReviews(open(kept), BEN, send);
  assert.equal(sent.length, 3); // What is settled is not sent again.
});

for (const [what, newer] of [["a newer answer", answer({ times: 3 })], ["nothing", undefined]]) {
  test(`the result of an answer is not written over ${what} that stands in its place`, async () => {
    const kept = makeStorage();
    const waiting = reviewsOf(open(kept), BEN);
    waiting.set("7", answer());
    const send = async () => {
      if (newer) waiting.set("7", newer);
      else waiting.delete("7");
      return stored(31);
    };
    assert.equal((await sendReviews(open(kept), BEN, send)).left, newer ? 1 : 0);
    assert.deepEqual(waiting.get("7"), newer);
  });
}

for (const outcome of ["busy", "offline", "signed-out"]) {
  test(`where the site is ${outcome} everything goes on waiting as it is`, async () => {
    const kept = makeStorage();
    for (const card of ["7", "8"]) reviewsOf(open(kept), BEN).set(card, answer());
    const { sent, send } = sender({ outcome, retryAfter: 5 });
    const { left, told, stopped } = await sendReviews(open(kept), BEN, send);
    assert.deepEqual([left, told, stopped, sent.length], [2, 0, outcome, 1]);
    assert.deepEqual(reviewsOf(open(kept), BEN).get("7"), answer());
  });
}

test("what is settled stays until a page has come that was made later", () => {
  assert.equal(isTold({ at: AT }, "2026-11-05T12:00:01+00:00"), true);
  for (const moment of ["2026-11-05T11:00:00+00:00", AT, "", undefined]) assert.equal(isTold({ at: AT }, moment), false);
  assert.equal(isTold({ outcome: "gone" }, ""), true);
  assert.equal(isTold(undefined, AT), false);
});

const headers = new Headers();
const own = (reply) => reply?.card === 7;
const READ = [
  ["stored", 200, { card: 7 }],
  ["told", 409, { card: 7 }],
  ["told", 422, { card: 7 }],
  ["offline", 200, { card: 8 }], // another network, or another page
  ["offline", 200, null],
  ["gone", 404, { status: 404, error: "There is nothing" }],
  ["offline", 404, null],
  ["signed-out", 401, { status: 401, error: "Sign in first" }],
  ["signed-out", 400, { status: 400, error: "This form has expired" }],
  ["signed-out", 403, { status: 403, error: "Choose a password" }],
  ["offline", 511, null],
  ["busy", 503, null],
  ["busy", 429, null],
];
for (const [outcome, status, reply] of READ) {
  test(`a reply of ${status} with ${JSON.stringify(reply)} is read as ${outcome}`, () => {
    assert.equal(readWaited({ status, headers, text: JSON.stringify(reply) }, own).outcome, outcome);
  });
}
