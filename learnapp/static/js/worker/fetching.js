// Fetching: what a device asks the site for, again where the line loses it, and whether what comes back may be believed.
import { faultOf } from "./rules.js";
import { digestOf } from "./store.js";

const AT_ONCE = 3;
const TRIES = 4; // of one request, on a line that loses some, or where many fetch at once

export class SignedOut extends Error {}

export class SiteFetcher {
  #root;
  #fetch;
  #pause;

  // `pause` resolves after so many milliseconds.
  constructor(root, fetch, pause) {
    this.#root = root;
    this.#fetch = fetch;
    this.#pause = pause;
  }

  // Return what the site answers in JSON at a path below its own.
  async ask(path, options = {}) {
    const about = { headers: { Accept: "application/json" }, cache: "no-store", ...options };
    const response = await this.#get(this.#root + path, about);
    if (!response.headers.has("X-Request-ID")) throw new Error("foreign");
    if (response.status === 401) throw new SignedOut();
    if (response.status !== 200) throw new Error(`status ${response.status}`);
    return response.json();
  }

  // Return the bytes of a static file, which have this digest, with its headers.
  async file(address, digest) {
    const response = await this.#get(address, { cache: "no-cache" });
    const content = await response.arrayBuffer();
    if (response.status !== 200 || (await digestOf(content)) !== digest) throw new Error(`broken: ${address}`);
    return { content, headers: response.headers };
  }

  // Return the copy of a page as bytes with its headers, null where there is none; `old` is one that may still hold.
  async copy(record, address, old) {
    const headers = { "X-Copy": "1" };
    if (old?.headers.has("ETag")) headers["If-None-Match"] = old.headers.get("ETag");
    const response = await this.#get(address, { headers, cache: "no-store", redirect: "manual" });
    if (response.status === 401 && response.headers.has("X-Request-ID")) throw new SignedOut(address);
    if (response.status === 404 && response.headers.has("X-Request-ID")) return null;
    if (response.status === 304 && old) return { bytes: await old.arrayBuffer(), headers: old.headers };
    const bytes = await response.arrayBuffer();
    const fault = faultOf(response, await digestOf(bytes), record);
    if (fault) throw new Error(`${fault}: ${address}`);
    return { bytes, headers: response.headers };
  }

  // Ask again where nothing came back, or the site was too busy: whatever is asked for here may be asked for twice.
  async #get(address, options) {
    for (let tries = 1; ; tries += 1) {
      const response = await this.#fetch(address, options).catch((error) => {
        if (tries === TRIES) throw error;
      });
      if (response && (tries === TRIES || ![429, 503].includes(response.status))) return response;
      await this.#pause(1000 * 2 ** (tries - 1));
    }
  }
}

// Do the same to each of some things, a few at a time; where one fails no other is begun, and none is under way after.
export async function inTurns(things, work) {
  const left = [...things];
  const worker = async () => {
    try {
      while (left.length) await work(left.shift());
    } catch (error) {
      left.length = 0;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}
