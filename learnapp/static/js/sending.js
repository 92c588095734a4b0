// Sending: forms of this site that go out some time after they were filled in, from whichever page is open then.
import { postForm } from "./post.js";
import { readWaited } from "./replies.js";
import { siteOf } from "./storage.js";

// Return the token of this browser's forms: of this page, or of one that has a form in any case.
async function formToken(site) {
  const here = document.querySelector("input[name=csrf_token]")?.value;
  if (here) return here;
  const page = await (await fetch(`${site}/me/review/ahead`)).text();
  return new DOMParser().parseFromString(page, "text/html").querySelector("input[name=csrf_token]")?.value ?? "";
}

// Send a form to an address of the site; return what `readWaited` makes of the reply, which `isIt` knows by sight.
export async function sendLater(person, path, fields, isIt, known) {
  try {
    const site = siteOf(person);
    const token = known ?? (await formToken(site));
    const { response, text } = await postForm(site + path, [...fields, ["csrf_token", token]], {
      headers: { Accept: "application/json" }, keepalive: true, redirect: "manual",
    });
    return readWaited({ status: response.status, headers: response.headers, text }, isIt);
  } catch {
    return { outcome: "offline" };
  }
}
