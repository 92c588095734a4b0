// Wiping: nothing that was kept on this device stays, neither pages nor answers that wait, nor who it was kept for.
import { browserStorage, choiceName, unsavedOf } from "./storage.js";

// Begin to remove all that is kept below a path; the worker goes on where the page is left. Resolves when it is done.
export async function wipe(root) {
  navigator.serviceWorker?.controller?.postMessage({ type: "wipe" });
  for (const name of [choiceName(root), ...unsavedOf(browserStorage, root)]) browserStorage.remove(name);
  try {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(`learnapp:${root}:`)).map((name) => caches.delete(name)));
    const registration = await navigator.serviceWorker.getRegistration(`${root}/`);
    if (registration?.scope === new URL(`${root}/`, location.href).href) await registration.unregister();
  } catch {
    // A browser without these keeps nothing in them.
  }
}
