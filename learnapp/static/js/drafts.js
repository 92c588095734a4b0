// Drafts: answers that are not stored on the server yet, by item. They wait in the browser's storage, each person's
// apart; what another person left is removed, and so is what waits for two days after a page has found it there, or
// for two weeks on a device that is said to be one's own.
import { choiceName, forgetOthers, prefixesOf, siteOf } from "./storage.js";

const HOUR_MS = 3600 * 1000;

export class Drafts {
  #storage;
  #prefixes; // of this attempt, the one that is written first
  #drafts = new Map();
  #unkept = new Set(); // items whose draft the storage did not take

  // Read a person's drafts of an attempt. `now` is the server's time in milliseconds: a device's clock may stand at
  // any year, and change while an answer waits. On a kept copy it is not known (NaN), and no time is counted.
  constructor(storage, person, attempt, now) {
    this.#storage = storage;
    this.#prefixes = prefixesOf(person).map((prefix) => `${prefix}${attempt}.`);
    forgetOthers(storage, person);
    const keepMs = HOUR_MS * (storage.get(choiceName(siteOf(person))) ? 14 * 24 : 48);
    // What was written under the present name is newer, and is read last.
    for (const name of prefixesOf(person).reverse().flatMap((prefix) => namesOfDrafts(storage, prefix))) {
      const draft = parse(storage.get(name));
      const found = Number.isFinite(draft?.found) ? draft.found : now;
      if (!Array.isArray(draft?.fields) || now - found >= keepMs) {
        storage.remove(name);
        continue;
      }
      if (draft.found !== found && Number.isFinite(found)) storage.set(name, JSON.stringify({ ...draft, found }));
      const prefix = this.#prefixes.find((own) => name.startsWith(own));
      if (prefix) this.#drafts.set(name.slice(prefix.length), { ...draft, found });
    }
  }

  get size() {
    return this.#drafts.size;
  }

  // Tell whether closing the page would lose nothing.
  get kept() {
    return this.#unkept.size === 0;
  }

  get(item) {
    return this.#drafts.get(item);
  }

  // Return the oldest draft as [item, draft].
  first() {
    return this.#drafts.entries().next().value;
  }

  set(item, draft) {
    this.#drafts.set(item, draft);
    if (this.#storage.set(this.#prefixes[0] + item, JSON.stringify(draft))) this.#unkept.delete(item);
    else this.#unkept.add(item);
  }

  // Change every draft, such as to the sequence number that the next save goes on from.
  update(values) {
    for (const [item, draft] of this.#drafts) this.set(item, { ...draft, ...values });
  }

  delete(item) {
    this.#drafts.delete(item);
    this.#unkept.delete(item);
    for (const prefix of this.#prefixes) this.#storage.remove(prefix + item);
  }
}

// Attempts have numbers; what waits beside them, such as answers to review cards, has names of its own.
const namesOfDrafts = (storage, prefix) =>
  storage.names(prefix).filter((name) => /^\d+\./.test(name.slice(prefix.length)));

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
