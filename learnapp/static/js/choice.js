// The choice of what this device keeps, and for whom: there only where somebody has said that it is theirs.
import { browserStorage, choiceName } from "./storage.js";

// The path below which the site is; other sites of the same host have choices of their own.
const ROOT = new URL(import.meta.url).pathname.replace(/\/static\/.*$/, "");
const CHOICE = choiceName(ROOT);

// Return the choice that is kept, null where there is none.
export function readChoice() {
  try {
    const choice = JSON.parse(browserStorage.get(CHOICE));
    return typeof choice?.person === "string" && Array.isArray(choice.modules) ? choice : null;
  } catch {
    return null;
  }
}

// Keep the choice: a person, and the names of the modules that were chosen. Tells whether the browser took it.
export const keepChoice = (choice) => browserStorage.set(CHOICE, JSON.stringify(choice));
