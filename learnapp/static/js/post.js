// Forms that a script sends, as the browser would send them.

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
