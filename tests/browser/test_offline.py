"""Without a network: what is kept is read and answered, and every answer arrives once and only once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from learnapp.database.db import db
from learnapp.learning.models import Attempt, Response
from tests.browser.learner import FIRST, Site, asking
from tests.browser.own_device import choose_own, inventory, keep, own_browser, stored

Open = Callable[[], BrowserContext]
COPY = re.compile("^A copy on this device, kept ")
HOUR_MS = 3_600_000


@pytest.fixture
def open_browser(
    playwright: Playwright, site: Site, tmp_path: Path, browser_type_launch_args: dict[str, Any]
) -> Iterator[Open]:
    """Start a browser of one's own; started again, it has been closed in between and keeps what it kept."""
    running: list[Any] = []

    def start() -> BrowserContext:
        stop()
        manager = own_browser(playwright, site, tmp_path / "browser", browser_type_launch_args)
        running.append(manager)
        return manager.__enter__()

    def stop() -> None:
        while running:
            running.pop().__exit__(None, None, None)

    yield start
    stop()


def answer_somehow(page: Page) -> None:
    """Fill in the question in front, with whatever fits its fields."""
    page.locator("form[data-answer]").evaluate("""form => {
      const fields = "input:not([type=hidden], [name=certainty], [name=flagged]), select";
      for (const name of new Set([...form.querySelectorAll(fields)].map((one) => one.name))) {
        const [first] = form.querySelectorAll(`[name="${name}"]`);
        if (first.matches(".pick")) first.checked = true;
        else first.value ||= first.matches("select") ? first.options[1].value : "7";
      }
    }""")


def answer_without_network(page: Page, number: int) -> bool:
    """Answer the question in front and go on to the next one; a conversation has to wait."""
    expect(page.locator("#question-n")).to_have_text(asking(number))
    is_talk = page.locator("form[data-autosave=off]").count() > 0
    if is_talk:
        page.goto(page.url.replace(f"q={number}", f"q={number + 1}").split("#")[0])
        return False
    answer_somehow(page)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_text("Kept on this device. It is checked when there is a connection")).to_be_visible()
    page.get_by_role("link", name=re.compile("^(Next question|Go on)$")).click()
    return True


def test_an_hour_without_a_network_and_a_restart_lose_nothing_and_double_nothing(
    site: Site, open_browser: Open
) -> None:
    context = open_browser()
    page = context.pages[0]
    choose_own(page)
    keep(page)
    context.set_offline(True)
    page.clock.install()
    page.goto(FIRST)
    expect(page.get_by_text(COPY)).to_be_visible()
    page.locator("form[action$='/quiz'] button").first.click()
    expect(page.locator("#question-n")).to_have_text(asking(1))
    given = sum(answer_without_network(page, number) for number in (1, 2, 3))
    page.clock.fast_forward(HOUR_MS)

    context = open_browser()
    context.set_offline(True)
    page = context.pages[0]
    page.goto(f"{FIRST}/quiz")
    total = len(site.lesson(FIRST).quiz.items)
    for number in range(4, total + 1):
        page.goto(re.sub(r"q=\w+.*", f"q={number}", page.url))
        given += answer_without_network(page, number)
    expect(page.get_by_text("waits on this device, and is sent when there is one")).to_be_visible()
    expect(page.get_by_text(f"Answers that wait here: {given}.")).to_be_visible()
    assert not any(stored(site).values())

    site.loss.begin(0.3, seed=5)
    context.set_offline(False)
    page.goto("/support")
    expect(page.get_by_text("All answers that waited on this device have arrived.")).to_be_visible(timeout=60_000)
    site.loss.end()
    assert inventory(page)["names"] == ["learnapp.device"]
    with site.app.app_context():
        (attempt,) = db.session.query(Attempt).filter_by(state="open")
        rows = db.session.query(Response).filter_by(attempt_id=attempt.id).all()
        assert len(rows) == len({row.item_id for row in rows}) == given == attempt.seq
        assert all(row.response is not None for row in rows)
    assert sum(site.loss.lost) == 0  # counted anew since the line is whole again
    page.get_by_role("link", name="See how the quiz went").click()
    expect(page.locator("#question-n")).to_have_text(re.compile("answered$|Question"))
