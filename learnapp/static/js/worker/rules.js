// Rules of what a device keeps: what is a whole copy, for how long it may be read, what goes where room is short.

export const LEASE_MS = 14 * 24 * 3600 * 1000; // without a word from the site nothing is shown any more
export const FRESH_MS = 24 * 3600 * 1000; // a page that was opened again is not fetched again within a day
export const PATIENCE_MS = 4000; // then a kept copy is shown in place of a page that is slow to come
export const MOST_BYTES = 60 * 1024 * 1024;
export const FORMAT = 1;

// Return how much this browser may keep: at most half of what it would give the site.
export const boundOf = (quota) => (Number.isFinite(quota) ? Math.min(MOST_BYTES, Math.floor(quota / 2)) : MOST_BYTES);

// Return what a response says of the copy that it carries: its digest, the age group and the person it was made for.
export function readCopy(headers) {
  const [digest, band, person] = (headers.get("X-Copy") ?? "").split(" ");
  return person ? { digest, band: Number(band), person } : null;
}

// Return why a response is no copy to keep, "" where it is one: another site's, cut off, for somebody else, not whole.
export function faultOf(response, digest, record) {
  if (response.status !== 200 || response.redirected || !response.headers.has("X-Request-ID")) return "foreign";
  if (!/^text\/html\b/.test(response.headers.get("Content-Type") ?? "")) return "foreign";
  const copy = readCopy(response.headers);
  if (!copy) return "foreign";
  if (copy.person !== record.person || copy.band !== record.band) return "other";
  return copy.digest === digest ? "" : "broken";
}

// Tell whether what is kept may be shown. The clock of a device may be set back, so that a far future ends it, too.
export const isReadable = (record, now) => Math.abs(now - record.contact) < LEASE_MS;

// Return a record that can be relied on, null for anything else that may stand in its place.
export function readRecord(text) {
  try {
    const record = JSON.parse(text);
    const parts = [record.modules, record.opened, record.files];
    const isOne = record.format === FORMAT && typeof record.person === "string" && Number.isFinite(record.contact);
    return isOne && parts.every((part) => part && typeof part === "object") ? record : null;
  } catch {
    return null;
  }
}

export const newRecord = (person, band, now) => ({
  format: FORMAT, person, band, contact: now, basics: null, modules: {}, opened: {}, files: {}, trouble: {},
});

// Return the bytes of everything that is kept.
export function sizeOf(record) {
  const parts = [record.basics, ...[record.modules, record.opened, record.files].flatMap(Object.values)];
  return parts.reduce((sum, part) => sum + (part?.bytes ?? 0), 0);
}

// Return the addresses of opened pages that have to go so that so many bytes are free, the longest unused first.
export function leastUsed(opened, excess) {
  const gone = [];
  for (const [address, { bytes }] of Object.entries(opened).sort(([, one], [, two]) => one.used - two.used)) {
    if (excess <= 0) break;
    excess -= bytes;
    gone.push(address);
  }
  return gone;
}

// Return the address by which a page is kept: what only leads to a place within it is left out.
export const keptAddress = (url) => url.pathname + url.search;

// Return the places of a page in what is kept, as pairs of the name of a cache and an address, the best one first.
export function placesOf(record, address) {
  const packs = [record.basics, ...Object.values(record.modules)].filter(Boolean);
  const addresses = [address, ...packs.flatMap((pack) => pack.instead[address] ?? [])];
  const opened = Object.keys(record.opened);
  if (/\/attempts\/\d+$/.test(address)) addresses.push(...opened.filter((one) => one.startsWith(`${address}?q=`)));
  return addresses.flatMap((one) => [
    ...packs.filter((pack) => pack.pages.includes(one)).map((pack) => [pack.cache, one]),
    ...(record.opened[one] ? [[record.opened[one].cache, one]] : []),
  ]);
}

// Return the names of all caches that a record knows.
export function cachesOf(record) {
  const parts = [record.basics, ...[record.modules, record.opened, record.files].flatMap(Object.values)];
  return new Set(parts.filter(Boolean).map((part) => part.cache));
}

// Return the folder of static files that an address is in, with their common hash, "" for any other address.
export const folderOf = (address) => address.match(/^.*?\/static\/[0-9a-f]+\//)?.[0] ?? "";
