// Waiting answers: those that were given to questions of kept quizzes while there was no connection are sent from any
// page of the site, one at a time, by the protocol of the quiz page.
import { Autosave } from "./autosave.js";
import { Drafts } from "./drafts.js";
import { postForm } from "./post.js";
import { readSave } from "./replies.js";
import { prefixesOf } from "./storage.js";

// Return the numbers of the attempts of which a person's answers wait.
export function attemptsWaiting(storage, person) {
  const rests = prefixesOf(person).flatMap((prefix) => storage.names(prefix).map((name) => name.slice(prefix.length)));
  return [...new Set(rests.map((rest) => rest.match(/^(\d+)\./)?.[1]).filter(Boolean))];
}

// Return how many of a person's answers wait, leaving out those of one attempt.
export function countWaiting(storage, person, without) {
  const names = prefixesOf(person).flatMap((prefix) => storage.names(prefix).map((name) => name.slice(prefix.length)));
  return new Set(names.filter((name) => /^\d+\./.test(name) && !name.startsWith(`${without}.`))).size;
}

// Send what waits of one attempt until the site has it; resolves to how that ended: "arrived", or what keeps the rest
// here ("conflict", "refused", "signed-out"). While there is no connection it goes on trying.
// `about` has the address of the attempt, the form's token, and `say`, which is told what came of which question.
export function sendAttempt(storage, person, attempt, now, { address, token, say, post = postForm }) {
  const drafts = new Drafts(storage, person, attempt, now);
  return new Promise((done) => {
    if (!drafts.size) return done("arrived");
    const numbers = new Map(); // of the question on its page, by item
    const autosave = new Autosave(drafts, {
      async save(item, draft) {
        numbers.set(item, draft.q);
        const about = { csrf_token: token, seq: draft.seq, seen: draft.seen, action: draft.action };
        try {
          const { response, text } = await post(`${address}/answers`, [...draft.fields, ...Object.entries(about)], {
            headers: { Accept: "application/json" }, redirect: "manual",
          });
          return readSave({ status: response.status, headers: response.headers, text }, item);
        } catch {
          return { outcome: "offline" };
        }
      },
      showState(state, { q, words, closed }) {
        if (state === "refused") say(closed ? "closed" : "refused", { q, words });
        if (state === "saved") done("arrived");
        else if (["signed-out", "conflict"].includes(state)) done(state);
        else if (state === "refused" && (!closed || !drafts.size)) done(closed ? "arrived" : "refused");
      },
      showStored(item, reply) {
        if (reply.closed) say("checked", { q: numbers.get(item) });
      },
      showMissing: (_item, draft) => say("lacks", { q: draft.q }),
      askWhichToKeep: (_item, draft) => say("conflict", { q: draft.q }),
    });
    autosave.resume();
  });
}
