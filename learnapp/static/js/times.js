// Times: moments in the zone of this browser. Where a reader has chosen a zone, what the server wrote stands.

const STYLES = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  date: { day: "numeric", month: "long", year: "numeric" },
};

const DAY_MS = 24 * 3600 * 1000;

// Return today, yesterday or the date, as of `now`.
export function dayWords(moment, language, now = new Date()) {
  const day = new Date(moment);
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / DAY_MS);
  if (days !== 0 && days !== 1) return timeWords(day, "date", language);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day");
}

// Return a moment in words, as the server writes them: 14:32, 26 November 2026, or both with a comma.
export function timeWords(moment, style, language, timeZone) {
  const format = (part) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    ...STYLES[part], timeZone: timeZone || undefined,
  }).format(new Date(moment));
  return style === "day" ? `${format("date")}, ${format("clock")}` : format(style);
}

// Choose the zone of this browser in a list of zones that has it.
export function chooseBrowserZone(list, zone = new Intl.DateTimeFormat().resolvedOptions().timeZone) {
  if ([...list.options].some((option) => option.value === zone)) list.value = zone;
}

// Write the times in a part of a page anew.
export function showLocalTimes(part) {
  for (const time of part.querySelectorAll("time[data-style]")) {
    const { dateTime, dataset: { style } } = time;
    const language = document.documentElement.lang;
    time.textContent = style === "when" ? dayWords(dateTime, language) : timeWords(dateTime, style, language);
  }
}
