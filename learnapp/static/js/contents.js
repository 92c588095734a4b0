// The list "In this lesson" marks the part that is being read.
const lists = [...document.querySelectorAll(".contents")];
const parts = [...new Set(lists.flatMap((list) => [...list.querySelectorAll('a[href^="#"]')].map((link) => link.hash.slice(1))))]
  .map((id) => document.getElementById(id))
  .filter(Boolean);

const mark = (id) => {
  for (const list of lists) {
    for (const link of list.querySelectorAll("a")) {
      if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
};

// The part that crosses a line one third down the window; the last one when the page ends before.
const here = () => {
  const line = innerHeight / 3;
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const passed = parts.filter((part) => part.getBoundingClientRect().top <= line);
  return (atEnd ? parts : passed.length ? passed : parts.slice(0, 1)).slice(-1)[0];
};

if (parts.length) {
  let waiting = false;
  const follow = () => {
    waiting = false;
    const part = here();
    if (part) mark(part.id);
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(follow);
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  follow();
}
