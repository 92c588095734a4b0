// Matching: what can be chosen unfolds under the place that is next; a full place gives it back. The selects stay and
// carry the answer.
import { fill, make, tellChange } from "./parts.js";

export function enhanceMatching(box) {
  const tray = make("div", { class: "chips tray", role: "group" });
  const slots = [...box.querySelectorAll(".slot")].map((slot) => {
    const select = slot.querySelector("select");
    const hole = make("button", { type: "button", class: "hole", id: select.id });
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (select.hasAttribute(name)) hole.setAttribute(name, select.getAttribute(name));
    }
    select.removeAttribute("id"); // A link to what is missing, and the label, lead to what can be pressed.
    select.hidden = true;
    slot.append(hole);
    return { slot, select, hole, prompt: slot.querySelector(".label").textContent.trim() };
  });
  const words = (one) => (one.select.value === "" ? "" : one.select.selectedOptions[0].textContent.trim());
  const firstEmpty = () => slots.findIndex((one) => one.select.value === "");
  let next = firstEmpty();

  const chips = [...slots[0].select.options].filter((choice) => choice.value !== "").map((choice) => {
    const chip = make("button", { type: "button", class: "chip" }, choice.textContent.trim());
    chip.dataset.value = choice.value;
    chip.addEventListener("click", () => {
      const filled = slots[next];
      filled.select.value = choice.value;
      next = firstEmpty();
      draw();
      (slots[next] ?? filled).hole.focus({ preventScroll: true });
      (slots[next] ?? filled).slot.scrollIntoView({ block: "nearest" });
      tellChange(filled.select);
    });
    tray.append(chip);
    return chip;
  });

  slots.forEach((one, at) => {
    one.hole.addEventListener("click", () => {
      const had = one.select.value;
      one.select.value = "";
      next = at;
      draw();
      if (had !== "") tellChange(one.select);
    });
  });

  function draw() {
    slots.forEach((one, at) => {
      const chosen = words(one);
      one.hole.textContent = chosen || (at === next ? box.dataset.next : box.dataset.empty);
      one.hole.setAttribute("aria-label", `${one.prompt}: ${chosen || box.dataset.none}`);
      one.hole.setAttribute("aria-expanded", String(at === next));
      one.hole.classList.toggle("is-full", chosen !== "");
      one.hole.classList.toggle("is-next", at === next);
    });
    for (const chip of chips) chip.hidden = slots.some((one) => one.select.value === chip.dataset.value);
    tray.hidden = next < 0;
    if (next < 0) return;
    tray.setAttribute("aria-label", fill(box.dataset.names, { words: slots[next].prompt }));
    slots[next].slot.append(tray);
  }
  draw();
}
