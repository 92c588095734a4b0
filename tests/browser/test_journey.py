"""The journey of somebody new: read, answer, see why, stop in the middle, go on there on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.single import Single
from tests.browser.learner import FIRST, SECOND, Site, answer, asking, sign_in, sign_up

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "scripts"), [pytest.param(PHONE, True, id="phone"), pytest.param(DESKTOP, False, id="no-scripts")]
)
def test_somebody_new_learns_stops_and_goes_on_exactly_there(
    site: Site, open_device: Callable[..., Page], size: dict[str, Any], scripts: bool
) -> None:
    page = open_device(**size, java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Start the first lesson").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(site.lesson(FIRST).title)
    assert site.people() == 0
    page.get_by_role("button", name="Go to the quiz").click()
    expect(page.get_by_role("heading", level=1, name=asking(1))).to_be_visible()

    # The first answer is wrong, and the page says why.
    page.locator("form[data-answer] .option").nth(keys(site, page).index(False)).click()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_text("Not quite.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"Read paragraph \d+ again")).first).to_be_visible()
    while (following := page.get_by_role("link", name="Next question")).count():
        following.click()
        answer(site, page)
    page.get_by_role("button", name="See my result").click()
    expect(page.get_by_text("The quiz is passed. The lesson is done.")).to_be_visible()

    # The next lesson opens; in its middle the reader stops.
    page.get_by_role("link", name=f"Go on: {site.lesson(SECOND).title}").click()
    page.wait_for_url(f"**{SECOND}")
    if scripts:
        with page.expect_response(re.compile(r"/place$")) as kept:
            paragraphs = page.locator(".lesson .para [id^=p]")
            middle = paragraphs.nth(paragraphs.count() // 2)
            middle.evaluate("one => one.scrollIntoView({block: 'start', behavior: 'instant'})")
        place = middle.get_attribute("id")
        assert (kept.value.request.post_data or "").endswith(f"anchor={place}")
    else:
        button = page.get_by_role("button", name="Keep my place here").nth(1)
        place = button.get_attribute("value")
        button.click()
        expect(page.get_by_text("You left off at paragraph")).to_be_visible()
    sign_up(page, "Ben")

    # On a phone the account goes on exactly there.
    phone = open_device(**PHONE)
    sign_in(phone, "Ben")
    phone.goto("/me")
    expect(phone.get_by_text("1 of 3 lessons done").first).to_be_visible()
    phone.get_by_role("link", name="Go on reading").click()
    phone.wait_for_url(f"**{SECOND}#{place}")
    expect(phone.locator(f"#{place}")).to_be_in_viewport()
    assert site.people() == 1


def test_the_whole_way_by_keyboard_alone(site: Site, page: Page) -> None:
    page.goto("/")
    press_until(page, "Start the first lesson")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(site.lesson(FIRST).title)
    press_until(page, "Go to the quiz")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/attempts/\d+"))

    for place, right in enumerate(keys(site, page), 1):
        if right:
            page.keyboard.press(str(place))
    expect(page.get_by_text(re.compile(r"Saved at \d\d:\d\d"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[data-focus]", has_text="That is right.")).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Unflag this question")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name=asking(2))).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name=asking(1, answered=True))).to_be_visible()
    press_until(page, "Leave this site", back=True)


def keys(site: Site, page: Page) -> list[bool]:
    """Return of each option of the question in front, in the order of the page, whether it is right."""
    attempt_item = site.attempt_item(page)
    assert isinstance(attempt_item.item, Single | Multiple), "the course begins with options to choose from"
    return [attempt_item.item.options[i].key for i in attempt_item.presentation.order]


def press_until(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until what has this name has the focus, and check that the focus can be seen."""
    for _press in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        text = page.evaluate("document.activeElement?.innerText ?? ''")
        if name in text and len(text) < 60:
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none"
            return
    raise AssertionError(f"Tab never reached “{name}”")


@pytest.mark.long
def test_the_contents_mark_follows_the_reader(site: Site, page: Page) -> None:
    page.goto("/modules/cut-off/people-before-politics")
    marked = page.locator("nav.contents [aria-current]")
    expect(marked).to_have_attribute("href", page.locator("nav.contents a").first.get_attribute("href") or "")
    part = page.locator(".lesson section").nth(2)
    part.evaluate("one => one.scrollIntoView({block: 'start', behavior: 'instant'})")
    expect(marked).to_have_attribute("href", f"#{part.get_attribute('id')}")
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    expect(marked).to_have_attribute("href", page.locator("nav.contents a").last.get_attribute("href") or "")
