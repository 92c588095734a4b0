// Keys for a question: 1-9 choose, Enter checks, F flags, N and P go on and back. They can be switched off,
// and rest wherever a key means something already.
const OFF = "learnapp.keys-off";
const option = document.querySelector("[data-keys-switch]");

if (option) {
  option.closest("[hidden]").hidden = false;
  option.checked = localStorage.getItem(OFF) === null;
  option.addEventListener("change", () => {
    if (option.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
}

const press = (selector) => document.querySelector(`[data-quiz] ${selector}`)?.click();

function choose(number) {
  const pick = document.querySelectorAll("form[data-answer] .option .pick")[number - 1];
  pick?.focus();
  pick?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (!(option?.checked ?? true)) return;
  const busy = event.target;
  if (busy.matches("input:not(.pick), select, textarea, [contenteditable]")) return;
  if (event.key === "Enter") {
    if (busy.matches("a, button, summary, input")) return; // Enter has its own meaning there.
    press("[data-key=enter]");
  } else if (/^[1-9]$/.test(event.key)) {
    choose(Number(event.key));
  } else if (["f", "n", "p"].includes(event.key.toLowerCase())) {
    press(`[data-key=${event.key.toLowerCase()}]`);
  } else {
    return;
  }
  event.preventDefault();
});
