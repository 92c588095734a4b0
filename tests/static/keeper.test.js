// Keeper: a module is there whole or not at all; age groups, people, wipes and full devices leave nothing behind.
import assert from "node:assert/strict";
import test from "node:test";

import { SiteFetcher } from "../../learnapp/static/js/worker/fetching.js";
import { Keeper } from "../../learnapp/static/js/worker/keeper.js";
import { LEASE_MS } from "../../learnapp/static/js/worker/rules.js";
import { digestOf, Store } from "../../learnapp/static/js/worker/store.js";
import { Caches } from "./caches.js";

const OURS = { "X-Request-ID": "1" };
const html = { ...OURS, "Content-Type": "text/html; charset=utf-8" };
const json = (about) => new Response(JSON.stringify(about), { headers: OURS });

// A site with one module, and a device that keeps what is chosen.
class Device {
  caches = new Caches();
  store = new Store(this.caches, "");
  site = { person: "/ben", band: 14, version: "v1", pages: { "/modules/tea": "tea", "/modules/tea/leaf": "leaf" } };
  basics = { "/": "home", "/offline": "no connection" };
  asked = [];
  told = [];
  lost = new Set(); // addresses that do not answer
  losses = []; // which of the next requests are lost
  quota = 1e9;

  constructor() {
    const site = new SiteFetcher("", (address, options) => this.answer(address, options), async () => {});
    const tell = (message) => this.told.push(message);
    this.keeper = new Keeper(this.store, site, { tell, quota: async () => this.quota });
  }

  async answer(address, { headers = {} } = {}) {
    this.asked.push(address);
    await null;
    if (this.lost.has(address)) throw new TypeError("lost");
    if (this.losses.length && this.losses.shift()) throw new TypeError("lost once");
    const { site } = this;
    if (address === "/device/basics") {
      const files = { "/static/aa/js/site.js": await digestOf(new TextEncoder().encode("script")) };
      return json({ version: "b1", pages: Object.keys(this.basics), instead: {}, title: "", files });
    }
    if (address === "/static/aa/js/site.js") return new Response("script");
    if (address === "/device/modules/tea") {
      return json({ version: site.version, pages: Object.keys(site.pages), instead: {}, title: "Tea" });
    }
    if (site.person === "") return new Response("", { status: 401, headers: OURS });
    const text = { ...this.basics, ...site.pages, ...this.others }[address];
    if (text === undefined) return new Response("", { status: 404, headers: OURS });
    const digest = await digestOf(new TextEncoder().encode(text));
    if (headers["If-None-Match"] === digest) return new Response(null, { status: 304, headers: OURS });
    const copy = { "X-Copy": `${digest} ${site.band} ${site.person}`, ETag: digest };
    return new Response(text, { headers: { ...html, ...copy } });
  }

  meet(chosen = ["tea"]) {
    const { person, band, version } = this.site;
    return this.keeper.meet({ person, band, token: "t", basics: "b1", modules: { tea: version } }, chosen);
  }

  async text(address) {
    const kept = await this.keeper.find(address);
    return kept && kept.found.text();
  }
}

test("a chosen module is kept with its pages, and everything else that is needed to show them", async () => {
  const device = new Device();
  await device.meet();
  assert.equal(await device.text("/modules/tea/leaf"), "leaf");
  assert.equal(await device.text("/offline"), "no connection");
  assert.equal(await (await device.keeper.findFile("/static/aa/js/site.js")).text(), "script");
  assert.equal(await device.text("/account"), null);
  const before = device.asked.length;
  await device.meet();
  assert.equal(device.asked.length, before, "nothing has changed, so nothing is fetched");
});

test("a module that could not be fetched whole is not shown, and the one before stays", async () => {
  const device = new Device();
  device.lost.add("/modules/tea/leaf");
  await device.meet();
  assert.equal(await device.text("/modules/tea"), null);
  assert.deepEqual((await device.store.record()).trouble, { tea: "failed" });
  device.lost.clear();
  await device.meet();
  assert.equal(await device.text("/modules/tea/leaf"), "leaf");
  Object.assign(device.site, { version: "v2", pages: { "/modules/tea": "new tea", "/modules/tea/leaf": "new leaf" } });
  device.lost.add("/modules/tea/leaf");
  await device.meet();
  assert.equal(await device.text("/modules/tea"), "tea");
  device.lost.clear();
  await device.meet();
  assert.equal(await device.text("/modules/tea"), "new tea");
  assert.equal((await device.caches.keys()).filter((name) => name.includes("module:")).length, 1);
});

test("a line that loses some requests keeps nobody from having a module whole", async () => {
  const device = new Device();
  device.losses = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0];
  await device.meet();
  assert.equal(await device.text("/modules/tea/leaf"), "leaf");
});

test("what has not changed is not sent again, and what is closed now is gone before anything is fetched", async () => {
  const device = new Device();
  await device.meet();
  Object.assign(device.site, { version: "v2", pages: { "/modules/tea": "new tea" } });
  device.lost.add("/modules/tea");
  await device.meet();
  assert.equal(await device.text("/modules/tea/leaf"), null);
  assert.equal(await device.text("/modules/tea"), "tea");
});

test("another age group or another person finds nothing of what was there before", async () => {
  for (const change of [{ band: 12 }, { person: "/cleo" }]) {
    const device = new Device();
    await device.meet();
    Object.assign(device.site, change, { pages: { "/modules/tea": "for others" } });
    device.lost.add("/device/basics");
    await device.meet();
    assert.equal(await device.text("/modules/tea"), null);
    assert.equal(await device.text("/modules/tea/leaf"), null);
    assert.equal(await device.text("/"), null);
  }
});

test("a copy that was made for another age group is not kept", async () => {
  const device = new Device();
  const met = device.meet();
  device.site.band = 18;
  await met;
  assert.equal(await device.text("/modules/tea"), null);
});

test("whoever is signed out keeps nothing", async () => {
  const device = new Device();
  await device.meet();
  const { person } = device.site;
  device.site.person = "";
  await device.keeper.meet({ person, band: 14, token: "t", basics: "b2", modules: { tea: "v2" } }, ["tea"]);
  assert.deepEqual(await device.caches.keys(), []);
  assert.deepEqual(device.told.at(-1), { type: "ended" });
});

test("a wipe ends what is under way, and nothing comes back", async () => {
  const device = new Device();
  const met = device.meet();
  await new Promise((done) => { setTimeout(done); });
  await device.keeper.wipe();
  await met;
  assert.deepEqual(await device.caches.keys(), []);
});

test("after two weeks without contact nothing is shown", async (t) => {
  const device = new Device();
  t.mock.timers.enable({ apis: ["Date"], now: 1e12 });
  await device.meet();
  t.mock.timers.setTime(1e12 + LEASE_MS - 1);
  assert.equal(await device.text("/modules/tea"), "tea");
  t.mock.timers.setTime(1e12 + LEASE_MS);
  assert.equal(await device.text("/modules/tea"), null);
  assert.deepEqual(await device.caches.keys(), []);
});

test("what is broken is not shown, and is fetched again at the next contact", async () => {
  const device = new Device();
  await device.meet();
  const name = (await device.caches.keys()).find((one) => one.includes("module:"));
  const { entries } = await device.caches.open(name);
  entries.set("/modules/tea", { bytes: new TextEncoder().encode("poison").buffer, headers: [] });
  assert.equal(await device.text("/modules/tea"), null);
  await device.meet();
  assert.equal(await device.text("/modules/tea"), "tea");
});

test("a record that was spoiled is made anew, and what it named is gone", async () => {
  const device = new Device();
  await device.meet();
  await (await device.caches.open("learnapp::record")).put("/record", new Response("rubbish"));
  assert.equal(await device.text("/modules/tea"), null);
  await device.meet();
  assert.equal(await device.text("/modules/tea"), "tea");
  assert.equal((await device.caches.keys()).filter((one) => one.includes("module:")).length, 1);
});

test("opened pages are kept once, make room for chosen ones, and chosen ones never go by themselves", async () => {
  const device = new Device();
  await device.meet([]);
  device.others = { "/modules/one/a": "a".repeat(400), "/modules/one/b": "b".repeat(400) };
  await device.keeper.open("/modules/one/a");
  await device.keeper.open("/modules/one/b");
  const before = device.asked.length;
  await device.keeper.open("/modules/one/b");
  assert.equal(device.asked.length, before);
  device.quota = 2000;
  device.site.pages = { "/modules/tea": "t".repeat(300) };
  await device.meet();
  assert.equal(await device.text("/modules/one/a"), null);
  assert.equal((await device.text("/modules/one/b")).length, 400);
  assert.equal((await device.text("/modules/tea")).length, 300);
  device.others["/modules/one/c"] = "c".repeat(900);
  await device.keeper.open("/modules/one/c");
  assert.equal(await device.text("/modules/one/c"), null);
  assert.equal((await device.text("/modules/tea")).length, 300);
});

test("a module for which there is no room says so, and leaves nothing half-kept", async () => {
  const device = new Device();
  await device.meet([]);
  device.caches.room = device.caches.bytes + 700;
  device.site.pages["/modules/tea/leaf"] = "l".repeat(2000);
  await device.meet();
  assert.deepEqual((await device.store.record()).trouble, { tea: "full" });
  assert.equal(await device.text("/modules/tea"), null);
  assert.equal((await device.caches.keys()).filter((name) => name.includes("module:")).length, 0);
});

test("of a quiz that is opened all questions are kept, and one that has been checked goes", async () => {
  const device = new Device();
  await device.meet([]);
  const links = '<a href="/attempts/7?q=1#question"></a><a href="/attempts/7?q=2#question"></a>';
  device.others = { "/attempts/7?q=1": `one ${links}`, "/attempts/7?q=2": `two ${links}` };
  await device.keeper.open("/attempts/7?q=1");
  assert.equal(await device.text("/attempts/7?q=2"), `two ${links}`);
  await device.keeper.drop("/attempts/7?q=1");
  assert.equal(await device.text("/attempts/7?q=1"), null);
  assert.equal(await device.text("/attempts/7"), `two ${links}`);
});

test("a question of a kept module that was checked goes, and does not make the module stale", async () => {
  const device = new Device();
  device.site.pages["/attempts/7?q=1"] = "one";
  await device.meet();
  await device.keeper.drop("/attempts/7?q=1");
  const before = device.asked.length;
  await device.meet();
  assert.equal(device.asked.length, before);
  assert.equal(await device.text("/attempts/7?q=1"), null);
});
