"""Strong parts stay closed, whatever a browser does with links, paper and scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import SECOND, Site

CARD = "details.folded"
FIRST_LESSON = "cut-off/people-before-politics"


@pytest.fixture
def lesson(site: Site, page: Page) -> Page:
    """Open a lesson with a closed card."""
    page.goto("/")
    page.goto(SECOND)
    if not page.locator(CARD).count():
        page.goto(f"/modules/{FIRST_LESSON}")
        page.get_by_role("button", name="Mark as read").click()
        site.finish_lessons(FIRST_LESSON)
        page.goto(SECOND)
    return page


def test_no_link_opens_a_closed_card(lesson: Page) -> None:
    card = lesson.locator(CARD).first
    expect(card).not_to_have_attribute("open", "")
    numbers = card.evaluate("one => [...one.querySelectorAll('summary')][0].textContent.match(/[0-9]+/g)")
    targets = [str(card.get_attribute("id")), *(f"p{number}" for number in numbers), "term-labor-camp"]
    for target in targets:
        lesson.goto("about:blank")
        lesson.goto(f"{SECOND}#{target}")
        expect(lesson.locator(CARD).first).not_to_have_attribute("open", "")
    assert card.evaluate("one => one.querySelectorAll('[id]').length") == 0


def test_printing_opens_tables_and_no_closed_card(lesson: Page) -> None:
    lesson.evaluate("dispatchEvent(new Event('beforeprint'))")
    lesson.emulate_media(media="print")
    inside = lesson.locator(f"{CARD} > :not(summary)").first
    expect(inside).not_to_be_visible()
    expect(lesson.locator(CARD).first).not_to_have_attribute("open", "")
    if lesson.locator(".fig details").count():
        expect(lesson.locator(".fig details").first).to_have_attribute("open", "")
    lesson.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(inside).not_to_be_visible()


@pytest.mark.long
def test_a_reader_opens_a_card_by_keyboard_and_closes_it_again(lesson: Page) -> None:
    summary = lesson.locator(f"{CARD} > summary").first
    inside = lesson.locator(f"{CARD} > :not(summary)").first
    summary.focus()
    lesson.keyboard.press("Enter")
    expect(inside).to_be_visible()
    lesson.keyboard.press("Enter")
    expect(inside).not_to_be_visible()
