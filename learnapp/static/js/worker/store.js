// Store: what a device keeps, in the browser's caches. Each entry stands there with its digest, and one that does not
// fit it is dropped; a record names all that counts, so that what was left half-written is never shown.
import { readRecord } from "./rules.js";

const DIGEST = "X-Kept-Digest";
const RECORD = "/record";

// Return the SHA-256 of bytes in hexadecimal digits.
export async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Store {
  #caches;
  #prefix;

  // `root` is the path below which the site is: other sites of this host have caches of their own.
  constructor(caches, root) {
    this.#caches = caches;
    this.#prefix = `learnapp:${root}:`;
  }

  named(name) {
    return this.#prefix + name;
  }

  // Keep bytes with the headers of the response that brought them.
  async put(cache, address, bytes, headers) {
    const kept = new Headers(headers);
    for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) kept.delete(name);
    kept.set(DIGEST, await digestOf(bytes));
    await (await this.#caches.open(cache)).put(address, new Response(bytes, { headers: kept }));
  }

  // Return what is kept at an address, null where nothing is, or something that does not fit its digest.
  async match(cache, address) {
    if (!(await this.#caches.has(cache))) return null;
    const opened = await this.#caches.open(cache);
    const found = await opened.match(address);
    if (!found) return null;
    const bytes = await found.arrayBuffer();
    if (found.headers.get(DIGEST) !== (await digestOf(bytes))) {
      await opened.delete(address);
      return null;
    }
    return new Response(bytes, { headers: found.headers });
  }

  async drop(cache, address) {
    if (await this.#caches.has(cache)) await (await this.#caches.open(cache)).delete(address);
  }

  // Tell whether something is kept at each of these addresses.
  async holds(cache, addresses) {
    if (!(await this.#caches.has(cache))) return false;
    const there = await (await this.#caches.open(cache)).keys();
    const kept = new Set(there.map(({ url }) => new URL(url).pathname + new URL(url).search));
    return addresses.every((address) => kept.has(address));
  }

  async record() {
    const found = await this.match(this.named("record"), RECORD);
    return found ? readRecord(await found.text()) : null;
  }

  async save(record) {
    const bytes = new TextEncoder().encode(JSON.stringify(record));
    await this.put(this.named("record"), RECORD, bytes, { "Content-Type": "application/json" });
  }

  // Remove every cache of ours but these.
  async removeAllBut(names) {
    const kept = new Set([...names, this.named("record")]);
    const ours = (await this.#caches.keys()).filter((name) => name.startsWith(this.#prefix) && !kept.has(name));
    await Promise.all(ours.map((name) => this.#caches.delete(name)));
  }

  async wipe() {
    await this.removeAllBut([]);
    await this.#caches.delete(this.named("record"));
  }
}
