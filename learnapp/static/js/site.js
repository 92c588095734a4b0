// On every page. Each part only adds to what already works without script.

// The way out: replaces this page in the history, by the link or by Escape three times within two seconds.
const leave = document.getElementById("leave");
const go = () => {
  document.documentElement.hidden = true;
  location.replace(leave.href);
};
leave.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go();
});
let escapes = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  escapes = [...escapes.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
  if (escapes.length === 3) go();
});

// What is wrong comes first, for those who listen and for those who use a keyboard.
document.querySelector(".errors[role=alert]")?.focus();

// A password can be looked at: "Show|Hide|Password" are the words.
for (const field of document.querySelectorAll("[data-reveal]")) {
  const [show, hide, what] = field.dataset.reveal.split("|");
  const input = field.querySelector("input");
  const row = document.createElement("div");
  const button = document.createElement("button");
  row.className = "with";
  button.className = "btn btn--2 reveal";
  button.type = "button";
  const say = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? hide : show;
    button.setAttribute("aria-label", `${button.textContent}: ${what}`);
  };
  say(false);
  button.addEventListener("click", () => say(input.type === "password"));
  // Never sent as plain text, which browsers would offer to remember.
  input.form?.addEventListener("submit", () => say(false));
  input.replaceWith(row);
  row.append(input, button);
}

// Older browsers print only what is open: tables behind a summary are opened for it, strong parts are not.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not(.folded):not([open])")];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
