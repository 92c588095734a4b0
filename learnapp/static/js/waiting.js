// Waiting: what a person has done that the server does not have yet, under names of their own in the browser's storage.
// Whoever comes later at the same browser finds none of it: the names begin as those of unsaved answers do.
import { parseReply } from "./post.js";
import { prefixesOf } from "./storage.js";

export class Waiting {
  #storage;
  #prefixes; // of this kind, the one that is written first

  // Read what waits of a person and of one kind, such as "review".
  constructor(storage, person, kind) {
    this.#storage = storage;
    this.#prefixes = prefixesOf(person).map((prefix) => `${prefix}${kind}.`);
  }

  // Return pairs of a name and what waits under it.
  entries() {
    const found = [...this.#prefixes].reverse().flatMap((prefix) =>
      this.#storage.names(prefix).map((name) => [name.slice(prefix.length), parseReply(this.#storage.get(name))]));
    return [...new Map(found.filter(([, entry]) => entry !== null && typeof entry === "object"))];
  }

  get(name) {
    return new Map(this.entries()).get(name);
  }

  // Keep an entry; tell whether it is kept.
  set(name, entry) {
    return this.#storage.set(this.#prefixes[0] + name, JSON.stringify(entry));
  }

  delete(name) {
    for (const prefix of this.#prefixes) this.#storage.remove(prefix + name);
  }
}

export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Tell whether a page that was made at a moment knows what an entry was settled with, so that it need not stay. When a
// copy was made may not be known.
export const isTold = (settled, moment) =>
  Boolean(settled) && (!settled.at || Date.parse(moment) > Date.parse(settled.at));
