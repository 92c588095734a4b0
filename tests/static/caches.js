// A browser's caches for tests: what was put is given back as often as it is asked for, while there is room.

export class Caches {
  #caches = new Map();
  room = Infinity;

  async open(name) {
    if (!this.#caches.has(name)) this.#caches.set(name, new OneCache(this));
    return this.#caches.get(name);
  }

  async has(name) {
    return this.#caches.has(name);
  }

  async keys() {
    return [...this.#caches.keys()];
  }

  async delete(name) {
    return this.#caches.delete(name);
  }

  get bytes() {
    return [...this.#caches.values()].flatMap((cache) => [...cache.entries.values()])
      .reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  }
}

class OneCache {
  entries = new Map();
  #all;

  constructor(all) {
    this.#all = all;
  }

  async put(address, response) {
    const bytes = await response.arrayBuffer();
    if (this.#all.bytes + bytes.byteLength > this.#all.room) {
      throw new DOMException("full", "QuotaExceededError");
    }
    this.entries.set(address, { bytes, headers: [...response.headers] });
  }

  async match(address) {
    const found = this.entries.get(address);
    return found && new Response(found.bytes, { headers: found.headers });
  }

  async delete(address) {
    return this.entries.delete(address);
  }

  async keys() {
    return [...this.entries.keys()].map((address) => ({ url: `https://learn.example${address}` }));
  }
}
