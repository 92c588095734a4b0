// Reading without a network: which forms mark a lesson as read, and that it is sent until the site has it.
import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";

import { lessonRead, noteReading, sendReading } from "../../learnapp/static/js/reading.js";
import { Clock } from "./clock.js";
import { Storage } from "../../learnapp/static/js/storage.js";
import { makeStorage } from "./storage.js";

const LEAF = { module: "tea", lesson: "leaf", stays: true };
const FROM = [["from", "lesson"]];

test("a lesson is read by its own button, or where its quiz is begun from it", () => {
  assert.deepEqual(lessonRead("/modules/tea/leaf/read", FROM), LEAF);
  assert.deepEqual(lessonRead("/learn/modules/tea/leaf/quiz", FROM), { ...LEAF, stays: false });
  assert.equal(lessonRead("/modules/tea/leaf/quiz", [["from", "quiz"]]), null);
  assert.equal(lessonRead("/modules/tea/leaf/guess", FROM), null);
  assert.equal(lessonRead("/attempts/7/answers", []), null);
});

let clock;
beforeEach(() => {
  clock = new Clock();
  clock.install();
});
afterEach(() => clock.restore());

async function send(entries, status, reply) {
  const sent = [];
  const sending = sendReading(new Storage(() => entries), "/ben", {
    address: "/device/read", token: "t",
    post: async (address, fields) => {
      sent.push([address, Object.fromEntries(fields)]);
      if (!status) throw new TypeError("lost");
      return { response: { status }, text: JSON.stringify(reply) };
    },
  });
  for (let step = 0; step < 12; step += 1) {
    await new Promise((done) => setImmediate(done));
    clock.tick(5000);
  }
  await sending;
  return sent;
}

test("what was read is sent until the site has it, or knows no such lesson", async () => {
  const error = (status) => ({ status, error: "No", text: "Why." });
  const cases = [
    [200, { read: "tea/leaf" }, 0], [404, error(404), 0], [403, error(403), 0],
    [0, null, 1], [200, { read: "tea/cup" }, 1], [401, error(401), 1], [400, error(400), 1], [403, {}, 1], [503, {}, 1],
  ];
  for (const [status, reply, left] of cases) {
    const entries = makeStorage();
    assert.equal(noteReading(new Storage(() => entries), "/ben", LEAF), true);
    const sent = await send(entries, status, reply);
    assert.deepEqual(sent[0], ["/device/read", { module: "tea", lesson: "leaf", csrf_token: "t" }]);
    assert.equal(sent.length, left ? 5 : 1);
    assert.equal(Object.keys(entries).length, left, `${status}`);
  }
});
