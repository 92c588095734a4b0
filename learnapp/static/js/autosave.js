// Autosave: each change of an answer is sent until the server has stored it, one save at a time.
//
// A state machine without a page: what it needs of one (sending a draft, showing a state) is handed to it.

// The state after each event; an event that a state does not name cannot happen in it.
const SENDING = {
  change: "saving", store: "saved", fail: "offline", wait: "busy", differ: "conflict", refuse: "refused",
  "sign-out": "signed-out", reset: "idle",
};
export const TRANSITIONS = {
  idle: { change: "saving", fail: "offline", wait: "busy", reset: "idle" },
  saving: SENDING,
  saved: { change: "saving", fail: "offline", wait: "busy", reset: "idle" },
  // No connection, or another network answers in place of the site.
  offline: SENDING,
  // The site answers that it cannot save just now, or that it was asked too often.
  busy: SENDING,
  // Another window stored another answer: the learner chooses, and nothing is sent until then.
  conflict: { change: "conflict", keep: "saving", fail: "offline", wait: "busy", reset: "idle" },
  // The site does not take this answer from this page; another answer is tried.
  refused: { change: "saving", fail: "offline", wait: "busy", reset: "idle" },
  // The draft waits here until the same person has signed in and opens the page again.
  "signed-out": { change: "signed-out", fail: "offline", wait: "busy", reset: "idle" },
};
const WAITING = ["saving", "offline", "busy"];
const EVENTS = { offline: "fail", busy: "wait", refused: "refuse", "signed-out": "sign-out" }; // by outcome
const PATIENCE_MS = 4000;

// Fields of a form that are about the answer, not part of it.
export const ABOUT = new Set([
  "csrf_token", "item", "seq", "seen", "turn", "certainty", "flagged", "action", "resume",
]);

// Return an answer's own fields as text that can be compared with what the server has stored.
export function answerText(fields) {
  return JSON.stringify(fields.filter(([name, value]) => !ABOUT.has(name) && value !== "").sort());
}

// Return the milliseconds until the next try; `asked` are the seconds that the server asked for.
export function pauseAfter(failures, asked) {
  return 1000 * (asked || 2 ** Math.min(failures - 1, 4));
}

export class Autosave {
  state = "idle";
  #drafts;
  #page;
  #sent = []; // answers that were sent and may be stored although no response came
  #sending = null;
  #held = false; // a button carries the answer
  #failures = 0;
  #timer = 0;
  #round = 0; // counts resets: a response to a save from before one is too late
  #newer = null; // the item of a conflict, and what the server has of it

  // The page gives save(item, draft), which resolves to what `readSave` returns; showState(state, about)
  // for the learner, of which item and question q it is said, with savedAt, words, or that it was closed elsewhere;
  // showStored(item, reply) with the numbers that the next save goes on from; showMissing(item, draft) of a
  // check that waited for an answer that is not whole; and askWhichToKeep(item, draft), which
  // lets them choose keepMine or takeNewer of that item.
  constructor(drafts, page) {
    this.#drafts = drafts;
    this.#page = page;
  }

  // Something could not be saved so far, and leaving the page would leave it here.
  get unsaved() {
    return this.#drafts.size > 0 && this.#failures > 0 && !this.#held;
  }

  // Take up the drafts of an earlier visit.
  resume() {
    if (!this.#drafts.size) return;
    this.#enter("change");
    this.#schedule(0);
  }

  // Keep a changed answer, and send it after a delay.
  change(item, draft, delay = 0) {
    this.#drafts.set(item, draft);
    if (!this.#held) this.#enter("change");
    this.#schedule(delay);
  }

  // Send the oldest draft now, if nothing is on its way and nothing stands against it.
  send() {
    if (this.#sending || this.#held || !this.#drafts.size || !WAITING.includes(this.state)) return;
    const [item, draft] = this.#drafts.first();
    this.#sending = this.#attempt(item, draft).finally(() => {
      this.#sending = null;
      if (!this.#failures) this.#schedule(0);
    });
  }

  // Let a button carry the answer: resolves when no save is on its way any more, or after some seconds.
  async hold() {
    this.#held = true;
    if (this.#sending) await Promise.race([this.#sending, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  }

  // The button led to nothing, such as a page that was left and came back.
  release() {
    this.#held = false;
    this.resume();
  }

  // The button could not be sent; what it carried is saved like any other change, where there is a draft of it.
  fail(item, draft, outcome = "offline") {
    this.#held = false;
    if (!draft) return;
    this.#drafts.set(item, draft);
    this.#failed(outcome === "busy" ? "busy" : "offline");
  }

  // The page shows what came of a button: its item is stored, and whatever was tried before is settled.
  reset(item) {
    this.#held = false;
    this.#round += 1;
    this.#sent = [];
    this.#failures = 0;
    this.#newer = null;
    this.#drafts.delete(item);
    this.#enter("reset");
    this.resume();
  }

  // In a conflict about this item: store this page's answer over the newer one.
  keepMine(item) {
    if (this.#newer?.item !== item) return;
    this.#settle(item, this.#newer.reply);
    this.#newer = null;
    this.#enter("keep");
    this.#schedule(0);
  }

  // In a conflict about this item: drop this page's answer. The page has to be loaded again to show the newer one.
  takeNewer(item) {
    if (this.#newer?.item !== item) return;
    this.#drafts.delete(item);
    this.#newer = null;
    this.#enter("reset");
    this.resume();
  }

  async #attempt(item, draft) {
    const round = this.#round;
    this.#sent.push(`${item} ${answerText(draft.fields)}`);
    const { outcome, reply, retryAfter, words } = await this.#page.save(item, draft);
    if (round !== this.#round) return;
    if (outcome === "stored") this.#stored(item, draft, reply);
    else if (outcome === "differing") this.#compare(item, draft, reply);
    else this.#failed(outcome, retryAfter, words);
  }

  #stored(item, draft, reply) {
    this.#sent = [];
    if (this.#drafts.get(item) === draft) this.#drafts.delete(item);
    if (reply.missing?.length) this.#page.showMissing(item, draft);
    this.#finish(item, draft, reply);
  }

  // Another window or device has answered since; or this page has, and the response to that save was lost.
  #compare(item, draft, reply) {
    const theirs = JSON.stringify(reply.fields);
    const current = this.#drafts.get(item) ?? draft;
    if (theirs === answerText(current.fields)) {
      this.#drafts.delete(item);
      this.#finish(item, current, reply);
    } else if (reply.closed) {
      this.#drafts.delete(item);
      this.#settle(item, reply);
      this.#enter("refuse", { item, q: current.q, closed: true });
      this.resume();
    } else if (this.#sent.includes(`${item} ${theirs}`)) {
      this.#settle(item, reply);
    } else {
      this.#failures += 1;
      this.#newer = { item, reply };
      this.#enter("differ");
      this.#page.askWhichToKeep(item, current);
    }
  }

  #failed(outcome, retryAfter, words) {
    this.#failures += 1;
    this.#enter(EVENTS[outcome], { words });
    if (WAITING.includes(this.state)) this.#schedule(pauseAfter(this.#failures, retryAfter));
  }

  #finish(item, draft, reply) {
    this.#settle(item, reply);
    if (this.#drafts.size) this.#enter("change");
    else this.#enter("store", { item, q: draft.q, savedAt: reply.saved_at });
  }

  // Whatever is sent next goes on from what the server has.
  #settle(item, reply) {
    this.#failures = 0;
    this.#drafts.update({ seq: reply.seq });
    const draft = this.#drafts.get(item);
    if (draft) this.#drafts.set(item, { ...draft, seen: reply.saved_at ?? "" });
    this.#page.showStored(item, reply);
  }

  #schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), delay);
  }

  #enter(event, about = {}) {
    const next = TRANSITIONS[this.state][event];
    if (!next) throw new Error(`no transition from ${this.state} by ${event}`);
    this.state = next;
    const [item, draft] = this.#drafts.first() ?? [];
    this.#page.showState(next, { item, q: draft?.q, ...about });
  }
}
