// Autosave: "saved" is only said when it is true, and no answer is lost or stored over another unasked.
import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";

import { answerText, Autosave, pauseAfter, TRANSITIONS } from "../../learnapp/static/js/autosave.js";
import { Drafts } from "../../learnapp/static/js/drafts.js";
import { Clock } from "./clock.js";
import { Storage } from "../../learnapp/static/js/storage.js";
import { makeStorage } from "./storage.js";

const ITEM = "tea-1";
const FAILED = { outcome: "offline" };
const draft = (choice, about = {}) => ({
  fields: [["item", ITEM], ["choice", choice]], seq: 0, seen: "", q: "1", ...about,
});
const stored = (seq, choice, about = {}) => ({
  outcome: "stored", reply: { seq, saved_at: `time ${seq}`, fields: [["choice", choice]], closed: false, ...about },
});
const differing = (seq, choice, about = {}) => ({ ...stored(seq, choice, about), outcome: "differing" });

// Let everything that waits for a promise go on; no time passes.
const settle = () => new Promise((done) => setImmediate(done));

// A page that notes what it is told. Each save waits until the test responds to it.
class Page {
  constructor() {
    this.saves = [];
    this.states = [];
    this.stored = [];
    this.asked = [];
    this.said = [];
    this.drafts = new Drafts(new Storage(() => makeStorage()), "/ben", 7, 0);
    this.autosave = new Autosave(this.drafts, {
      save: (item, sent) => new Promise((respond) => this.saves.push({ item, sent, respond })),
      showState: (state, about) => {
        this.states.push(about.savedAt ? `${state} at ${about.savedAt}` : state);
        this.said.push({ state, ...about });
      },
      showStored: (item, reply) => this.stored.push([item, reply.seq]),
      askWhichToKeep: (item, mine) => this.asked.push([item, mine]),
    });
  }

  async change(choice, about) {
    this.autosave.change(ITEM, draft(choice, about));
    await this.pass(0);
  }

  async respond(outcome) {
    this.saves.at(-1).respond(outcome);
    await settle();
    await this.pass(0);
  }

  async pass(ms) {
    clock.tick(ms);
    await settle();
  }

  get state() {
    return this.autosave.state;
  }
}

let clock;
beforeEach(() => {
  clock = new Clock();
  clock.install();
});
afterEach(() => clock.restore());

test("every transition leads to a named state", () => {
  const states = Object.keys(TRANSITIONS);
  assert.deepEqual(states, ["idle", "saving", "saved", "offline", "busy", "conflict", "refused", "signed-out"]);
  for (const events of Object.values(TRANSITIONS)) {
    for (const next of Object.values(events)) assert.ok(states.includes(next), next);
    assert.equal(events.reset, "idle");
  }
});

test("saved is said after the response, not before", async () => {
  const page = new Page();
  await page.change("1");
  assert.deepEqual(page.states, ["saving"]);
  assert.equal(page.saves.length, 1);
  assert.equal(page.autosave.unsaved, false);
  await page.respond(stored(1, "1"));
  assert.deepEqual(page.states, ["saving", "saved at time 1"]);
  assert.deepEqual(page.stored, [[ITEM, 1]]);
  assert.equal(page.drafts.size, 0);
  assert.equal(page.autosave.unsaved, false);
});

test("typing is sent when it rests", async () => {
  const page = new Page();
  page.autosave.change(ITEM, draft("l"), 700);
  await page.pass(600);
  page.autosave.change(ITEM, draft("leaf"), 700);
  await page.pass(699);
  assert.equal(page.saves.length, 0);
  await page.pass(1);
  assert.deepEqual(page.saves[0].sent, draft("leaf"));
});

test("a page that is hidden sends what was typed at once", () => {
  const page = new Page();
  page.autosave.change(ITEM, draft("l"), 700);
  page.autosave.send();
  assert.equal(page.saves.length, 1);
});

test("a change during a save is sent after it, on the number that the save led to", async () => {
  const page = new Page();
  await page.change("1");
  await page.change("2");
  assert.equal(page.saves.length, 1);
  await page.respond(stored(1, "1"));
  assert.equal(page.state, "saving");
  assert.deepEqual(page.saves[1].sent, draft("2", { seq: 1, seen: "time 1" }));
  await page.respond(stored(2, "2"));
  assert.equal(page.state, "saved");
  assert.equal(page.drafts.size, 0);
});

test("a flag that changes during a save is sent too, although the answer is the same", async () => {
  const page = new Page();
  await page.change("1");
  await page.change("1", { fields: [...draft("1").fields, ["flagged", "1"]] });
  await page.respond(stored(1, "1"));
  assert.equal(page.saves.length, 2);
  assert.equal(page.state, "saving");
});

test("drafts of several questions are sent one after another", async () => {
  const page = new Page();
  page.drafts.set("tea-2", draft("3"));
  await page.change("1");
  await page.respond(stored(1, "3"));
  assert.equal(page.state, "saving");
  assert.deepEqual(page.saves[1].sent, draft("1", { seq: 1 }));
  await page.respond(stored(2, "1"));
  assert.equal(page.state, "saved");
});

test("without a network a save is tried again, ever more patiently, until it is stored", async () => {
  const page = new Page();
  await page.change("1");
  for (const seconds of [1, 2, 4, 8, 16, 16]) {
    await page.respond(FAILED);
    assert.equal(page.state, "offline");
    assert.ok(page.autosave.unsaved);
    const tries = page.saves.length;
    await page.pass(1000 * seconds - 1);
    assert.equal(page.saves.length, tries);
    await page.pass(1);
    assert.equal(page.saves.length, tries + 1);
  }
  await page.respond(stored(1, "1"));
  assert.equal(page.state, "saved");
  assert.equal(page.autosave.unsaved, false);
});

test("the server may ask for a pause of its own", async () => {
  assert.equal(pauseAfter(1, 60), 60_000);
  assert.equal(pauseAfter(9, 0), 16_000);
  const page = new Page();
  await page.change("1");
  await page.respond({ outcome: "busy", retryAfter: 5 });
  assert.equal(page.state, "busy");
  await page.pass(4999);
  assert.equal(page.saves.length, 1);
  await page.pass(1);
  assert.equal(page.saves.length, 2);
});

test("back online, or changed again, a draft is sent without waiting", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(FAILED);
  page.autosave.send();
  assert.equal(page.saves.length, 2);
  await page.respond(FAILED);
  await page.change("2");
  assert.equal(page.saves.length, 3);
  assert.equal(page.state, "saving");
  assert.ok(page.autosave.unsaved);
});

test("drafts of an earlier visit are sent at once", async () => {
  const page = new Page();
  page.autosave.resume();
  assert.equal(page.state, "idle");
  page.drafts.set(ITEM, draft("1"));
  page.autosave.resume();
  await page.pass(0);
  assert.deepEqual(page.states, ["saving"]);
  assert.equal(page.saves.length, 1);
});

test("a save whose response was lost is recognised, and goes on from there unasked", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(FAILED); // It was stored all the same.
  await page.change("2");
  await page.respond(differing(1, "1"));
  assert.deepEqual(page.asked, []);
  assert.deepEqual(page.saves.at(-1).sent, draft("2", { seq: 1, seen: "time 1" }));
  await page.respond(stored(2, "2"));
  assert.equal(page.state, "saved");
});

test("an answer of before is not taken for a lost save: another window may have stored it again", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(stored(1, "1"));
  await page.change("2");
  await page.respond(differing(5, "1"));
  assert.deepEqual(page.asked, [[ITEM, draft("2")]]);

  const afterButton = new Page();
  await afterButton.change("1");
  await afterButton.respond(FAILED);
  await afterButton.autosave.hold();
  afterButton.autosave.reset(ITEM);
  await afterButton.change("2");
  await afterButton.respond(differing(5, "1"));
  assert.deepEqual(afterButton.asked, [[ITEM, draft("2")]]);
});

test("the same answer stored by another window is no conflict", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(differing(4, "1"));
  assert.deepEqual(page.states, ["saving", "saved at time 4"]);
  assert.deepEqual(page.stored, [[ITEM, 4]]);
  assert.equal(page.drafts.size, 0);
});

test("a question that was checked elsewhere takes no answer any more", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(differing(4, "2", { closed: true }));
  assert.deepEqual(page.asked, []);
  assert.equal(page.drafts.size, 0);
  // What stands there now is not what this page shows: that is not said to be saved.
  assert.deepEqual(page.said.at(-1), { state: "refused", item: ITEM, q: "1", closed: true });
});

test("another answer of another window makes the learner choose, and nothing is sent until then", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(differing(4, "2"));
  assert.equal(page.state, "conflict");
  assert.deepEqual(page.asked, [[ITEM, draft("1")]]);
  assert.ok(page.autosave.unsaved);
  await page.change("3");
  page.autosave.send();
  await page.pass(60_000);
  assert.equal(page.state, "conflict");
  assert.equal(page.saves.length, 1);
  assert.equal(page.asked.length, 1);
});

test("who keeps their own answer stores it over the newer one", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(differing(4, "2"));
  page.autosave.keepMine(ITEM);
  await page.pass(0);
  assert.equal(page.state, "saving");
  assert.deepEqual(page.saves[1].sent, draft("1", { seq: 4, seen: "time 4" }));
  await page.respond(stored(5, "1"));
  assert.equal(page.state, "saved");
});

test("who takes the newer answer drops their own", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(differing(4, "2"));
  page.autosave.takeNewer(ITEM);
  await page.pass(60_000);
  assert.equal(page.state, "idle");
  assert.equal(page.drafts.size, 0);
  assert.equal(page.saves.length, 1);
});

test("a choice about one question is none about another", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(differing(4, "2"));
  page.autosave.keepMine("tea-2");
  page.autosave.takeNewer("tea-2");
  await page.pass(60_000);
  assert.equal(page.state, "conflict");
  assert.deepEqual(page.drafts.get(ITEM), draft("1"));

  await page.autosave.hold(); // A button of another question has carried its answer meanwhile.
  page.autosave.reset("tea-2");
  page.autosave.keepMine(ITEM);
  await page.pass(0);
  assert.equal(page.saves.at(-1).sent.seq, 0);
  await page.respond(differing(5, "2"));
  assert.equal(page.asked.length, 2);
});

test("what one question sent is not taken for the answer of another", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(FAILED);
  await page.pass(1000);
  await page.respond(differing(3, "2"));
  page.autosave.takeNewer(ITEM);
  page.autosave.change("tea-2", draft("3"));
  await page.pass(0);
  await page.respond(differing(4, "1")); // As the first question's lost save, but of the second one.
  assert.deepEqual(page.asked.at(-1), ["tea-2", draft("3")]);
});

test("after the newer answer was taken, the drafts of other questions are sent", async () => {
  const page = new Page();
  await page.change("1");
  page.drafts.set("tea-2", draft("3"));
  await page.respond(differing(4, "2"));
  page.autosave.takeNewer(ITEM);
  await page.pass(0);
  assert.deepEqual(page.saves.at(-1).sent, draft("3"));
});

test("what is said names the question that it is about", async () => {
  const page = new Page();
  page.drafts.set("tea-3", draft("2", { q: "3" }));
  page.autosave.resume();
  await page.pass(0);
  await page.respond(stored(1, "2"));
  assert.deepEqual(page.said.at(-1), { state: "saved", item: "tea-3", q: "3", savedAt: "time 1" });
});

test("signed out, the draft waits in the browser and nothing is tried again", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond({ outcome: "signed-out" });
  assert.deepEqual(page.states, ["saving", "signed-out"]);
  await page.change("2");
  page.autosave.send();
  await page.pass(600_000);
  assert.equal(page.saves.length, 1);
  assert.deepEqual(page.drafts.get(ITEM), draft("2"));
  assert.ok(page.autosave.unsaved);
});

test("an answer that is refused is not sent again, but another one is, and why is said in the site's words", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond({ outcome: "refused", words: "Too much." });
  assert.deepEqual(page.said.at(-1), { state: "refused", item: ITEM, q: "1", words: "Too much." });
  await page.pass(600_000);
  assert.equal(page.saves.length, 1);
  assert.ok(page.autosave.unsaved);
  await page.change("2");
  await page.respond(stored(1, "2"));
  assert.equal(page.state, "saved");
});

test("a button waits for the save that is on its way, and no other begins", async () => {
  const page = new Page();
  await page.change("1");
  let ready = false;
  page.autosave.hold().then(() => { ready = true; });
  await page.change("2");
  await page.pass(1000);
  assert.equal(ready, false);
  assert.deepEqual(page.states, ["saving"]);
  await page.respond(stored(1, "1"));
  assert.equal(ready, true);
  await page.pass(10_000);
  assert.equal(page.saves.length, 1);
  assert.equal(page.autosave.unsaved, false);
});

test("a button does not wait for ever, nor where nothing is on its way", async () => {
  const page = new Page();
  await page.autosave.hold();
  page.autosave.release();
  await page.change("1");
  let ready = false;
  page.autosave.hold().then(() => { ready = true; });
  await page.pass(4000);
  assert.equal(ready, true);
});

test("after a button its answer is settled, and the drafts of other questions are sent", async () => {
  const page = new Page();
  await page.change("1");
  await page.respond(FAILED);
  page.drafts.set("tea-2", draft("3"));
  assert.ok(page.autosave.unsaved);
  await page.autosave.hold();
  assert.equal(page.autosave.unsaved, false);
  page.autosave.reset(ITEM);
  assert.equal(page.autosave.unsaved, false);
  await page.pass(0);
  assert.equal(page.drafts.get(ITEM), undefined);
  assert.deepEqual(page.saves.at(-1), { ...page.saves.at(-1), item: "tea-2" });
  await page.respond(stored(3, "3"));
  assert.equal(page.state, "saved");
});

test("a save that comes back after the button says nothing any more", async () => {
  const page = new Page();
  await page.change("1");
  page.autosave.hold();
  await page.pass(4000);
  page.autosave.reset(ITEM);
  const shown = [...page.states];
  await page.respond(stored(1, "1"));
  assert.deepEqual(page.states, shown);
  assert.deepEqual(page.stored, []);
  assert.equal(page.state, "idle");
});

test("a page that was left by a button and came back saves again", async () => {
  const page = new Page();
  await page.autosave.hold();
  await page.change("1");
  assert.equal(page.saves.length, 0);
  page.autosave.release();
  await page.pass(0);
  assert.equal(page.saves.length, 1);
});

test("a button without a network leaves its answer to be saved in the background", async () => {
  const page = new Page();
  await page.autosave.hold();
  page.autosave.fail(ITEM, draft("1"));
  assert.equal(page.state, "offline");
  await page.pass(1000);
  assert.deepEqual(page.saves[0].sent, draft("1"));
});

test("a button without an answer of its own leaves nothing behind", async () => {
  const page = new Page();
  await page.autosave.hold();
  page.autosave.fail(ITEM, null);
  assert.equal(page.state, "idle");
  assert.equal(page.drafts.size, 0);
  await page.change("1");
  assert.equal(page.saves.length, 1);
});

test("answers are compared by their own fields, whatever the order, without empty ones", () => {
  const fields = [["item", "tea-1"], ["blank-1", "leaf"], ["blank-0", ""], ["flagged", "1"], ["a", "b"]];
  assert.equal(answerText(fields), '[["a","b"],["blank-1","leaf"]]');
});
