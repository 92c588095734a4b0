// Drafts: answers that are not stored on the server yet, by item. They wait in the browser's storage for two days
// at most; signing out clears it.

const PREFIX = "learnapp.unsaved.";
const KEEP_MS = 48 * 3600 * 1000;

export class Drafts {
  #storage;
  #prefix;
  #drafts = new Map();

  // Read the drafts of an attempt and remove those of any attempt that are too old; `storage` may be null.
  constructor(storage, attempt, now = Date.now()) {
    this.#storage = storage;
    this.#prefix = `${PREFIX}${attempt}.`;
    for (const key of Object.keys(storage ?? {}).filter((name) => name.startsWith(PREFIX))) {
      const draft = parse(storage.getItem(key));
      if (!(now - draft?.at < KEEP_MS)) storage.removeItem(key);
      else if (key.startsWith(this.#prefix)) this.#drafts.set(key.slice(this.#prefix.length), draft);
    }
  }

  get size() {
    return this.#drafts.size;
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
    try {
      this.#storage?.setItem(this.#prefix + item, JSON.stringify(draft));
    } catch {
      // A full storage: the answer is still in the page and is still sent.
    }
  }

  // Change every draft, such as to the sequence number that the next save goes on from.
  update(values) {
    for (const [item, draft] of this.#drafts) this.set(item, { ...draft, ...values });
  }

  delete(item) {
    this.#drafts.delete(item);
    this.#storage?.removeItem(this.#prefix + item);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
