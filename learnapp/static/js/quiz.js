// Feedback in place: htmx swaps the question, this sees to focus, double presses and what the swap must not lose.
const quiz = () => document.querySelector("[data-quiz]");

// The address names the question, so that Back leads to it and not to wherever the quiz has got since.
if (!new URLSearchParams(location.search).has("q")) history.replaceState(null, "", `?q=${quiz().dataset.q}`);

// After a swap the reader goes on where something new stands: the problem, the verdict or the next question.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.matches("[data-quiz]")) return;
  const news = quiz().querySelector(".errors, [data-focus]");
  news?.focus({ preventScroll: true });
  news?.scrollIntoView({ block: "nearest" });
});

// One press is one request.
document.addEventListener("htmx:beforeRequest", () => {
  for (const button of document.querySelectorAll("form[data-answer] button")) button.setAttribute("aria-disabled", "true");
});
document.addEventListener("htmx:afterRequest", () => {
  for (const button of document.querySelectorAll("form[data-answer] button")) button.removeAttribute("aria-disabled");
});

// Not sent, or answered by a page that is no part of the quiz (signed out): say so beside the button.
function unsent(event) {
  const note = quiz()?.querySelector("[data-unsent]");
  if (!note) return;
  const away = event.type === "htmx:responseError" && event.detail.xhr.status < 500;
  note.querySelector("[data-words]").textContent = away ? note.dataset.away : note.dataset.offline;
  note.querySelector("a").hidden = !away;
  note.hidden = false;
  note.focus();
}
for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(kind, unsent);
