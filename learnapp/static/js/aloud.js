// Reading aloud, with the voice of the device: paragraph by paragraph, and the one that is read is marked.

const RATE = 0.95;

let run = 0; // What a voice says after it was stopped belongs to an earlier run.
let isWired = false;
let list = [];
let at = 0;

export function readAloud(lesson, player, start) {
  const words = player.querySelector("[data-now]");
  const toggle = player.querySelector("[data-toggle]");
  const [pauseWord, goOnWord] = toggle.dataset.words.split("|");

  const unmark = () => lesson.querySelector(".is-read")?.classList.remove("is-read");

  // A voice that was paused stays so when it is cancelled: what is read next would wait unheard.
  function silence() {
    run += 1;
    speechSynthesis.cancel();
    speechSynthesis.resume();
    unmark();
  }

  function hide() {
    silence();
    player.hidden = true;
  }

  function stop() {
    hide();
    start.focus();
  }

  function read(number) {
    silence();
    const ownRun = run;
    if (number >= list.length) return stop();
    at = Math.max(0, number);
    const paragraph = list[at];
    paragraph.classList.add("is-read");
    paragraph.scrollIntoView({ block: "center" });
    words.textContent = words.dataset.words.replace("{number}", at + 1).replace("{total}", list.length);
    toggle.lastElementChild.textContent = pauseWord;
    const speech = new SpeechSynthesisUtterance(paragraph.textContent);
    speech.lang = paragraph.closest("[lang]").lang;
    speech.rate = RATE;
    speech.onend = () => { if (ownRun === run) read(at + 1); };
    speech.onerror = () => { if (ownRun === run) stop(); };
    speechSynthesis.speak(speech);
  }

  // What is not shown is not read: another part, a closed card.
  list = [...lesson.querySelectorAll("[data-say]")].filter(
    (one) => one.offsetParent && !one.closest("[hidden], details:not([open])"),
  );
  if (!list.length) return;
  player.hidden = false;
  read(0);
  toggle.focus();
  if (isWired) return;
  isWired = true;
  toggle.addEventListener("click", () => {
    const isPaused = toggle.lastElementChild.textContent === goOnWord;
    if (isPaused) speechSynthesis.resume();
    else speechSynthesis.pause();
    toggle.lastElementChild.textContent = isPaused ? pauseWord : goOnWord;
  });
  player.querySelector("[data-back]").addEventListener("click", () => read(at - 1));
  player.querySelector("[data-forward]").addEventListener("click", () => read(at + 1));
  player.querySelector("[data-stop]").addEventListener("click", stop);
  addEventListener("pagehide", hide); // Who comes back finds no player of a voice that has gone.
}
