// Reading without a network: a lesson that is marked as read on a kept copy, or from which its quiz is begun there,
// counts as read as soon as the site is reached.
import { isError, parseReply, postForm } from "./post.js";
import { prefixesOf } from "./storage.js";

const KIND = "read.";
const TRIES = 5;

// Return the lesson that a form of a kept copy marks as read, null for any other form.
export function lessonRead(action, fields) {
  const [, module, lesson, what] = action.match(/\/modules\/([^/]+)\/([^/]+)\/(read|quiz)$/) ?? [];
  const isFromLesson = fields.some(([name, value]) => name === "from" && value === "lesson");
  const counts = what === "read" || (what === "quiz" && isFromLesson);
  return counts ? { module, lesson, stays: what === "read" } : null;
}

// Keep that a lesson was read; tell whether it is kept.
export const noteReading = (storage, person, { module, lesson }) =>
  storage.set(`${prefixesOf(person)[0]}${KIND}${module}.${lesson}`, "{}");

// Send what was read, again where the line loses it; what the site does not know or does not open any more is not
// sent again. What is left then, the next page sends.
export async function sendReading(storage, person, about) {
  for (let tries = 1; !(await sendOnce(storage, person, about)) && tries < TRIES; tries += 1) {
    await new Promise((done) => { setTimeout(done, 1000 * tries); });
  }
}

// Return whether nothing is left.
async function sendOnce(storage, person, { address, token, post = postForm }) {
  const names = prefixesOf(person).flatMap((prefix) => storage.names(prefix + KIND).map((name) => [prefix, name]));
  for (const [prefix, name] of names) {
    const [module, lesson] = name.slice(prefix.length + KIND.length).split(".");
    try {
      const fields = [["module", module], ["lesson", lesson], ["csrf_token", token]];
      const { response, text } = await post(address, fields, { headers: { Accept: "application/json" } });
      const reply = parseReply(text);
      const isGone = [403, 404].includes(response.status) && isError(reply, response.status);
      if (isGone || (response.status === 200 && reply?.read === `${module}/${lesson}`)) storage.remove(name);
      else return false;
    } catch {
      return false;
    }
  }
  return true;
}
