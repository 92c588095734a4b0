// A browser's storage for tests: what was set are its own enumerable keys, as with localStorage.

const METHODS = {
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  },
  setItem(name, text) {
    this[name] = String(text);
  },
  removeItem(name) {
    delete this[name];
  },
};

export function makeStorage(entries = {}) {
  return Object.assign(Object.create(METHODS), entries);
}
