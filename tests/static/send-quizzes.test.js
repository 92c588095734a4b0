// Waiting answers: each arrives once, is told where it cannot, and stays where it is not known whether it did.
import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";

import { Storage } from "../../learnapp/static/js/storage.js";
import { attemptsWaiting, countWaiting, sendAttempt } from "../../learnapp/static/js/send-quizzes.js";
import { Clock } from "./clock.js";
import { makeStorage } from "./storage.js";

const NOW = Date.UTC(2026, 10, 28);
const kept = (entries) => new Storage(() => entries);
const draft = (choice, q) => JSON.stringify({
  fields: [["item", `tea-${q}`], ["choice", choice], ["resume", "1"]], seq: "0", seen: "", action: "check", q,
});
const two = () => makeStorage({
  "learnapp.unsaved./ben.7.tea-1": draft("1", "1"), "learnapp.unsaved./ben.7.tea-2": draft("2", "2"),
  "learnapp.unsaved./ben.review.9": "{}",
});
const settle = () => new Promise((done) => setImmediate(done));

// A server that stores what it is sent by the number of the save before, and loses replies when told to.
class Server {
  seq = 0;
  stored = [];
  sent = 0;
  lose = [];
  last = "";

  post = async (address, pairs) => {
    const fields = Object.fromEntries(pairs);
    this.sent += 1;
    const how = this.lose.shift();
    if (how === "request") throw new TypeError("lost");
    const name = `${fields.item} ${fields.choice}`;
    const reply = (status) => ({ status, body: {
      item: fields.item, seq: this.seq, saved_at: "then", fields: [["choice", fields.choice]], closed: true,
    } });
    const isAgain = name === this.last && Number(fields.seq) === this.seq - 1;
    if (!isAgain) {
      if (Number(fields.seq) !== this.seq) throw new Error(`stale ${fields.seq}`);
      this.seq += 1;
      this.last = name;
      this.stored.push([address, name, fields.action, fields.resume, fields.csrf_token]);
    }
    if (how === "reply") throw new TypeError("lost");
    const { status, body } = reply(200);
    return { response: { status, headers: new Headers() }, text: JSON.stringify(body) };
  };
}

let clock;
beforeEach(() => {
  clock = new Clock();
  clock.install();
});
afterEach(() => clock.restore());

async function send(storage, post) {
  const said = [];
  let end = null;
  sendAttempt(storage, "/ben", "7", NOW, {
    address: "/attempts/7", token: "t", post, say: (what, about) => said.push([what, about.q]),
  }).then((how) => { end = how; });
  for (let step = 0; step < 40 && end === null; step += 1) {
    await settle();
    clock.tick(16_000);
  }
  return { end, said };
}

test("what waits is found by its person and its attempt, and nothing else is counted", () => {
  const storage = kept(two());
  assert.deepEqual(attemptsWaiting(storage, "/ben"), ["7"]);
  assert.equal(countWaiting(storage, "/ben"), 2);
  assert.deepEqual(attemptsWaiting(storage, "/cleo"), []);
  assert.equal(countWaiting(storage, "/cleo"), 0);
});

test("all answers of an attempt arrive, in turn, each to be checked", async () => {
  const entries = two();
  const server = new Server();
  const { end, said } = await send(kept(entries), server.post);
  assert.equal(end, "arrived");
  assert.deepEqual(server.stored, [
    ["/attempts/7/answers", "tea-1 1", "check", "1", "t"], ["/attempts/7/answers", "tea-2 2", "check", "1", "t"],
  ]);
  assert.deepEqual(said, [["checked", "1"], ["checked", "2"]]);
  assert.deepEqual(Object.keys(entries), ["learnapp.unsaved./ben.review.9"]);
});

test("lost requests and lost replies lose nothing and double nothing", async () => {
  const server = new Server();
  server.lose = ["request", "reply", "request", "reply", "reply", "request", "reply"];
  const entries = two();
  assert.equal((await send(kept(entries), server.post)).end, "arrived");
  assert.equal(server.stored.length, 2);
  assert.ok(server.sent > 7);
  assert.equal(countWaiting(kept(entries), "/ben"), 0);
});

test("an answer that was given elsewhere, too, is asked about and stays until somebody has chosen", async () => {
  const entries = two();
  const differing = { item: "tea-1", seq: 4, saved_at: "then", fields: [["choice", "3"]], closed: false };
  const post = async () => ({ response: { status: 409, headers: new Headers() }, text: JSON.stringify(differing) });
  const { end, said } = await send(kept(entries), post);
  assert.equal(end, "conflict");
  assert.deepEqual(said, [["conflict", "1"]]);
  assert.equal(countWaiting(kept(entries), "/ben"), 2);
});

test("one that was checked elsewhere is told, and the rest goes on", async () => {
  const entries = two();
  const closed = (item) => ({ item, seq: 4, saved_at: "then", fields: [["choice", "3"]], closed: true });
  const post = async (_address, pairs) => ({
    response: { status: 409, headers: new Headers() }, text: JSON.stringify(closed(Object.fromEntries(pairs).item)),
  });
  const { end, said } = await send(kept(entries), post);
  assert.equal(end, "arrived");
  assert.deepEqual(said.filter(([what]) => what === "closed"), [["closed", "1"], ["closed", "2"]]);
  assert.equal(countWaiting(kept(entries), "/ben"), 0);
});

test("an answer that is not taken is told with the reason and stays, as does what waits for a sign-in", async () => {
  for (const [status, how] of [[403, "refused"], [401, "signed-out"]]) {
    const entries = two();
    const text = JSON.stringify({ status, error: "No", text: "Why." });
    const { end, said } = await send(kept(entries), async () => ({ response: { status, headers: new Headers() }, text }));
    assert.equal(end, how);
    assert.deepEqual(said, how === "refused" ? [["refused", "1"]] : []);
    assert.equal(countWaiting(kept(entries), "/ben"), 2);
  }
});

test("an answer that was kept but could not be checked, as it is not whole, has arrived and is told", async () => {
  const entries = two();
  const post = async (_address, pairs) => ({
    response: { status: 422, headers: new Headers() },
    text: JSON.stringify({ item: Object.fromEntries(pairs).item, seq: 1, saved_at: "then", fields: [], missing: ["x"] }),
  });
  const { end, said } = await send(kept(entries), post);
  assert.equal(end, "arrived");
  assert.deepEqual(said, [["lacks", "1"], ["lacks", "2"]]);
  assert.equal(countWaiting(kept(entries), "/ben"), 0);
});
