// Follow the reader: mark where they are in the contents, and keep the paragraph so that they can go on there.
const STAYED_MS = 2500; // who only scrolls past has not read it

const keep = document.querySelector("form[data-place]");
const parts = [...document.querySelectorAll(".lesson section[id]")];
const places = [...document.querySelectorAll(".lesson section [id]:is(p, ul, ol, .folded)")]
  .filter((one) => !one.parentElement.closest(".folded"));
const links = [...document.querySelectorAll(".contents a[href^='#']")];
let kept = keep?.dataset.place;
let reached = null; // stayed at, not sent yet
let moved = false;
let waiting = 0;

// The last one that begins above a line below the top of the window, which covers some of it.
const at = (all, line) => all.findLast((one) => one.getBoundingClientRect().top < line);

function mark() {
  const ended = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const part = (ended ? parts.at(-1) : at(parts, innerHeight / 3) ?? parts[0])?.id;
  for (const link of links) {
    if (link.hash === `#${part}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function stay() {
  const place = at(places.filter((one) => one.offsetParent), Math.min(innerHeight / 3, 160));
  // At the very start there is nothing to come back to yet.
  if (!moved || !place || place === places[0] || place.id === kept) return;
  reached = place.id;
  send();
}

async function send() {
  if (!reached || !keep) return;
  const anchor = reached;
  reached = null;
  try {
    const reply = await fetch(keep.action, {
      method: "POST", keepalive: true, redirect: "manual", headers: { Accept: "application/json" },
      body: new URLSearchParams([...new FormData(keep), ["anchor", anchor]]),
    });
    if (reply.ok) kept = anchor;
  } catch {
    reached ??= anchor; // Offline: the next stop, or the way back online, sends it.
  }
}

let drawn = false;
function follow() {
  if (drawn) return;
  drawn = true;
  requestAnimationFrame(() => {
    drawn = false;
    mark();
  });
}
addEventListener("scroll", () => {
  moved = true;
  clearTimeout(waiting);
  waiting = setTimeout(stay, STAYED_MS);
  follow();
}, { passive: true });
addEventListener("resize", follow);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden && send());
mark();
