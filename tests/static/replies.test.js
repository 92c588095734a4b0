// Replies: only what this site says is believed, and each refusal is told as what it is.
import assert from "node:assert/strict";
import test from "node:test";

import { readPlace } from "../../learnapp/static/js/post.js";
import { readRefusal, readSave } from "../../learnapp/static/js/replies.js";

const SAVE = { item: "tea-1", seq: 3, saved_at: "2026-11-05T12:00:00+00:00", fields: [["choice", "1"]], closed: false };
const PORTAL = "<!doctype html><title>Welcome to the hotel</title>";

function save(status, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readSave({ status, headers: new Headers(headers), text }, "tea-1");
}
const error = (status) => ({ status, error: "Sorry", text: "Go back." });

test("a save is one that names the item and the number that follows", () => {
  assert.deepEqual(save(200, SAVE), { outcome: "stored", reply: SAVE });
  assert.deepEqual(save(409, SAVE), { outcome: "differing", reply: SAVE });
});

test("what a network answers in place of the site is no answer", () => {
  const answers = [
    [0, ""], // a redirect to elsewhere
    [200, PORTAL], [200, ""], [200, "{}"], [200, "null"], [200, '{"ok": true}'], [200, { ...SAVE, item: "tea-2" }],
    [200, JSON.stringify(SAVE).slice(0, -9)], // cut off
    [302, ""], [401, PORTAL], [403, PORTAL], [404, PORTAL], [409, PORTAL], [511, PORTAL], [511, error(511)],
    [401, { error: "no", status: 1 }],
  ];
  for (const [status, body] of answers) assert.deepEqual(save(status, body), { outcome: "offline" }, `${status} ${body}`);
});

test("a site that cannot save just now is asked again, when it says so", () => {
  for (const status of [429, 500, 502, 503, 504]) assert.equal(save(status, PORTAL).outcome, "busy");
  assert.deepEqual(save(503, error(503), { "Retry-After": "5" }), { outcome: "busy", retryAfter: 5 });
  const moments = { Date: "Thu, 05 Nov 2026 12:00:00 GMT", "Retry-After": "Thu, 05 Nov 2026 12:01:30 GMT" };
  assert.equal(save(429, error(429), moments).retryAfter, 90);
  for (const odd of ["soon", "-5", ""]) assert.equal(save(429, error(429), { "Retry-After": odd }).retryAfter, 0);
  assert.equal(save(429, error(429), { "Retry-After": "86400" }).retryAfter, 600);
});

test("signed out is what the site itself says, and any other refusal is told in its words", () => {
  assert.deepEqual(save(401, error(401)), { outcome: "signed-out" });
  for (const status of [400, 403, 404, 409, 413, 422]) {
    assert.deepEqual(save(status, error(status)), { outcome: "refused", words: "Sorry. Go back." });
  }
  assert.deepEqual(save(413, PORTAL), { outcome: "refused" }); // a proxy's own limit
});

test("a button that led to no part of the quiz is told why", () => {
  const origin = "https://learn.example";
  const refusal = (status, { url = `${origin}/attempts/7/answers`, ours = true, redirected = false } = {}) =>
    readRefusal({ status, headers: new Headers(ours ? { "X-Request-ID": "1" } : {}), url, redirected }, origin);
  assert.equal(refusal(200, { redirected: true, url: `${origin}/account/sign-in` }), "signed-out");
  assert.equal(refusal(401), "signed-out");
  assert.equal(refusal(400), "signed-out"); // the form's token is of another session
  for (const status of [403, 404, 413]) assert.equal(refusal(status), "refused");
  for (const status of [429, 500, 503]) assert.equal(refusal(status), "busy");
  assert.equal(refusal(200), "offline");
  for (const status of [200, 302, 403, 404, 511]) assert.equal(refusal(status, { ours: false }), "offline");
  assert.equal(refusal(200, { redirected: true, url: "https://portal.example/" }), "offline");
  assert.equal(refusal(200, { redirected: true, url: `${origin}/welcome`, ours: false }), "offline");
});

test("a place is kept where the site says so, and sent again where nobody of the site was heard", () => {
  const place = (status, body) =>
    readPlace({ status, text: typeof body === "string" ? body : JSON.stringify(body) }, "p3");
  assert.equal(place(200, { place: "p3" }), "stored");
  assert.equal(place(200, { place: null }), "refused"); // nobody is signed in any more
  for (const status of [400, 401, 403, 404, 422]) assert.equal(place(status, error(status)), "refused");
  for (const body of [PORTAL, "", "{}", "null"]) assert.equal(place(200, body), "unheard");
  for (const status of [0, 302, 404, 511]) assert.equal(place(status, PORTAL), "unheard");
  for (const status of [429, 500, 503]) assert.equal(place(status, error(status)), "unheard");
});
