// Ordering: buttons and a handle move an entry, and the others make room. The selects stay and carry the places, and
// no two can be equal here.
import { fill, make, sign, tellChange } from "./parts.js";

export function enhanceOrdering(list) {
  const status = list.parentElement.querySelector("[role=status]");
  const entries = () => [...list.children];
  const select = (entry) => entry.querySelector("select");
  const words = (entry) => entry.querySelector(".label").textContent.trim();
  const place = (entry) => Number(select(entry).value) || Infinity;

  function settle() {
    const all = entries();
    all.forEach((entry, at) => {
      select(entry).value = String(at + 1);
      entry.querySelector("[data-up]").disabled = at === 0;
      entry.querySelector("[data-down]").disabled = at === all.length - 1;
    });
  }

  // The others move, never the entry itself: it keeps the focus, and the pointer that holds it.
  function step(entry, by) {
    if (by < 0 && entry.previousElementSibling) entry.after(entry.previousElementSibling);
    if (by > 0 && entry.nextElementSibling) entry.before(entry.nextElementSibling);
  }

  function tell(entry) {
    settle();
    status.textContent = fill(list.dataset.told, { number: entries().indexOf(entry) + 1, words: words(entry) });
    tellChange(select(entry));
  }

  function button(entry, name, by) {
    const label = fill(list.dataset[name], { words: words(entry) });
    const one = make("button", { type: "button", class: "iconbtn", "aria-label": label }, sign(`move${name}`));
    one.dataset[name] = "";
    one.addEventListener("click", () => {
      step(entry, by);
      tell(entry);
      if (one.disabled) entry.querySelector(".iconbtn:not(:disabled)").focus();
    });
    return one;
  }

  function handle(entry) {
    const grip = make("span", { class: "grip", "aria-hidden": "true" }, sign("grip"));
    let start = null; // where the entry stood when it was taken
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      entry.classList.add("is-held");
      start = entries().indexOf(entry);
    });
    grip.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const middle = (one) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2;
      const { previousElementSibling: before, nextElementSibling: after } = entry;
      if (after && event.clientY > middle(after)) step(entry, 1);
      else if (before && event.clientY < middle(before)) step(entry, -1);
    });
    const end = () => {
      if (start === null) return;
      entry.classList.remove("is-held");
      const moved = start !== entries().indexOf(entry);
      start = null;
      if (moved) tell(entry);
    };
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) grip.addEventListener(name, end);
    return grip;
  }

  list.append(...entries().sort((one, other) => place(one) - place(other)));
  for (const entry of entries()) {
    select(entry).hidden = true;
    entry.prepend(handle(entry));
    entry.querySelector(".moves").append(button(entry, "up", -1), button(entry, "down", 1));
  }
  list.classList.add("is-moved");
  settle();
}
