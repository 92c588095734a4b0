// Questions that answer to a thumb: what is typed by selects and radio buttons where no script runs.
import { enhanceMatching } from "./matching.js";
import { enhanceOrdering } from "./ordering.js";
import { enhanceSorting } from "./sorting.js";

const KINDS = { "[data-order]": enhanceOrdering, "[data-match]": enhanceMatching, "[data-sort]": enhanceSorting };

// Let the questions in a part of the page be answered by pressing and moving.
export function enhanceQuestions(part) {
  for (const [kind, enhance] of Object.entries(KINDS)) {
    for (const one of part.querySelectorAll(kind)) enhance(one);
  }
  for (const task of part.querySelectorAll("[data-by-hand]")) task.textContent = task.dataset.byHand;
}
