// Times: in the browser's zone, written as the server writes them.
import assert from "node:assert/strict";
import test from "node:test";

import { chooseBrowserZone, dayWords, timeWords } from "../../learnapp/static/js/times.js";

const MOMENT = "2026-11-26T06:24:00+00:00";

test("a moment is written in the zone that is asked for", () => {
  assert.equal(timeWords(MOMENT, "clock", "en", "America/Los_Angeles"), "22:24");
  assert.equal(timeWords(MOMENT, "clock", "en", "Asia/Seoul"), "15:24");
  assert.equal(timeWords(MOMENT, "date", "en", "America/Los_Angeles"), "25 November 2026");
  assert.equal(timeWords(MOMENT, "day", "en", "America/Los_Angeles"), "25 November 2026, 22:24");
  assert.equal(timeWords("2026-11-26T00:05:00Z", "clock", "en", "UTC"), "00:05");
  assert.equal(timeWords(MOMENT, "date", "de", "UTC"), "26. November 2026");
});

test("without a zone it is the browser's", () => {
  const zone = process.env.TZ;
  process.env.TZ = "America/Los_Angeles";
  assert.equal(timeWords(MOMENT, "clock", "en", ""), "22:24");
  assert.equal(dayWords("2026-11-25T23:00:00Z", "en", new Date("2026-11-26T04:00:00Z")), "today");
  assert.equal(dayWords("2026-11-25T06:00:00Z", "en", new Date("2026-11-26T04:00:00Z")), "yesterday");
  assert.equal(dayWords("2026-11-20T12:00:00Z", "en", new Date("2026-11-26T04:00:00Z")), "20 November 2026");
  process.env.TZ = zone ?? "";
});

test("a list of zones takes the browser's if it has it", () => {
  const list = { options: [{ value: "UTC" }, { value: "Asia/Seoul" }], value: "UTC" };
  chooseBrowserZone(list, "Mars/Olympus");
  assert.equal(list.value, "UTC");
  chooseBrowserZone(list, "Asia/Seoul");
  assert.equal(list.value, "Asia/Seoul");
});
