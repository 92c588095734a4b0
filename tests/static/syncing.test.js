// Syncing goes on after whatever went wrong in one try.
import assert from "node:assert/strict";
import test from "node:test";

import { keepSending } from "../../learnapp/static/js/syncing.js";

test("a try that breaks keeps nobody from the next one", async () => {
  globalThis.addEventListener = () => {};
  const shown = [];
  const tries = [async () => { throw new Error("broken"); }, async () => ({ left: 0, sent: 2, stopped: "" })];
  const sync = keepSending(() => tries.shift()(), (...state) => shown.push(state));
  await assert.rejects(sync(), /broken/);
  await sync();
  assert.deepEqual(shown, [["saved", 0, 2]]);
});
