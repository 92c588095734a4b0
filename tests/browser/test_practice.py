"""A practice conversation in a browser: by keyboard alone at 320 px, with scripts and without, and back again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import BY_NAME, BY_PART, tab_to
from tests.browser.test_every_page import violations
from tests.shares import left

Device = Callable[..., Page]
TALK = "/practice/two-minutes"
AFTER_THE_TALK = """() => {
  const order = [...document.querySelectorAll("ol.talk > li, form fieldset")];
  return order.at(-1).tagName === "FIELDSET" && order.length > 1;
}"""
pytestmark = pytest.mark.usefixtures("site")  # which empties the tables afterward


def press(page: Page, words: str) -> None:
    """Come by keyboard to what has these words, and press it."""
    tab_to(page, words, BY_PART)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_reply(page: Page, down: int) -> None:
    """Come to the replies, and go down so many of them."""
    tab_to(page, "reply", BY_NAME)
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def say(page: Page, down: int) -> None:
    """Choose the reply that is so far down, and say it."""
    choose_reply(page, down)
    press(page, "Say this")


@pytest.mark.parametrize("scripted", [True, left(False)])
def test_a_whole_conversation_by_keyboard_alone_on_the_smallest_screen(open_device: Device, scripted: bool) -> None:
    page = open_device(viewport={"width": 320, "height": 640}, java_script_enabled=scripted)
    page.goto(TALK)
    tab_to(page, "anticipated", BY_NAME)
    page.keyboard.type("Perhaps he worries about somebody.")
    press(page, "Begin the talk")
    assert page.evaluate(AFTER_THE_TALK)
    for turn in range(12):
        if not page.locator("input[name=reply]").count():
            break
        say(page, turn % 3)
        # The visitor's reaction has the focus, stands on the screen, and comes before its reason.
        now = page.locator("#now")
        expect(now).to_be_focused()
        expect(now).to_be_in_viewport()
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("heading", name="Look back")).to_be_visible()
    expect(page.get_by_text("Perhaps he worries about somebody.").last).to_be_visible()
    tab_to(page, "note", BY_NAME)
    page.keyboard.type("Ask before I tell.")
    press(page, "Keep it")
    expect(page.locator("#note")).to_have_value("Ask before I tell.")
    expect(page.get_by_text("Kept", exact=True)).to_be_visible()


@pytest.mark.long
def test_each_state_of_a_conversation_is_without_fault_for_axe(open_device: Device) -> None:
    page = open_device(viewport={"width": 320, "height": 640})
    found: list[str] = []
    seen: set[str] = set()
    page.goto("/practice")
    found += violations(page, seen)
    page.goto(TALK)
    found += violations(page, seen)
    page.get_by_role("button", name="Begin the talk").click()
    for _turn in range(12):
        found += violations(page, seen)
        if not page.locator("input[name=reply]").count():
            break
        page.locator("input[name=reply]").first.check()
        with page.expect_navigation():
            page.get_by_role("button", name="Say this").click()
    assert found == []


def test_back_in_the_browser_and_a_second_click_say_nothing_twice(open_device: Device) -> None:
    page = open_device(viewport={"width": 360, "height": 640})
    page.goto(TALK)
    page.get_by_role("button", name="Begin the talk").click()
    page.locator("input[name=reply]").first.check()
    page.get_by_role("button", name="Say this").dblclick()
    expect(page.locator("ol.talk .turn--you")).to_have_count(1)
    page.go_back()
    page.reload()
    expect(page.locator("ol.talk .turn--you")).to_have_count(1)
    page.get_by_role("button", name="Go back one reply").click()
    expect(page.locator("ol.talk .turn--you")).to_have_count(0)
