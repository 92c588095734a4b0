// The page of login cards: printing, and in a class with pseudonyms putting names to them. Names are typed into a field
// that belongs to no form, and go nowhere but onto the cards of this page and into the file that is saved.
// Without script browsers print by their own menu, and cards have a line to write a name on.

import { writeTable } from "./who-is-who.js";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Put a name on a card's line, in place of the one before.
function write(line, name) {
  line.querySelector("b")?.remove();
  const written = document.createElement("b");
  written.dir = "auto";
  written.textContent = name;
  if (name) line.append(" ", written);
}

function start(part) {
  const list = part.querySelector("textarea");
  const status = part.querySelector("[role=status]");
  const save = part.querySelector("[data-save]");
  const lines = [...document.querySelectorAll("[data-name-of]")];
  const names = () => list.value.split(/\r\n|\r|\n/).map((line) => line.trim()).filter(Boolean);
  part.hidden = false;

  list.addEventListener("input", () => {
    const typed = names();
    lines.forEach((line, number) => write(line, typed[number] ?? ""));
    save.disabled = typed.length === 0;
    status.textContent = part.dataset.count.replace("{names}", typed.length).replace("{cards}", lines.length);
  });
  save.addEventListener("click", () => {
    const typed = names();
    const pairs = lines.map((line, number) => [line.dataset.nameOf, typed[number] ?? ""]);
    const table = new Blob([writeTable(pairs, part.dataset.heading.split("|"))], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(table);
    link.download = part.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

for (const part of document.querySelectorAll("[data-put-names]")) start(part);
