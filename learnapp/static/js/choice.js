// The choice of what this device keeps, and for whom: there only where somebody has said that it is theirs.

// The path below which the site is; other sites of the same host have choices of their own.
const ROOT = new URL(import.meta.url).pathname.replace(/\/static\/.*$/, "");
const CHOICE = `learnapp.device:${ROOT}`;

// Return the choice that is kept, null where there is none.
export function readChoice() {
  try {
    const choice = JSON.parse(localStorage.getItem(CHOICE));
    return typeof choice?.person === "string" && Array.isArray(choice.modules) ? choice : null;
  } catch {
    return null;
  }
}

// Return the path below which the site is: a person's name begins with it.
export const rootOf = (person) => person.split(" ")[0].replace(/\/[^/]*$/, "");

// Keep the choice: a person, and the names of the modules that were chosen. Tells whether the browser took it.
export function keepChoice(choice) {
  try {
    localStorage.setItem(CHOICE, JSON.stringify(choice));
    return true;
  } catch {
    return false;
  }
}
