// Forms sent by a script: as a browser would send them, and never waited for without end.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";

import { postForm } from "../../learnapp/static/js/post.js";
import { Clock } from "./clock.js";

async function serve(context, respond) {
  const server = createServer(respond);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/answers`;
}

test("fields are sent as a form, with the headers that are given", async (context) => {
  const address = await serve(context, async (request, response) => {
    const body = (await request.toArray()).join("");
    response.setHeader("X-Sent", `${request.method} ${request.headers["content-type"]} ${request.headers.accept}`);
    response.end(body);
  });
  const fields = [["a", "1 & 2"], ["b", "ä"], ["a", ""]];
  const { response, text } = await postForm(address, fields, { headers: { Accept: "application/json" } });
  assert.equal(text, "a=1+%26+2&b=%C3%A4&a=");
  assert.equal(response.headers.get("X-Sent"), "POST application/x-www-form-urlencoded;charset=UTF-8 application/json");
});

test("a response that does not end in time is given up", async (context) => {
  let begun;
  const hasBegun = new Promise((done) => { begun = done; });
  const address = await serve(context, (_request, response) => {
    response.write("the beginning");
    begun();
  });
  const clock = new Clock();
  clock.install();
  const sent = postForm(address, []);
  clock.restore();
  await hasBegun;
  clock.tick(15_000);
  await assert.rejects(sent, { name: "AbortError" });
});
