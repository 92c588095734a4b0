// Contact with the site goes on after whatever went wrong in one try.
import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = { querySelector: () => null, addEventListener() {} };
globalThis.addEventListener = () => {};
const { meetSite } = await import("../../learnapp/static/js/contact.js");

test("a contact that breaks keeps nobody from the next one", async () => {
  const contact = { person: "/ben" };
  globalThis.fetch = async () => Response.json(contact, { headers: { "X-Request-ID": "1" } });
  await assert.rejects(meetSite(null));
  assert.deepEqual(await meetSite({ person: "/ben", modules: [] }), contact);
});
