"""A device of one's own that keeps modules: a browser that can be closed and opened again with all that it keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from learnapp.database.db import db
from learnapp.learning.models import Attempt, Response
from tests.browser.learner import Site

MODULE = "cut-off"
KEPT = re.compile(r"^Kept: \d+ pages, 3 quizzes to answer")
INVENTORY = """async () => {
  const pages = {};
  for (const name of await caches.keys()) {
    pages[name] = (await (await caches.open(name)).keys()).map(({ url }) => url.slice(location.origin.length));
  }
  const registrations = (await navigator.serviceWorker.getRegistrations()).length;
  return { pages, registrations, names: Object.keys(localStorage).filter((name) => name.startsWith("learnapp.")) };
}"""
NOTHING: dict[str, Any] = {"pages": {}, "registrations": 0, "names": []}


@contextmanager
def own_browser(playwright: Playwright, site: Site, folder: Path, **about: Any) -> Iterator[BrowserContext]:
    """Start the browser that keeps its things in a folder, and close it afterwards."""
    chromium = playwright.chromium
    context = chromium.launch_persistent_context(str(folder), base_url=site.url, reduced_motion="reduce", **about)
    yield context
    context.close()


def unplug(site: Site, context: BrowserContext) -> None:
    """Take the network away."""
    context.set_offline(True)
    site.gate.unplugged = True


def plug_in(site: Site, context: BrowserContext) -> None:
    """Bring the network back."""
    site.gate.unplugged = False
    context.set_offline(False)


def choose_own(page: Page) -> None:
    """Say that this device is one's own."""
    page.goto("/device")
    page.get_by_label("It is my own").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Room on this device")).to_be_visible()


def keep(page: Page, module: str = MODULE) -> None:
    """Keep a module and wait until it is there."""
    row = page.locator(f"[data-module={module}]")
    row.get_by_role("button", name="Keep on this device").click()
    whole = KEPT if module == MODULE else re.compile("^Kept: ")
    expect(row.locator("[data-state]")).to_have_text(whole, timeout=30_000)


def inventory(page: Page) -> dict[str, Any]:
    """Return what this browser keeps: pages by cache, how many workers, names in its storage."""
    found: dict[str, Any] = page.evaluate(INVENTORY)
    return found


def kept_pages(page: Page) -> list[str]:
    """Return the addresses of all pages and files that are kept."""
    return [address for addresses in inventory(page)["pages"].values() for address in addresses]


def wait_for_pages(page: Page, *addresses: str) -> None:
    """Wait until these pages are kept, and what was left half-written is gone."""
    page.wait_for_function(
        """async (wanted) => {
          const kept = [];
          for (const name of await caches.keys()) {
            kept.push(...(await (await caches.open(name)).keys()).map(({ url }) => url.slice(location.origin.length)));
          }
          return wanted.every((address) => kept.includes(address)) && !(await caches.has("learnapp::module:half"));
        }""",
        arg=list(addresses),
        timeout=30_000,
    )


def version_kept(page: Page, module: str = MODULE) -> str:
    """Return the version in which a module is kept."""
    return str(
        page.evaluate(
            """async (module) => {
              const kept = await (await caches.open("learnapp::record")).match("/record");
              return (await kept.json()).modules[module].version;
            }""",
            module,
        )
    )


def wait_for_nothing(page: Page) -> None:
    """Wait until this browser keeps nothing any more."""
    nothing = json.dumps(NOTHING, separators=(",", ":"))
    page.wait_for_function(f"async () => JSON.stringify(await ({INVENTORY})()) === '{nothing}'", timeout=10_000)


def stored(site: Site) -> dict[int, list[str]]:
    """Return the items of which an answer is stored, by attempt."""
    with site.app.app_context():
        found: dict[int, list[str]] = {one.id: [] for one in db.session.query(Attempt)}
        for row in db.session.query(Response).order_by(Response.item_id):
            found[row.attempt_id].append(row.item_id)
        return found
