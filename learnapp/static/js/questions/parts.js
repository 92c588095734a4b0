// Parts that scripts add to a question: elements, signs, and the word to the page that an answer has changed.

const SIGNS = new URL("../../img/icons.svg", import.meta.url);

// Return a new element with properties, attributes (`aria-…` and `role` among the properties) and what is in it.
export function make(tag, properties = {}, ...inner) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") one.className = value;
    else if (name in one && !name.includes("-")) one[name] = value;
    else one.setAttribute(name, value);
  }
  one.append(...inner);
  return one;
}

// Return a sign of the sprite, which nobody has read out.
export function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${SIGNS}#${name}`);
  svg.append(use);
  return svg;
}

// Fill the places of a sentence: fill("Place {number}: {words}", {number: 1, words: "Boil"}).
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_place, name) => values[name]);
}

// The field was changed by a script, so it says so itself.
export function tellChange(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
