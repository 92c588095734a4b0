// Replies: what came back for an answer that was sent. Only what this site says is believed.
import { isError, parseReply } from "./post.js";

const MOST_PATIENCE_S = 600;

// Return the outcome of a save of this item: stored, differing, busy, offline, signed-out or refused; with the reply
// where there is one, the site's words for a refusal, and the seconds until it wants to be asked again.
export function readSave({ status, headers, text }, item) {
  const reply = parseReply(text);
  const outcome = outcomeOf(status, isSave(reply, item), isError(reply, status));
  if (["stored", "differing"].includes(outcome)) return { outcome, reply };
  if (outcome === "busy") return { outcome, retryAfter: retryAfter(headers) };
  return outcome === "refused" && isError(reply, status)
    ? { outcome, words: `${reply.error}. ${reply.text}` }
    : { outcome };
}

// Return the outcome of a form that waited to be sent: stored, told (not taken, and the reply says why), gone (there is
// no such thing any more), or busy, offline, signed-out, where it goes on waiting.
export function readWaited({ status, headers, text }, isIt) {
  const reply = parseReply(text);
  if ([200, 409, 422].includes(status) && isIt(reply)) return { outcome: status === 200 ? "stored" : "told", reply };
  if (status === 404 && isError(reply, status)) return { outcome: "gone" };
  const outcome = outcomeOf(status, false, isError(reply, status));
  if (outcome === "busy") return { outcome, retryAfter: retryAfter(headers) };
  // A form that is not taken as it is, such as with the token of another session, waits for a sign-in.
  return { outcome: outcome === "refused" ? "signed-out" : outcome };
}

// Return why a button led to no part of the quiz: busy, offline, signed-out or refused.
export function readRefusal({ status, headers, url, redirected }, origin) {
  const isOurs = headers.has("X-Request-ID") && new URL(url).origin === origin;
  // Led to the page to sign in; or the form's token is of another session.
  if (isOurs && (status === 400 || (redirected && status === 200))) return "signed-out";
  return outcomeOf(status, false, isOurs && status >= 400);
}

function outcomeOf(status, isSave, isRefusal) {
  if ((status === 200 || status === 422) && isSave) return "stored"; // 422: kept, but too little of it to be checked
  if (status === 409 && isSave) return "differing";
  if (status === 511) return "offline"; // said by a network that wants to be signed in to
  if (status === 429 || status >= 500) return "busy";
  if (status === 413) return "refused"; // said by a proxy, too
  if (!isRefusal) return "offline";
  return status === 401 ? "signed-out" : "refused";
}

const isSave = (reply, item) => reply?.item === item && Number.isInteger(reply.seq) && Array.isArray(reply.fields);

// Return the seconds asked for, as a number or as a moment on the server's clock; 0 where none are.
function retryAfter(headers) {
  const asked = headers.get("Retry-After");
  const seconds = asked && isNaN(asked) ? (Date.parse(asked) - Date.parse(headers.get("Date"))) / 1000 : Number(asked);
  return Math.min(Math.max(seconds || 0, 0), MOST_PATIENCE_S);
}
