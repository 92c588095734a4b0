// Sorting: one entry at a time; a press on a bin places it, a press on a placed one takes it back. The radio buttons
// stay and carry the answer.
import { fill, make, tellChange } from "./parts.js";

export function enhanceSorting(box) {
  const rows = [...box.children].map((row) => ({
    row, words: row.querySelector("legend").textContent.trim(), picks: [...row.querySelectorAll("input")],
  }));
  const bins = make("div", { class: "bins" });
  const status = make("p", { class: "fine", role: "status" });
  const chosen = ({ picks }) => picks.findIndex((pick) => pick.checked);
  const waiting = () => rows.filter((row) => chosen(row) < 0);

  const places = rows[0].picks.map((pick, at) => {
    const words = pick.closest("label").textContent.trim();
    const button = make("button", { type: "button", class: "btn btn--secondary" }, words);
    button.addEventListener("click", () => {
      const [row] = waiting();
      row.picks[at].checked = true;
      draw();
      if (button.disabled) bins.querySelector(".chip").focus({ preventScroll: true });
      tellChange(row.picks[at]);
    });
    const placed = make("ul", { class: "tight", "aria-label": words });
    bins.append(make("div", { class: "bin" }, button, placed));
    return { button, placed };
  });

  function draw() {
    const rest = waiting();
    for (const { row } of rows) row.hidden = row !== rest[0]?.row;
    const number = rows.length - rest.length + 1;
    status.textContent = rest.length ? fill(box.dataset.next, { number, total: rows.length }) : box.dataset.done;
    for (const { button, placed } of places) {
      placed.replaceChildren();
      button.disabled = rest.length === 0;
    }
    for (const one of rows) {
      const at = chosen(one);
      if (at < 0) continue;
      const label = fill(box.dataset.back, { words: one.words });
      const chip = make("button", { type: "button", class: "chip is-on", "aria-label": label }, one.words);
      chip.addEventListener("click", () => {
        one.picks[at].checked = false;
        draw();
        places[0].button.focus({ preventScroll: true });
        tellChange(one.picks[at]);
      });
      places[at].placed.append(make("li", {}, chip));
    }
    for (const { placed } of places) placed.hidden = !placed.children.length;
  }

  for (const { row } of rows) row.querySelector(".two").hidden = true;
  // A link to an entry that is missing leads to the bins, which ask for it.
  for (const link of document.querySelectorAll(".errors a")) {
    if (!link.hash || !box.contains(document.getElementById(link.hash.slice(1)))) continue;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      places[0].button.focus();
    });
  }
  box.before(status);
  box.after(bins);
  draw();
}
