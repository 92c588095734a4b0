// The service worker: pages come from the site, and where it does not answer from what this device keeps. It is there
// only where somebody has said that the device is theirs.
import { SiteFetcher } from "./fetching.js";
import { Keeper } from "./keeper.js";
import { Store } from "./store.js";
import { keptAddress, PATIENCE_MS } from "./rules.js";

const root = new URL(self.registration.scope).pathname.replace(/\/$/, "");
const store = new Store(caches, root);
const site = new SiteFetcher(
  root,
  (address, options) => fetch(address, { credentials: "same-origin", ...options }),
  (ms) => new Promise((done) => { setTimeout(done, ms); }),
);
const quota = async () => (await navigator.storage?.estimate?.())?.quota;
const keeper = new Keeper(store, site, { tell, quota });

async function tell(message) {
  if (message.type === "ended") await self.registration.unregister();
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage(message);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { type, contact, chosen, address } = event.data;
  if (type === "meet") event.waitUntil(keeper.meet(contact, chosen));
  if (type === "drop") event.waitUntil(keeper.drop(address));
  if (type === "wipe") event.waitUntil(keeper.wipe().then(() => self.registration.unregister()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(`${root}/`)) return;
  if (event.request.mode === "navigate") event.respondWith(showPage(event, url));
  else if (event.request.method === "GET" && url.pathname.startsWith(`${root}/static/`)) {
    event.respondWith(showFile(event.request, url));
  }
});

async function showFile(request, url) {
  return (await keeper.findFile(url.pathname).catch(() => null)) ?? fetch(request);
}

// A page of the site, a kept copy where that is slow or does not come, else the page that says so. What a form sends
// goes through unread; where it does not arrive, the same is shown.
async function showPage(event, url) {
  const fromSite = fetch(event.request);
  const isForm = event.request.method !== "GET";
  const slow = new Promise((done) => { setTimeout(done, isForm ? 2 ** 30 : PATIENCE_MS); });
  const first = await Promise.race([fromSite.catch(() => null), slow]);
  if (first) {
    if (!isForm && first.headers.has("X-May-Copy")) event.waitUntil(keeper.open(keptAddress(url)));
    return first;
  }
  const kept = await keeper.find(keptAddress(url)).catch(() => null);
  if (kept) return showKept(kept, keptAddress(url));
  return fromSite.catch(async () => {
    const other = await keeper.find(`${root}/offline`).catch(() => null);
    return other?.found ?? Response.error();
  });
}

// A page that stands in place of another one is shown at its own address.
function showKept({ found, place }, asked) {
  return place === asked ? found : Response.redirect(place, 302);
}
