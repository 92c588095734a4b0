// Answers to review cards that wait in the browser: each is sent until the server has stored it, one at a time.
import { sendLater } from "./sending.js";
import { isSame, Waiting } from "./waiting.js";

export const reviewsOf = (storage, person) => new Waiting(storage, person, "review");

const isOf = (card) => (reply) => reply?.card === card && typeof reply.outcome === "string";

// Send a person's answers. What became of one takes its place, until the page of cards has told it. Return how many are
// left, how many were sent, how many are to be told there, and why sending stopped: "", busy (with the seconds asked
// for), offline or signed-out.
export async function sendReviews(storage, person, send = sendLater) {
  const waiting = reviewsOf(storage, person);
  let stopped = { outcome: "" };
  let sent = 0;
  for (const [card, answer] of waiting.entries()) {
    if (answer.settled) continue;
    const { outcome, reply, retryAfter } = await send(person, "/me/review/answers", answer.fields, isOf(Number(card)));
    if (!["stored", "told", "gone"].includes(outcome)) {
      stopped = { outcome, retryAfter };
      break;
    }
    sent += 1;
    if (!isSame(waiting.get(card), answer)) continue; // A newer answer, which is sent by itself; or it was wiped.
    waiting.set(card, { times: answer.times, stem: answer.stem, settled: reply ?? { outcome } });
  }
  const settled = waiting.entries().map(([, entry]) => Boolean(entry.settled));
  return {
    left: settled.filter((one) => !one).length,
    sent,
    told: settled.filter(Boolean).length,
    stopped: stopped.outcome,
    retryAfter: stopped.retryAfter,
  };
}
