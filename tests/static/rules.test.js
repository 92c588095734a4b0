// Rules of what a device keeps: only whole copies of ours, for one person and age group, for two weeks, within a bound.
import assert from "node:assert/strict";
import test from "node:test";

import {
  boundOf, cachesOf, faultOf, folderOf, isReadable, keptAddress, leastUsed, LEASE_MS, MOST_BYTES, newRecord, placesOf,
  readCopy, readRecord, sizeOf,
} from "../../learnapp/static/js/worker/rules.js";

const BEN = { person: "/ben", band: 14 };
const reply = (about = {}, status = 200) => ({
  status, redirected: false, headers: new Headers({
    "Content-Type": "text/html; charset=utf-8", "X-Request-ID": "1", "X-Copy": "abc 14 /ben", ...about,
  }),
});

test("a copy is told by its header alone", () => {
  assert.deepEqual(readCopy(reply().headers), { digest: "abc", band: 14, person: "/ben" });
  assert.equal(readCopy(new Headers()), null);
  assert.equal(readCopy(new Headers({ "X-Copy": "abc 14" })), null);
});

test("only what this site made for this person and age group, and came whole, is kept", () => {
  assert.equal(faultOf(reply(), "abc", BEN), "");
  assert.equal(faultOf(reply(), "abd", BEN), "broken");
  assert.equal(faultOf(reply(), "abc", { ...BEN, person: "/cleo" }), "other");
  assert.equal(faultOf(reply(), "abc", { ...BEN, band: 12 }), "other");
  assert.equal(faultOf(reply({}, 503), "abc", BEN), "foreign");
  assert.equal(faultOf({ ...reply(), redirected: true }, "abc", BEN), "foreign");
  assert.equal(faultOf(reply({ "Content-Type": "text/plain" }), "abc", BEN), "foreign");
  const portal = reply();
  portal.headers.delete("X-Request-ID");
  assert.equal(faultOf(portal, "abc", BEN), "foreign");
  const plain = reply();
  plain.headers.delete("X-Copy");
  assert.equal(faultOf(plain, "abc", BEN), "foreign");
});

test("what is kept is shown for two weeks after the last contact, and not where a clock was set back by as much", () => {
  const record = newRecord("/ben", 14, LEASE_MS);
  assert.equal(isReadable(record, 2 * LEASE_MS - 1), true);
  assert.equal(isReadable(record, 2 * LEASE_MS), false);
  assert.equal(isReadable(record, 1), true);
  assert.equal(isReadable(record, 0), false);
});

test("a record that is no record is none", () => {
  const record = newRecord("/ben", 14, 1);
  assert.deepEqual(readRecord(JSON.stringify(record)), record);
  const bad = ["", "{", "null", "[]", "{}", JSON.stringify({ ...record, format: 0 })];
  for (const broken of [{ modules: null }, { person: 1 }, { contact: "now" }, { files: undefined }]) {
    bad.push(JSON.stringify({ ...record, ...broken }));
  }
  for (const text of bad) assert.equal(readRecord(text), null, text);
});

test("at most half of what a browser gives is used, and never more than the bound", () => {
  assert.equal(boundOf(undefined), MOST_BYTES);
  assert.equal(boundOf(1e12), MOST_BYTES);
  assert.equal(boundOf(1001), 500);
});

test("the longest unused pages go first, and no more than have to", () => {
  const opened = { "/a": { used: 3, bytes: 10 }, "/b": { used: 1, bytes: 10 }, "/c": { used: 2, bytes: 10 } };
  assert.deepEqual(leastUsed(opened, 0), []);
  assert.deepEqual(leastUsed(opened, 1), ["/b"]);
  assert.deepEqual(leastUsed(opened, 11), ["/b", "/c"]);
  assert.deepEqual(leastUsed(opened, 99), ["/b", "/c", "/a"]);
});

test("a page is found by its address, another one in its place, or the first question that is left", () => {
  const record = newRecord("/ben", 14, 1);
  record.basics = { cache: "b", pages: ["/", "/offline"], instead: {}, bytes: 1 };
  record.modules.tea = {
    cache: "m", pages: ["/modules/tea", "/attempts/7?q=2"], bytes: 2,
    instead: { "/attempts/7": ["/attempts/7?q=1", "/attempts/7?q=2"] },
  };
  record.opened["/attempts/8?q=3"] = { cache: "o", bytes: 4, used: 1 };
  assert.deepEqual(placesOf(record, "/"), [["b", "/"]]);
  assert.deepEqual(placesOf(record, "/attempts/7"), [["m", "/attempts/7?q=2"]]);
  assert.deepEqual(placesOf(record, "/attempts/7?q=1"), []);
  assert.deepEqual(placesOf(record, "/attempts/8"), [["o", "/attempts/8?q=3"]]);
  assert.deepEqual(placesOf(record, "/account"), []);
  assert.equal(sizeOf(record), 7);
  assert.deepEqual([...cachesOf(record)], ["b", "m", "o"]);
});

test("an address is kept without what only leads within its page, and a file in the folder of its hash", () => {
  assert.equal(keptAddress(new URL("https://learn.example/a?q=1#question")), "/a?q=1");
  assert.equal(folderOf("/learn/static/0a1b/js/site.js"), "/learn/static/0a1b/");
  assert.equal(folderOf("/modules/static"), "");
});
