// Keeper: fetches what a device shall keep and puts it in place when it is whole. One thing is done at a time.
import { inTurns, SignedOut } from "./fetching.js";
import { boundOf, cachesOf, folderOf, FRESH_MS } from "./rules.js";
import { isReadable, leastUsed, newRecord, placesOf, sizeOf } from "./rules.js";

export class Full extends Error {}
class Over extends Error {} // wiped meanwhile

export class Keeper {
  #store;
  #site;
  #tell;
  #quota;
  #work = Promise.resolve();
  #round = 0; // counts wipes: what was begun before one ends without keeping anything

  // `site` fetches; `tell` hears how far things are; `quota` resolves to the bytes that the browser gives the site.
  constructor(store, site, { tell, quota }) {
    this.#store = store;
    this.#site = site;
    this.#tell = tell;
    this.#quota = quota;
  }

  // Do one thing after the other; who is signed out keeps nothing.
  run(task) {
    const round = this.#round;
    this.#work = this.#work.then(async () => {
      if (round !== this.#round) return;
      try {
        await task(round);
      } catch (error) {
        if (error instanceof SignedOut) await this.#end();
        else if (!(error instanceof Over)) this.#tell({ type: "failed", words: String(error) });
      }
    });
    return this.#work;
  }

  // Remove everything at once, and once more when nothing is on its way any more.
  async wipe() {
    this.#round += 1;
    await this.#store.wipe();
    await this.#work;
    await this.#store.wipe();
  }

  async #end() {
    await this.#store.wipe();
    this.#tell({ type: "ended" });
  }

  // Return a kept page, null where there is none that may be shown.
  async find(address) {
    const record = await this.#store.record();
    if (!record) return null;
    if (!isReadable(record, Date.now())) {
      await this.#store.wipe(); // unread; it is fetched again at the next contact
      return null;
    }
    for (const [cache, place] of placesOf(record, address)) {
      const found = await this.#store.match(cache, place);
      if (found) return { found, place };
    }
    return null;
  }

  // Return a static file that is kept.
  async findFile(address) {
    const record = await this.#store.record();
    const files = record?.files[folderOf(address)];
    return files ? this.#store.match(files.cache, address) : null;
  }

  // Bring what is kept up to date with what the site says: who is here, of which age group, which versions hold.
  meet(contact, chosen) {
    return this.run(async (round) => {
      const person = contact.person.split(" ")[0];
      let record = await this.#store.record();
      if (!record || !contact.person.split(" ").includes(record.person) || record.band !== contact.band) {
        await this.#store.wipe();
        record = newRecord(person, contact.band, Date.now());
      }
      Object.assign(record, { person, contact: Date.now(), trouble: {} });
      for (const slug of Object.keys(record.modules)) {
        if (!chosen.includes(slug) || !contact.modules[slug]) delete record.modules[slug];
      }
      await this.#settle(round, record);
      const isDue = Date.now() - (record.verified ?? 0) > FRESH_MS;
      if (await this.#isStale(record.basics, contact.basics, isDue)) await this.#keepBasics(round, record);
      for (const slug of chosen.filter((name) => contact.modules[name])) {
        if (await this.#isStale(record.modules[slug], contact.modules[slug], isDue)) {
          await this.#keepModule(round, record, slug, contact.token);
        }
      }
      if (isDue) record.verified = Date.now();
      await this.#settle(round, record);
      this.#tell({ type: "done" });
    });
  }

  // Keep a page that was opened, and of a quiz the questions that it links to.
  open(address) {
    return this.run(async (round) => {
      const record = await this.#store.record();
      if (!record || placesOf(record, address).some(([, place]) => place === address && !record.opened[place])) return;
      const before = record.opened[address];
      if (before) before.used = Date.now();
      if (before && Date.now() - before.fetched < FRESH_MS) return this.#settle(round, record);
      const text = await this.#keepOpened(round, record, address);
      const links = /\/attempts\/\d+\?/.test(address) ? text.matchAll(/href="([^"#]*\/attempts\/\d+\?q=\w+)/g) : [];
      for (const other of new Set([...links].map(([, link]) => link))) {
        if (!record.opened[other]) await this.#keepOpened(round, record, other);
      }
      await this.#settle(round, record);
    });
  }

  // Remove one page, such as a question that has been answered.
  drop(address) {
    return this.run(async (round) => {
      const record = await this.#store.record();
      if (!record) return;
      for (const [cache, place] of placesOf(record, address)) {
        if (place === address) await this.#store.drop(cache, place);
      }
      for (const pack of Object.values(record.modules)) pack.pages = pack.pages.filter((page) => page !== address);
      delete record.opened[address];
      await this.#settle(round, record);
    });
  }

  // Tell whether a pack has to be fetched: in another version, or since something of it is gone. What is there but
  // broken is gone as soon as somebody wants to read it, and for whoever does not after a day.
  async #isStale(pack, version, isDue) {
    if (pack?.version !== version || !(await this.#store.holds(pack.cache, pack.pages))) return true;
    if (isDue) await inTurns(pack.pages, (page) => this.#store.match(pack.cache, page));
    return !(await this.#store.holds(pack.cache, pack.pages));
  }

  async #keepBasics(round, record) {
    const pack = await this.#site.ask("/device/basics");
    await this.#keepFiles(round, record, pack.files);
    record.basics = { ...(await this.#keepPages(round, record, "basics", pack, record.basics)), version: pack.version };
    await this.#settle(round, record);
  }

  async #keepFiles(round, record, files) {
    const folder = folderOf(Object.keys(files)[0]);
    record.folder = folder;
    const before = record.files[folder];
    if (before && (await this.#store.holds(before.cache, Object.keys(files)))) return;
    const cache = this.#store.named(`files:${folder}`);
    let bytes = 0;
    await inTurns(Object.entries(files), async ([address, digest]) => {
      const { content, headers } = await this.#site.file(address, digest);
      bytes += content.byteLength;
      await this.#put(round, record, cache, address, content, headers);
    });
    record.files[folder] = { cache, bytes };
  }

  async #keepModule(round, record, slug, token) {
    try {
      const form = new URLSearchParams({ csrf_token: token });
      const pack = await this.#site.ask(`/device/modules/${slug}`, { method: "POST", body: form });
      await this.#dropClosed(record.modules[slug], pack.pages);
      const kept = await this.#keepPages(round, record, `module:${slug}`, pack, record.modules[slug], slug);
      record.modules[slug] = { ...kept, version: pack.version, title: pack.title, fetched: Date.now() };
    } catch (error) {
      if (error instanceof SignedOut || error instanceof Over) throw error;
      record.trouble[slug] = error instanceof Full ? "full" : "failed";
    }
    await this.#settle(round, record);
  }

  // What is not open to the reader any more goes before anything else is fetched.
  async #dropClosed(pack, pages) {
    for (const page of pack?.pages ?? []) if (!pages.includes(page)) await this.#store.drop(pack.cache, page);
  }

  // Fetch all pages of a pack into a cache of their own; what has not changed is taken from the one before.
  async #keepPages(round, record, name, pack, before, slug) {
    const cache = this.#store.named(`${name}:${pack.version}:${crypto.randomUUID()}`);
    const pages = [];
    let bytes = 0;
    let done = 0;
    await inTurns(pack.pages, async (address) => {
      const old = before && (await this.#store.match(before.cache, address));
      const copy = await this.#site.copy(record, address, old);
      if (copy) {
        await this.#put(round, record, cache, address, copy.bytes, copy.headers, bytes - (before?.bytes ?? 0));
        bytes += copy.bytes.byteLength;
        pages.push(address);
      }
      done += 1;
      if (slug) this.#tell({ type: "keeping", slug, done, total: pack.pages.length });
    });
    return { cache, bytes, pages, instead: pack.instead, folder: record.folder };
  }

  async #keepOpened(round, record, address) {
    const copy = await this.#site.copy(record, address);
    if (!copy) return "";
    const cache = this.#store.named("opened");
    await this.#put(round, record, cache, address, copy.bytes, copy.headers);
    const now = Date.now();
    const about = { cache, bytes: copy.bytes.byteLength, folder: record.folder };
    record.opened[address] = { ...about, fetched: now, used: now };
    return new TextDecoder().decode(copy.bytes);
  }

  // Put into a cache what there is room for; opened pages make room, those that somebody chose never do.
  async #put(round, record, cache, address, bytes, headers, more = 0) {
    if (round !== this.#round) throw new Over();
    const excess = sizeOf(record) + more + bytes.byteLength - boundOf(await this.#quota());
    if (excess > 0) await this.#makeRoom(record, excess);
    try {
      await this.#store.put(cache, address, bytes, headers);
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      await this.#makeRoom(record, bytes.byteLength);
      await this.#store.put(cache, address, bytes, headers).catch(() => { throw new Full(address); });
    }
    if (round !== this.#round) throw new Over();
  }

  async #makeRoom(record, excess) {
    const gone = leastUsed(record.opened, excess);
    const freed = gone.reduce((sum, address) => sum + record.opened[address].bytes, 0);
    if (freed < excess) throw new Full("no room");
    for (const address of gone) {
      await this.#store.drop(record.opened[address].cache, address);
      delete record.opened[address];
    }
  }

  // Let the record count, and remove all that it does not name: from here on the new copies are shown.
  async #settle(round, record) {
    if (round !== this.#round) throw new Over();
    const parts = [record, record.basics, ...Object.values(record.modules), ...Object.values(record.opened)];
    const used = new Set(parts.map((part) => part?.folder));
    for (const folder of Object.keys(record.files)) if (!used.has(folder)) delete record.files[folder];
    await this.#store.save(record);
    await this.#store.removeAllBut(cachesOf(record));
  }

}
