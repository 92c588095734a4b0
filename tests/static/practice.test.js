// Practice that waits in the browser: sent once however often replies are lost, and asked about only where another
// window or device was in between. The server here is a small one that keeps to the same rules.
import assert from "node:assert/strict";
import test from "node:test";

import { freshRun, keepMine, noteTold, runsOf, sendPractice, takeOther } from "../../learnapp/static/js/send-practice.js";
import { Storage } from "../../learnapp/static/js/storage.js";
import { makeStorage } from "./storage.js";

const VERA = "/vera";
const TALK = "two-minutes";
const AT = "2026-11-05T12:00:00+00:00";
const digest = (words) => (words ? `#${words}` : "");

class Site {
  run = { path: "", anticipated: "", note: "", done: 0 };
  changes = 0;
  loses = []; // for each request: "before" it arrives, "after" it was carried out, or nothing

  send = async (_person, address, pairs) => {
    assert.equal(address, `/practice/${TALK}/path`);
    const loss = this.loses.shift();
    if (loss === "before") return { outcome: "offline" };
    const answer = this.answer(Object.fromEntries(pairs));
    return loss === "after" ? { outcome: "offline" } : answer;
  };

  answer(form) {
    const about = { conversation: TALK, at: AT };
    const told = (reply) => ({ outcome: "told", reply: { ...about, ...reply } });
    const path = form.path ?? this.run.path;
    if (path !== this.run.path && form.before !== this.run.path) {
      return told({ stale: "path", path: this.run.path.split(" ").filter(Boolean) });
    }
    for (const kind of ["anticipated", "note"]) {
      const kept = this.run[kind];
      if (form[kind] === undefined || ["", form[kind]].includes(kept) || digest(kept) === form[`${kind}_seen`]) continue;
      return told({ stale: kind, words: kept, seen: digest(kept) });
    }
    const after = { path, anticipated: form.anticipated ?? this.run.anticipated, note: form.note ?? this.run.note };
    this.changes += JSON.stringify({ ...after, done: 0 }) !== JSON.stringify({ ...this.run, done: 0 });
    this.run = { ...after, done: this.run.done || Number(form.ended !== "") };
    const seen = { anticipated: digest(after.anticipated), note: digest(after.note) };
    return {
      outcome: "stored", reply: { ...about, path: path.split(" ").filter(Boolean), seen, whole: true },
    };
  }
}

// A page on a device, which goes on from what it was told.
function device(site) {
  const kept = makeStorage();
  const storage = new Storage(() => kept);
  const runs = runsOf(storage, VERA);
  const base = { before: [], seen: "" };
  return {
    get entry() { return runs.get(TALK); },
    change(path, note) {
      const before = runs.get(TALK);
      const entry = before && !before.settled ? before : freshRun(base.before);
      const written = note === undefined ? {} : { note: { words: note, seen: entry.words.note?.seen ?? base.seen } };
      const ended = path.at(-1) === "end" ? path : entry.ended;
      const moved = entry.moved || entry.path.join() !== path.join();
      runs.set(TALK, { ...entry, path, moved, words: { ...entry.words, ...written }, ended });
    },
    tell() { noteTold(storage, VERA, TALK); },
    forget() { runs.delete(TALK); },
    choose(which) { runs.set(TALK, which(runs.get(TALK))); },
    async send() {
      const done = await sendPractice(storage, VERA, (...request) => site.send(...request));
      const { settled } = runs.get(TALK) ?? {};
      if (settled?.path) Object.assign(base, { before: settled.path, seen: settled.seen.note ?? base.seen });
      return done;
    },
  };
}

test("a path and a note are sent once, and what is settled waits no more", async () => {
  const site = new Site();
  const phone = device(site);
  phone.change(["a", "end"], "Mine.");
  const { left, sent, asks, stopped } = await phone.send();
  assert.deepEqual([left, sent, asks, stopped], [0, 1, [], ""]);
  assert.deepEqual(site.run, { path: "a end", anticipated: "", note: "Mine.", done: 1 });
  assert.deepEqual(phone.entry.settled.path, ["a", "end"]);
  await phone.send();
  assert.equal(site.changes, 1);
});

for (const loss of ["before", "after"]) {
  test(`what is lost ${loss} it was carried out is sent again, and what came after it goes on`, async () => {
    const site = new Site();
    const phone = device(site);
    site.loses = [loss];
    phone.change(["a"], "One.");
    assert.equal((await phone.send()).stopped, "offline");
    phone.change(["a", "b"], "Two.");
    const { left, asks } = await phone.send();
    assert.deepEqual([left, asks], [0, []]);
    assert.deepEqual([site.run.path, site.run.note], ["a b", "Two."]);
  });
}

test("whatever is lost, the last state of a device arrives and nothing is asked", async () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round += 1) {
    const site = new Site();
    const phone = device(site);
    let path = [];
    for (let step = 0; step < 9; step += 1) {
      path = random() < 0.3 ? path.slice(0, -1) : [...path, "abc"[Math.floor(random() * 3)]];
      const note = random() < 0.4 ? `Note ${step}` : undefined;
      phone.change(path, note);
      site.loses = [0, 0].map(() => (random() < 0.5 ? "" : random() < 0.5 ? "before" : "after"));
      await phone.send();
    }
    phone.change([...path, "end"], "Last.");
    site.loses = [];
    assert.deepEqual([(await phone.send()).left, phone.entry.stale], [0, undefined]);
    assert.deepEqual([site.run.path, site.run.note], [[...path, "end"].join(" "), "Last."]);
  }
});

for (const [which, path] of [[keepMine, "b"], [takeOther, "a"]]) {
  test(`a talk that went on elsewhere is asked about once, and ${which.name} settles it`, async () => {
    const site = new Site();
    const [phone, laptop] = [device(site), device(site)];
    phone.change(["a"]);
    await phone.send();
    laptop.change(["b"]);
    laptop.change(["b", "end"]);
    laptop.change(["b"]);
    assert.deepEqual((await laptop.send()).asks, [[TALK, "choose"]]);
    assert.deepEqual((await laptop.send()).asks, [[TALK, "choose"]]); // It waits for the answer.
    laptop.choose(which);
    const { left, asks } = await laptop.send();
    assert.deepEqual([left, asks], [0, []]);
    assert.deepEqual([site.run.path, site.run.done], [path, 1]); // The end counts in any case.
  });
}

for (const [which, note] of [[keepMine, "Here."], [takeOther, "There."]]) {
  test(`another note is asked about apart from the talk, and ${which.name} settles it`, async () => {
    const site = new Site();
    const [phone, laptop] = [device(site), device(site)];
    phone.change([], "There.");
    await phone.send();
    laptop.change(["a"], "Here.");
    await laptop.send();
    assert.equal(laptop.entry.stale.stale, "note");
    assert.equal(laptop.entry.stale.words, "There.");
    laptop.choose(which);
    assert.equal((await laptop.send()).left, 0);
    assert.deepEqual([site.run.path, site.run.note], ["a", note]);
  });
}

test("what changes while a request is on its way goes on from what that one stored", async () => {
  const site = new Site();
  const phone = device(site);
  const { send } = site;
  site.send = async (...request) => {
    site.send = send;
    const answer = await send(...request);
    phone.change(["a", "b"], "Two.");
    return answer;
  };
  phone.change(["a"], "One.");
  await phone.send();
  assert.deepEqual([site.run.path, site.run.note], ["a b", "Two."]);
});

test("a conversation that is closed meanwhile is told once, and no word of it is lost", async () => {
  const site = new Site();
  const phone = device(site);
  site.send = async () => ({ outcome: "gone" });
  phone.change(["a"]);
  assert.deepEqual((await phone.send()).asks, [[TALK, "gone"]]);
  phone.tell();
  assert.equal(phone.entry, undefined);
  phone.change(["a"], "Mine.");
  for (const _time of [1, 2]) {
    assert.deepEqual((await phone.send()).asks, [[TALK, "gone_left"]]);
    phone.tell();
    assert.equal(phone.entry.settled.words.note.words, "Mine.");
  }
});

const closed = (words) => ({ conversation: TALK, at: AT, closed: true, path: [], seen: { note: digest(words) }, whole: true });

test("words beside a closed conversation are sent, those that were written meanwhile, too", async () => {
  const site = new Site();
  const phone = device(site);
  const sent = [];
  site.send = async (_person, _address, pairs) => {
    const { note } = Object.fromEntries(pairs);
    if (!sent.length) phone.change(["a"], "Two.");
    sent.push(note);
    return { outcome: "stored", reply: closed(note) };
  };
  phone.change(["a"], "One.");
  assert.deepEqual((await phone.send()).asks, [[TALK, "gone_kept"]]);
  assert.deepEqual(sent, ["One.", "Two."]);
  phone.tell();
  assert.equal(phone.entry, undefined);
});

test("words for which there is no room beside a closed conversation stay", async () => {
  const site = new Site();
  const phone = device(site);
  phone.change([], "Mine.");
  const reply = { ...closed("There."), stale: "note", words: "There." };
  site.send = async () => ({ outcome: "told", reply });
  assert.deepEqual((await phone.send()).asks, [[TALK, "gone_left"]]);
  assert.equal(phone.entry.settled.words.note.words, "Mine.");
});

test("that a conversation was rewritten is told once", async () => {
  const site = new Site();
  const phone = device(site);
  const reply = { conversation: TALK, at: AT, path: [], seen: {}, whole: false };
  site.send = async () => ({ outcome: "stored", reply });
  phone.change(["a"]);
  assert.deepEqual((await phone.send()).asks, [[TALK, "rewritten"]]);
  phone.tell();
  assert.deepEqual((await phone.send()).asks, []);
  assert.deepEqual(phone.entry.settled.path, []);
});

for (const [which, outcome] of [["stored", "stored"], ["met", "told"], ["removed", "stored"]]) {
  test(`what another window has ${which} meanwhile stays as it is`, async () => {
    const site = new Site();
    const phone = device(site);
    phone.change(["a"], "One.");
    const there = {
      stored: { settled: { path: ["a"], seen: {}, whole: true, at: AT } },
      met: { ...phone.entry, stale: { stale: "path", path: ["b"], conversation: TALK, at: AT } },
    }[which];
    site.send = async () => {
      if (there) phone.choose(() => there);
      else phone.forget();
      return { outcome, reply: { conversation: TALK, at: AT, stale: "path", path: ["c"], seen: { note: "" } } };
    };
    assert.equal((await phone.send()).stopped, "");
    assert.deepEqual(phone.entry, there);
  });
}
