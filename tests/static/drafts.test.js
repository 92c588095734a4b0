// Drafts: kept for two days of the server's, each person's and attempt's apart, never a reason for a page to break.
import assert from "node:assert/strict";
import test from "node:test";

import { Drafts } from "../../learnapp/static/js/drafts.js";
import { forgetOthers, Storage } from "../../learnapp/static/js/storage.js";
import { makeStorage } from "./storage.js";

const NOW = Date.UTC(2026, 10, 5);
const HOUR = 3600 * 1000;
const BEN = "/ben";
const draft = (about = {}) => ({ fields: [["choice", "1"]], seq: 3, seen: "", ...about });
const open = (kept, { person = BEN, attempt = 7, now = NOW } = {}) =>
  new Drafts(new Storage(() => kept), person, attempt, now);

test("a draft is there again at the next visit, until it is deleted", () => {
  const kept = makeStorage();
  open(kept).set("tea-1", draft());
  const again = open(kept, { now: NOW + HOUR });
  assert.deepEqual(again.first(), ["tea-1", draft({ found: NOW + HOUR })]);
  again.delete("tea-1");
  assert.equal(again.size, 0);
  assert.equal(open(kept).size, 0);
});

test("a draft from before the site had another secret is found, newer ones win, and all of it is deleted", () => {
  const kept = makeStorage();
  open(kept).set("tea-1", draft());
  const after = open(kept, { person: "/ben2 /ben" });
  assert.deepEqual(after.first(), ["tea-1", draft({ found: NOW })]);
  after.set("tea-1", draft({ seq: 4 }));
  const again = open(kept, { person: "/ben2 /ben" });
  assert.equal(again.size, 1);
  assert.equal(again.get("tea-1").seq, 4);
  again.delete("tea-1");
  assert.deepEqual(Object.keys(kept), []);
});

test("on a device of one's own a draft waits for two weeks, and on a kept copy no time is counted", () => {
  const kept = makeStorage({ "learnapp.device:": "{}" });
  open(kept, { now: NaN }).set("tea-1", draft());
  assert.equal(open(kept, { now: NaN }).size, 1);
  assert.equal(open(kept).first()[1].found, NOW);
  assert.equal(open(kept, { now: NOW + 14 * 24 * HOUR - 1 }).size, 1);
  assert.equal(open(kept, { now: NOW + 14 * 24 * HOUR }).size, 0);
});

test("a draft whose secret is forgotten is a stranger's", () => {
  const kept = makeStorage();
  open(kept).set("tea-1", draft());
  assert.equal(open(kept, { person: "/ben2" }).size, 0);
  assert.deepEqual(Object.keys(kept), []);
});

test("drafts of another attempt are left alone", () => {
  const kept = makeStorage();
  open(kept).set("tea-1", draft());
  assert.equal(open(kept, { attempt: 71 }).size, 0);
  assert.equal(open(kept).size, 1);
});

test("two days after a page has found it a draft is removed, whichever attempt it belongs to", () => {
  const kept = makeStorage({ other: "kept" });
  open(kept).set("tea-1", draft());
  open(kept, { attempt: 8, now: NOW + 200 * HOUR });
  open(kept, { attempt: 8, now: NOW + 247 * HOUR });
  assert.equal(Object.keys(kept).length, 2);
  open(kept, { attempt: 8, now: NOW + 248 * HOUR });
  assert.deepEqual(Object.keys(kept), ["other"]);
});

test("no clock of a device takes a draft away", (context) => {
  for (const year of [1970, 2020, 2026, 2100]) {
    const kept = makeStorage();
    context.mock.method(Date, "now", () => Date.UTC(year));
    open(kept).set("tea-1", draft());
    context.mock.method(Date, "now", () => Date.UTC(4000 - year));
    assert.equal(open(kept, { now: NOW + 999 * HOUR }).size, 1, `typed in ${year}`);
  }
  const kept = makeStorage();
  open(kept, { now: NaN }).set("tea-1", draft());
  assert.equal(open(kept, { now: NaN }).size, 1);
});

test("another person finds nothing of it, and the same one all of it after signing in again", () => {
  const kept = makeStorage({ other: "kept" });
  open(kept).set("tea-1", draft());
  assert.equal(open(kept).size, 1); // Nobody else was here meanwhile.
  assert.equal(open(kept, { person: "/ada" }).size, 0);
  assert.deepEqual(Object.keys(kept), ["other"]);
});

test("whoever signs out, or opens any page as somebody else, leaves nothing of others", () => {
  for (const person of ["/ada", "/nobody"]) {
    const kept = makeStorage({ "learnapp.unsaved./learn/ben.7.tea-1": JSON.stringify(draft()) });
    open(kept).set("tea-1", draft());
    forgetOthers(new Storage(() => kept), person);
    assert.deepEqual(Object.keys(kept), ["learnapp.unsaved./learn/ben.7.tea-1"]); // a site below another path
  }
});

test("what cannot be read is removed", () => {
  const kept = makeStorage({ "learnapp.unsaved./ben.7.tea-1": "{", "learnapp.unsaved./ben.7.tea-2": "null" });
  assert.equal(open(kept).size, 0);
  assert.deepEqual(Object.keys(kept), []);
});

test("an update changes every draft, here and in the storage", () => {
  const kept = makeStorage();
  const drafts = open(kept);
  drafts.set("tea-1", draft());
  drafts.set("tea-2", draft({ seen: "before" }));
  drafts.update({ seq: 9 });
  assert.deepEqual(drafts.get("tea-1"), draft({ seq: 9 }));
  assert.deepEqual(open(kept).get("tea-2"), draft({ seq: 9, seen: "before", found: NOW }));
});

const full = makeStorage();
Object.defineProperty(full, "setItem", { value: () => { throw new Error("full"); } });
const broken = new Proxy({}, { get() { throw new Error("broken"); }, ownKeys() { throw new Error("broken"); } });
const BROKEN = {
  full: () => full,
  forbidden: () => { throw new Error("forbidden"); },
  null: () => null,
  undefined: () => undefined,
  broken: () => broken,
};
for (const [name, storage] of Object.entries(BROKEN)) {
  test(`a storage that is ${name} loses nothing of the page, and says that it keeps nothing`, () => {
    const drafts = new Drafts(new Storage(storage), BEN, 7, NOW);
    assert.ok(drafts.kept);
    drafts.set("tea-1", draft());
    assert.deepEqual(drafts.get("tea-1"), draft());
    assert.equal(drafts.kept, false);
    drafts.delete("tea-1");
    assert.equal(drafts.size, 0);
    assert.ok(drafts.kept);
    assert.equal(new Storage(storage).get("learnapp.keys-off"), null);
    forgetOthers(new Storage(storage), "/ada");
  });
}
