"""What a first visit to a lesson weighs, and what the next lesson adds, as sent: compressed."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.learner import FIRST, SECOND, Site, begin

KILO = 1000


class Scales:
    """Weighs what a page loads."""

    def __init__(self, page: Page) -> None:
        self.sent: dict[str, float] = {}
        self.names: dict[str, str] = {}
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        self.names[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:  # nothing comes over the line for what the browser has already
            self.sent[self.names[event["requestId"]]] = event["encodedDataLength"]

    def take(self) -> tuple[float, list[str]]:
        """Return kilobytes and addresses since the last time."""
        weight, names = sum(self.sent.values()) / KILO, sorted(self.sent)
        self.sent = {}
        return weight, names


@pytest.mark.long
def test_a_first_lesson_is_light_and_the_next_one_is_one_small_page(site: Site, page: Page) -> None:
    begin(page)
    site.finish_lessons("cut-off/people-before-politics")
    fresh = page.context.browser
    assert fresh is not None
    other = fresh.new_context(base_url=site.url, storage_state=page.context.storage_state()).new_page()
    scales = Scales(other)
    other.goto(FIRST, wait_until="networkidle")
    weight, names = scales.take()
    assert len(names) <= 10, names
    assert weight <= 90, (weight, names)
    other.goto(SECOND, wait_until="networkidle")
    weight, names = scales.take()
    assert len(names) == 1, names
    assert weight <= 16, weight
    other.context.close()
