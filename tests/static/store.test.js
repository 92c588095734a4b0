// Store: what was put is given back as it was or not at all, and what no record names goes.
import assert from "node:assert/strict";
import test from "node:test";

import { newRecord } from "../../learnapp/static/js/worker/rules.js";
import { Store } from "../../learnapp/static/js/worker/store.js";
import { Caches } from "./caches.js";

const bytes = (text) => new TextEncoder().encode(text);
const open = () => {
  const caches = new Caches();
  return { caches, store: new Store(caches, "") };
};

test("a page comes back with its headers, without those of the way that it came", async () => {
  const { store } = open();
  const headers = { "Content-Type": "text/html", "Content-Encoding": "br", "Content-Security-Policy": "default-src" };
  await store.put("learnapp::one", "/a", bytes("tea"), headers);
  const found = await store.match("learnapp::one", "/a");
  assert.equal(await found.text(), "tea");
  assert.equal(found.headers.get("Content-Security-Policy"), "default-src");
  assert.equal(found.headers.get("Content-Encoding"), null);
  assert.equal(await store.match("learnapp::one", "/b"), null);
  assert.equal(await store.match("learnapp::two", "/a"), null);
});

test("what does not fit its digest, or has none, is dropped and not shown", async () => {
  const { caches, store } = open();
  await store.put("learnapp::one", "/a", bytes("tea"), {});
  const cache = await caches.open("learnapp::one");
  const { headers } = cache.entries.get("/a");
  cache.entries.set("/a", { bytes: bytes("poison").buffer, headers });
  cache.entries.set("/b", { bytes: bytes("rubbish").buffer, headers: [] });
  assert.equal(await store.holds("learnapp::one", ["/a", "/b"]), true);
  assert.equal(await store.match("learnapp::one", "/a"), null);
  assert.equal(await store.match("learnapp::one", "/b"), null);
  assert.equal(await store.holds("learnapp::one", ["/a"]), false);
});

test("a record that was overwritten counts as none", async () => {
  const { caches, store } = open();
  const record = newRecord("/ben", 14, 1);
  assert.equal(await store.record(), null);
  await store.save(record);
  assert.deepEqual(await store.record(), record);
  const cache = await caches.open("learnapp::record");
  await cache.put("/record", new Response("rubbish"));
  assert.equal(await store.record(), null);
});

test("what no record names goes, and nothing of another site of the same host", async () => {
  const { caches, store } = open();
  for (const name of ["learnapp::one", "learnapp::two", "learnapp:/other:one", "else"]) await caches.open(name);
  await store.save(newRecord("/ben", 14, 1));
  await store.removeAllBut(["learnapp::one"]);
  assert.deepEqual(await caches.keys(), ["learnapp::one", "learnapp:/other:one", "else", "learnapp::record"]);
  await store.wipe();
  assert.deepEqual(await caches.keys(), ["learnapp:/other:one", "else"]);
});
