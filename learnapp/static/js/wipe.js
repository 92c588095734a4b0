// Wiping: nothing that was kept on this device stays, neither pages nor answers that wait, nor who it was kept for.

// Begin to remove all that is kept below a path; the worker goes on where the page is left. Resolves when it is done.
export async function wipe(root) {
  navigator.serviceWorker?.controller?.postMessage({ type: "wipe" });
  try {
    const unsaved = `learnapp.unsaved.${root}/`;
    const isUnsaved = (name) => name.startsWith(unsaved) && !name.slice(unsaved.length).includes("/");
    const isToGo = (name) => name === `learnapp.device:${root}` || isUnsaved(name);
    for (const name of Object.keys(localStorage).filter(isToGo)) localStorage.removeItem(name);
  } catch {
    // No storage here, so nothing is kept in it.
  }
  try {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(`learnapp:${root}:`)).map((name) => caches.delete(name)));
    const registration = await navigator.serviceWorker.getRegistration(`${root}/`);
    if (registration?.scope === new URL(`${root}/`, location.href).href) await registration.unregister();
  } catch {
    // A browser without these keeps nothing in them.
  }
}
