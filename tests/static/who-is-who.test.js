// Who is who: a table written and read again, whatever a name holds, and by whichever program it was saved.
import assert from "node:assert/strict";
import test from "node:test";

import { namesFrom, readTable, writeTable } from "../../learnapp/static/js/who-is-who.js";

const HEADING = ["Pseudonym", "Name"];
const NAMES = ["Ada Okafor", 'Ben "Benny" Lee', "Cleo, K.", "=HYPERLINK(1)", "'=1", "-", "김민수", "two\nlines", "<b>"];

test("what is written is read again", () => {
  const pairs = NAMES.map((name, number) => [`quiet-lamp${number}`, name]);
  assert.deepEqual(readTable(writeTable(pairs, HEADING)), [HEADING, ...pairs]);
});

test("no cell is a formula", () => {
  for (const cell of writeTable([["quiet-lamp", "=1+1"]], HEADING).split(/[,\r\n]/)) {
    assert.ok(!/^"?[=+\-@]/.test(cell), cell);
  }
});

test("semicolons, tabs and any line end are read", () => {
  for (const mark of [",", ";", "\t"]) {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = `Pseudonym${mark}Name${end}quiet-lamp${mark}Ada${end}${end}`;
      assert.deepEqual(readTable(text), [HEADING, ["quiet-lamp", "Ada"]]);
    }
  }
});

test("broken tables are read as far as they go", () => {
  assert.deepEqual(readTable(""), []);
  assert.deepEqual(readTable('"quiet-lamp'), [["quiet-lamp"]]);
  assert.deepEqual(readTable("\n\n"), []);
});

test("names are found beside pseudonyms, in whichever column these are", () => {
  const known = new Set(["quiet-lamp", "brave-key"]);
  const rows = [HEADING, ["Quiet-Lamp ", " Ada "], ["Ben", "brave-key"], ["warm-map", "Cleo"], ["brave-key"], []];
  assert.deepEqual([...namesFrom(rows, known)], [["quiet-lamp", "Ada"], ["brave-key", "Ben"]]);
});
