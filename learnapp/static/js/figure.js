// Figures that answer: a list that lights the map, a guess before the number or the place is seen, a slider through
// the years. Each figure is complete without this.

// A list of places that lights them on the map.
for (const map of document.querySelectorAll(".fig-map")) {
  const links = [...map.querySelectorAll("[data-for]")];
  const spots = [...map.querySelectorAll("[data-spot]")];
  const light = (name) => {
    for (const spot of spots) spot.classList.toggle("is-lit", spot.dataset.spot === name);
    for (const link of links) link.setAttribute("aria-pressed", String(link.dataset.for === name));
  };
  for (const link of links) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-pressed", "false");
    const press = (event) => {
      event.preventDefault();
      light(link.getAttribute("aria-pressed") === "true" ? null : link.dataset.for);
    };
    link.addEventListener("click", press);
    link.addEventListener("keydown", (event) => { if (event.key === " ") press(event); });
  }
  for (const spot of spots) spot.addEventListener("click", () => light(spot.dataset.spot));
}

// Hide what would give an answer away, for those who listen as well; return what shows it again.
function withhold(figure) {
  const drawing = figure.querySelector("[role=img]");
  const label = drawing.getAttribute("aria-label");
  drawing.setAttribute("aria-label", label.slice(0, label.indexOf(". ") + 1));
  figure.classList.add("is-unseen");
  return () => {
    drawing.setAttribute("aria-label", label);
    figure.classList.remove("is-unseen");
  };
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Guess the last value of a series, then see it.
for (const form of document.querySelectorAll(".fig-guess[data-guess]")) {
  const figure = form.closest("figure");
  const show = withhold(figure);
  const slider = form.querySelector("input");
  const output = form.querySelector("[data-said]");
  const asNumber = () => Number(slider.value).toLocaleString("en-US");
  const say = () => { output.textContent = asNumber(); };
  slider.addEventListener("input", say);
  say();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    const x = `${(Number(slider.value) / Number(slider.max)) * 100}%`;
    for (const [name, value] of Object.entries({ class: "yours", x1: x, x2: x, y1: "-.25rem", y2: "1.5rem" })) {
      line.setAttribute(name, value);
    }
    figure.querySelector("[data-last] svg").append(line);
    const { told } = figure.querySelector("[data-told]").dataset;
    tell(form, fill(told, { guess: asNumber(), value: form.dataset.value }));
  });
}

// Look for a place among the numbers on the map, then see its name.
for (const form of document.querySelectorAll("[data-guess-place]")) {
  const figure = form.closest("figure");
  const place = form.dataset.guessPlace;
  const show = withhold(figure);
  const nameOf = (value) => form.querySelector(`button[value="${value}"]`).dataset.name;
  form.hidden = false;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    show();
    figure.querySelector(`[data-for="${place}"]`).click();
    const { right, wrong } = figure.querySelector("[data-right]").dataset;
    tell(form, fill(button.value === place ? right : wrong, { guess: nameOf(button.value), place: nameOf(place) }));
  });
}

// Put the words where they are heard and read, and the form away.
function tell(form, words) {
  const told = form.nextElementSibling;
  told.tabIndex = -1;
  told.textContent = words;
  told.focus({ preventScroll: true });
  form.hidden = true;
}

// Move through the years of a timeline.
for (const box of document.querySelectorAll("[data-scrub]")) {
  const figure = box.closest("figure");
  const slider = box.querySelector("input");
  const [first, last, height] = ["first", "last", "height"].map((name) => Number(box.dataset[name]));
  const events = [...figure.querySelectorAll("[data-start]")].map((item) => ({
    item,
    start: Number(item.dataset.start),
    end: Number(item.dataset.end),
    words: item.textContent.trim().replace(/\s+/g, " "),
  })).sort((one, other) => one.start - other.start);
  const show = () => {
    const year = Number(slider.value);
    const lit = events.filter(({ start, end }) => start < year + 1 && end > year);
    for (const { item } of events) item.classList.toggle("is-lit", lit.some((one) => one.item === item));
    for (const cursor of figure.querySelectorAll(".fig-cursor")) {
      const y = `${((year + 0.5 - first) / (last + 1 - first)) * height}rem`;
      cursor.setAttribute("y1", y);
      cursor.setAttribute("y2", y);
    }
    const before = events.filter(({ end }) => end <= year).at(-1);
    const words = lit.length ? lit.map((one) => one.words).join("; ")
      : before ? `${box.dataset.before} ${before.words}` : box.dataset.nothing;
    box.querySelector("[data-said]").textContent = year;
    box.querySelector("[role=status]").textContent = words;
    figure.classList.add("is-scrubbed");
  };
  slider.addEventListener("input", show);
  box.hidden = false;
}
