// Forms that a script sends, as the browser would send them, and whether what comes back is said by this site: a
// network may answer in its place with a page to sign in to, and a reply may be cut off.

const TIMEOUT_MS = 15_000;

// Send pairs of name and value; return the response and its text. Rejects where no whole answer comes in time.
export async function postForm(address, fields, options = {}) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(address, {
      method: "POST", body: new URLSearchParams(fields), signal: controller.signal, ...options,
    });
    return { response, text: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

// Return a reply's values, null where it is no JSON.
export function parseReply(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Tell whether a reply is an error of this site's.
export const isError = (reply, status) => reply?.status === status && typeof reply.error === "string";

// Return the outcome of keeping a place: stored, refused, or unheard where the site was busy or others answered for it.
export function readPlace({ status, text }, anchor) {
  const reply = parseReply(text);
  if (status === 200 && reply?.place !== undefined) return reply.place === anchor ? "stored" : "refused";
  return isError(reply, status) && status !== 429 && status < 500 ? "refused" : "unheard";
}
