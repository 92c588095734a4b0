// Syncing: what waits in the browser is sent while a page is open, again and again until nothing is left, and the page
// says how far that is.
import { pauseAfter } from "./autosave.js";

// Return a function that sends now. `send` resolves to what is left, how many were sent, and why it stopped; `show` is
// called after each try with the state (saving, saved, busy, offline, signed-out), how many are left and were sent.
export function keepSending(send, show) {
  let failures = 0;
  let timer = 0;
  let sending = false;

  async function sync() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    const { left, sent, stopped, retryAfter } = await send().finally(() => { sending = false; });
    show(stopped || (left ? "saving" : "saved"), left, sent);
    if (!stopped && left) return sync();
    if (stopped) failures = sent ? 1 : failures + 1;
    else failures = 0;
    if (["busy", "offline"].includes(stopped)) timer = setTimeout(sync, pauseAfter(failures, retryAfter));
  }

  addEventListener("online", () => {
    failures = 0;
    sync();
  });
  addEventListener("pageshow", (event) => event.persisted && sync());
  return sync;
}

// Write a state into the line that is there for it, which has the words for each.
export function sayState(status, state, number) {
  status.dataset.state = state;
  status.querySelector("[data-words]").textContent = status.getAttribute(`data-${state}`).replace("{number}", number);
}
