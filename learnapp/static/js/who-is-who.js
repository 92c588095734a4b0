// Who is who in a class with pseudonyms: a leader's own file of pseudonyms and names, read in this browser and sent
// nowhere. On every page that has them, elements with `data-pseudonym` get the name added.
//
// A page with the part "_names.html" has a field for the file. The table stays in this tab until it is closed, the
// names are taken off, or the leader signs out, so that it need not be opened on every page anew.

const KEPT = "learnapp.names.";
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫]/;

// Return a table with a heading as CSV that no spreadsheet takes for formulas.
export function writeTable(pairs, heading) {
  const cell = (text) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return "\ufeff" + [heading, ...pairs].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// Return the rows of a table: of commas, semicolons or tabs, as it was written or as a spreadsheet saved it.
export function readTable(text) {
  const plain = text.replace(/^\ufeff/, "");
  const first = plain.split(/\r\n|\r|\n/, 1)[0];
  const mark = ["\t", ";", ","].find((sign) => first.includes(sign)) ?? ",";
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    rows.at(-1).push(FORMULA.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell);
    cell = "";
  };
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    if (quoted) {
      if (sign === '"' && plain[at + 1] === '"') cell += plain[(at += 1)];
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"') quoted = true;
    else if (sign === mark) endCell();
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && plain[at + 1] === "\n") at += 1;
      endCell();
      rows.push([]);
    } else cell += sign;
  }
  if (cell || rows.at(-1).length) endCell();
  return rows.filter((row) => row.some((one) => one.trim()));
}

// Return names by pseudonym from the rows of a table: whichever column holds one of these pseudonyms, and the column
// beside it.
export function namesFrom(rows, pseudonyms) {
  const names = new Map();
  for (const row of rows) {
    const at = row.findIndex((cell) => pseudonyms.has(plainKey(cell)));
    const name = at < 0 ? "" : (row[at + 1] ?? row[at - 1] ?? "").trim();
    if (name) names.set(plainKey(row[at]), name);
  }
  return names;
}

export const plainKey = (text) => text.trim().toLowerCase();

// Add names to what has a pseudonym, or take them off where there are none.
export function showNames(root, names) {
  let shown = 0;
  for (const element of root.querySelectorAll("[data-pseudonym]")) {
    element.querySelector(":scope > .realname")?.remove();
    const name = names.get(plainKey(element.dataset.pseudonym));
    if (!name) continue;
    const added = document.createElement("bdi");
    added.className = "realname";
    added.textContent = ` (${name})`;
    element.append(added);
    shown += 1;
  }
  return shown;
}

function start(part) {
  const key = KEPT + document.body.dataset.person;
  const file = part.querySelector("input[type=file]");
  const off = part.querySelector("[data-names-off]");
  const status = part.querySelector("[role=status]");
  const pseudonyms = () => new Set(
    [...document.querySelectorAll("[data-pseudonym]")].map((one) => plainKey(one.dataset.pseudonym)));
  let known = new Map(); // of every file that was opened: a class may have been made in two goes
  const show = (names) => {
    known = names;
    const shown = showNames(document, names);
    off.hidden = shown === 0;
    return shown;
  };
  part.hidden = false;
  try {
    show(new Map(JSON.parse(sessionStorage.getItem(key) ?? "[]")));
  } catch {
    // Storage that is forbidden or broken: the file is opened again on each page.
  }
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const names = namesFrom(readTable(await file.files[0].text()), pseudonyms());
    const shown = show(new Map([...known, ...names]));
    status.textContent = names.size ? part.dataset.shown : part.dataset.none;
    try {
      if (shown) sessionStorage.setItem(key, JSON.stringify([...known]));
    } catch {
      // As above.
    }
  });
  off.addEventListener("click", () => {
    show(new Map());
    file.value = "";
    status.textContent = part.dataset.off;
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
    file.focus();
  });
}

if (globalThis.document) for (const part of document.querySelectorAll("[data-names]")) start(part);
