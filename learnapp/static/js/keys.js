// Keys for a question: 1-9 choose, Enter checks, F flags, N and P go on and back. They can be switched off,
// and rest wherever a key means something already.
import { browserStorage } from "./storage.js";

const OFF = "learnapp.keys-off";
const keysSwitch = document.querySelector("[data-keys-switch]");

if (keysSwitch) {
  keysSwitch.closest("[hidden]").hidden = false;
  keysSwitch.checked = browserStorage.get(OFF) === null;
  keysSwitch.addEventListener("change", () => {
    if (keysSwitch.checked) browserStorage.remove(OFF);
    else browserStorage.set(OFF, "1");
  });
}

function clickKey(name) {
  document.querySelector(`[data-key=${name}]`)?.click();
}

// What can be chosen now: an option, a name for the place that is next, a bin.
const CHOICES = [".option .pick", ".tray .chip:not([hidden])", ".bin > .btn:enabled"];

function chooseOption(number) {
  const found = document.querySelectorAll(CHOICES.map((one) => `form[data-answer] ${one}`).join());
  const pick = found[number - 1];
  pick?.focus();
  pick?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (!(keysSwitch?.checked ?? true)) return;
  if (event.target.matches("input:not(.pick), select, textarea, [contenteditable]")) return;
  if (event.key === "Enter") {
    if (event.target.matches("a, button, summary, input")) return; // Enter has its own meaning there.
    clickKey("enter");
  } else if (/^[1-9]$/.test(event.key)) {
    chooseOption(Number(event.key));
  } else if (["f", "n", "p"].includes(event.key.toLowerCase())) {
    clickKey(event.key.toLowerCase());
  } else {
    return;
  }
  event.preventDefault();
});
