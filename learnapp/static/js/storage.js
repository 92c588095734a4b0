// Storage: what this browser keeps for the site. It may be forbidden, full or gone at any moment; every script asks
// here, and is only told that nothing is kept.

const UNSAVED = "learnapp.unsaved."; // then person, attempt and item

// Return the name of the choice of what this device keeps of the site below a path.
export const choiceName = (site) => `learnapp.device:${site}`;

export class Storage {
  #open;

  // `open` returns the browser's storage, or throws where that is forbidden.
  constructor(open) {
    this.#open = open;
  }

  get(name) {
    return this.#attempt((storage) => storage.getItem(name)) ?? null;
  }

  // Keep a text; tell whether it is kept.
  set(name, text) {
    return this.#attempt((storage) => {
      storage.setItem(name, text);
      return true;
    }) ?? false;
  }

  remove(name) {
    this.#attempt((storage) => storage.removeItem(name));
  }

  names(prefix) {
    return this.#attempt((storage) => Object.keys(storage).filter((name) => name.startsWith(prefix))) ?? [];
  }

  #attempt(work) {
    try {
      return work(this.#open());
    } catch {
      return undefined;
    }
  }
}

export const browserStorage = new Storage(() => localStorage);

// Return what the names of a person's unsaved answers begin with: first those that are written now, then those from
// before the site had another secret. A person has a name by each, with spaces between.
export const prefixesOf = (person) => person.split(" ").map((name) => `${UNSAVED}${name}.`);

// Return the path below which the site is served: a person's name begins with it.
export const siteOf = (person) => person.split(" ")[0].replace(/\/[^/]*$/, "");

// Return the names of everybody's unsaved answers of a site; those of sites below other paths are left alone.
export const unsavedOf = (storage, site) => {
  const prefix = `${UNSAVED}${site}/`;
  return storage.names(prefix).filter((name) => !name.slice(prefix.length).includes("/"));
};

// Remove the unsaved answers of everybody but this person: who comes later at the same browser must not find them.
export function forgetOthers(storage, person) {
  const own = prefixesOf(person);
  for (const name of unsavedOf(storage, siteOf(person))) {
    if (!own.some((prefix) => name.startsWith(prefix))) storage.remove(name);
  }
}
