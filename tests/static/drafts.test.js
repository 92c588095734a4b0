// Drafts: kept for two days, each attempt's apart, and never a reason for the page to break.
import assert from "node:assert/strict";
import test from "node:test";

import { Drafts } from "../../learnapp/static/js/drafts.js";
import { makeStorage } from "./storage.js";

const NOW = Date.UTC(2026, 10, 5);
const HOUR = 3600 * 1000;
const draft = (about = {}) => ({ fields: [["choice", "1"]], seq: 3, seen: "", at: NOW, ...about });

test("a draft is there again at the next visit, until it is deleted", () => {
  const storage = makeStorage();
  new Drafts(storage, 7, NOW).set("tea-1", draft());
  const again = new Drafts(storage, 7, NOW + HOUR);
  assert.deepEqual(again.first(), ["tea-1", draft()]);
  again.delete("tea-1");
  assert.equal(again.size, 0);
  assert.equal(new Drafts(storage, 7, NOW).size, 0);
});

test("drafts of another attempt are left alone", () => {
  const storage = makeStorage();
  new Drafts(storage, 7, NOW).set("tea-1", draft());
  assert.equal(new Drafts(storage, 71, NOW).size, 0);
  assert.equal(new Drafts(storage, 7, NOW).size, 1);
});

test("after two days a draft is removed, whichever attempt it belongs to", () => {
  const storage = makeStorage({ other: "kept" });
  new Drafts(storage, 7, NOW).set("tea-1", draft());
  new Drafts(storage, 8, NOW + 48 * HOUR);
  assert.deepEqual(Object.keys(storage), ["other"]);
});

test("what cannot be read is removed", () => {
  const storage = makeStorage({ "learnapp.unsaved.7.tea-1": "{", "learnapp.unsaved.7.tea-2": "null" });
  assert.equal(new Drafts(storage, 7, NOW).size, 0);
  assert.deepEqual(Object.keys(storage), []);
});

test("an update changes every draft, here and in the storage", () => {
  const storage = makeStorage();
  const drafts = new Drafts(storage, 7, NOW);
  drafts.set("tea-1", draft());
  drafts.set("tea-2", draft({ seen: "before" }));
  drafts.update({ seq: 9 });
  for (const kept of [drafts, new Drafts(storage, 7, NOW)]) {
    assert.deepEqual(kept.get("tea-1"), draft({ seq: 9 }));
    assert.deepEqual(kept.get("tea-2"), draft({ seq: 9, seen: "before" }));
  }
});

test("a full or a forbidden storage loses nothing of the page", () => {
  const full = makeStorage();
  Object.defineProperty(full, "setItem", { value: () => { throw new Error("full"); } });
  for (const storage of [full, null]) {
    const drafts = new Drafts(storage, 7, NOW);
    drafts.set("tea-1", draft());
    assert.deepEqual(drafts.get("tea-1"), draft());
    drafts.delete("tea-1");
    assert.equal(drafts.size, 0);
  }
});
