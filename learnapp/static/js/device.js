// The page of this device: asks whose it is, keeps and removes modules, and says what is kept. The page that stands in
// place of one that is not kept lists what is.
import { countAll } from "./arrivals.js";
import { keepChoice, readChoice } from "./choice.js";
import { meetSite } from "./contact.js";
import { parseReply, postForm } from "./post.js";
import { siteOf } from "./storage.js";
import { wipe } from "./wipe.js";
import { boundOf, sizeOf } from "./worker/rules.js";
import { Store } from "./worker/store.js";

const page = document.querySelector("[data-device]");
const rows = [...document.querySelectorAll("[data-module]")];
const list = document.querySelector("[data-kept-list]");
const lang = document.documentElement.lang;
const isAble = "serviceWorker" in navigator && "caches" in window && window.isSecureContext;
const keeping = new Map(); // how far a module is, by name

const kilobytes = (bytes) => {
  const big = bytes >= 1e6;
  const style = { style: "unit", unit: big ? "megabyte" : "kilobyte", maximumFractionDigits: big ? 1 : 0 };
  return new Intl.NumberFormat(lang, style).format(bytes / (big ? 1e6 : 1000));
};
const moment = (time) => new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" }).format(time);

async function record() {
  const choice = readChoice();
  return choice && new Store(caches, siteOf(choice.person)).record().catch(() => null);
}

function show(name) {
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(name);
}

function rowWords(slug, kept, chosen) {
  const said = (name) => page.getAttribute(`data-${name}`);
  const module = kept?.modules[slug];
  if (keeping.has(slug)) {
    const { done, total } = keeping.get(slug);
    return said("keeping").replace("{done}", done).replace("{total}", total);
  }
  const trouble = kept?.trouble[slug] ? said(kept.trouble[slug]) : "";
  if (!module) return trouble || said(chosen ? "wanted" : "none");
  const questions = Object.values(module.instead).filter(([first]) => first.includes("/attempts/"));
  const quizzes = new Set(questions.map(([first]) => first)).size;
  const about = { pages: module.pages.length, size: kilobytes(module.bytes), time: moment(module.fetched), quizzes };
  return `${said(quizzes ? "kept" : "talks").replace(/\{(\w+)\}/g, (_all, name) => about[name])} ${trouble}`.trim();
}

async function refresh() {
  const choice = readChoice();
  const kept = await record();
  if (list) return listKept(kept);
  show(isAble ? (choice ? "own" : "ask") : "unable");
  if (!choice) return;
  for (const row of rows) {
    const { module } = row.dataset;
    const chosen = choice.modules.includes(module);
    row.querySelector("[data-state]").textContent = rowWords(module, kept, chosen);
    row.querySelector("[data-keep]").hidden = chosen;
    row.querySelector("[data-remove]").hidden = !chosen;
  }
  const waiting = countAll(choice.person);
  const unsent = page.querySelector("[data-unsent]");
  unsent.hidden = !waiting;
  unsent.textContent = unsent.dataset.unsent.replace("{count}", waiting);
  const bound = boundOf((await navigator.storage?.estimate?.())?.quota);
  const total = { size: kilobytes(kept ? sizeOf(kept) : 0), bound: kilobytes(bound) };
  const opened = kept ? Object.keys(kept.opened).length : 0;
  for (const line of page.querySelectorAll("[data-total]")) {
    line.textContent = line.dataset.total.replace(/\{(\w+)\}/g, (_all, name) => ({ ...total, opened })[name]);
  }
}

// What came of the module that was chosen last is read out; how far it is, is not.
function tellNews() {
  const slug = readChoice()?.modules.at(-1);
  const row = slug && document.getElementById(slug);
  if (row) page.querySelector("[data-news]").textContent = row.innerText.split("\n").slice(0, 2).join(": ");
}

function listKept(kept) {
  for (const [slug, { title, pages }] of Object.entries(kept?.modules ?? {})) {
    const link = Object.assign(document.createElement("a"), { textContent: title, href: pages[0], lang: "en" });
    const row = document.createElement("li");
    row.dataset.slug = slug;
    row.append(link);
    list.append(row);
  }
  list.parentElement.hidden = !list.children.length;
}

async function choose(change) {
  const choice = readChoice();
  if (!choice) return;
  const next = { ...choice, modules: change(choice.modules) };
  if (!keepChoice(next)) return show("unable");
  await refresh();
  if (!(await meetSite(next))) page.querySelector("[data-unreached]").hidden = false;
}

async function keepHere(form) {
  const fields = [...new FormData(form)];
  try {
    const { response, text } = await postForm(form.action, fields, { headers: { Accept: "application/json" } });
    const contact = response.ok && parseReply(text);
    if (typeof contact?.person !== "string" || !contact.person) throw new Error("not answered");
    if (!keepChoice({ person: contact.person, modules: [] })) return show("unable");
    await refresh();
    page.querySelector("[data-own]").focus();
    await meetSite(readChoice());
  } catch {
    page.querySelector("[data-unreached]").hidden = false;
  }
}

page?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (new FormData(form).get("device") === "own") return keepHere(form);
  await wipe(siteOf(page.dataset.device));
  show("shared");
  page.querySelector("[data-shared]").focus();
});

page?.addEventListener("click", async (event) => {
  const button = event.target.closest("button[type=button]");
  const slug = button?.closest("[data-module]")?.dataset.module;
  if (button?.matches("[data-keep]")) {
    keeping.set(slug, { done: 0, total: "…" });
    await choose((modules) => [...modules, slug]);
    button.parentElement.querySelector("[data-remove]").focus();
  } else if (button?.matches("[data-remove]")) {
    keeping.delete(slug);
    await choose((modules) => modules.filter((one) => one !== slug));
    button.parentElement.querySelector("[data-keep]").focus();
  } else if (button?.matches("[data-remove-all]")) {
    await wipe(siteOf(page.dataset.device));
    show("gone");
    page.querySelector("[data-gone]").focus();
  }
});

navigator.serviceWorker?.addEventListener("message", async ({ data }) => {
  if (!page) return;
  if (data.type === "keeping") keeping.set(data.slug, data);
  else keeping.clear();
  await refresh();
  if (data.type === "done") tellNews();
});

refresh();
