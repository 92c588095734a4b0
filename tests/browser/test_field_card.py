"""The field card in a browser: saved, opened without a network on a phone, and printed on one sheet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SHEETS = ("A4", "Letter")


@pytest.fixture
def saved(page: Page, tmp_path: Path) -> Path:
    """Save the card from its page, as a phone does."""
    page.goto("/training/card")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take it along as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Give a phone that has never had a network."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, offline=True)
    yield context.new_page()
    context.close()


def test_the_saved_card_opens_without_a_network_and_prints_on_one_sheet(phone: Page, saved: Path) -> None:
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url))
    phone.goto(saved.as_uri())
    expect(phone.get_by_role("heading", name="When somebody confides in you")).to_be_visible()
    expect(phone.get_by_text("34,538 people")).to_be_visible()
    assert fetched == [saved.as_uri()]
    assert phone.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    for sheet in SHEETS:
        assert phone.pdf(format=sheet).count(b"/Type /Page\n") == 1


def test_the_page_of_the_card_prints_on_one_sheet(page: Page) -> None:
    page.goto("/training/card")
    for sheet in SHEETS:
        assert page.pdf(format=sheet).count(b"/Type /Page\n") == 1
