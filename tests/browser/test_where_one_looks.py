"""What is new stands where one looks and is read out: the next question, a hint, what Escape does, a long name."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import FIRST, Site, asking, begin, sign_up
from tests.browser.test_saving import option
from tests.shares import left

LONGEST = "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"


@pytest.mark.long
def test_the_next_question_has_the_focus_and_the_title(site: Site, open_device: Callable[..., Page]) -> None:
    page = open_device(viewport={"width": 360, "height": 640})
    begin(page)
    expect(page).to_have_title(re.compile(asking(1).pattern + f" · Quiz: {re.escape(site.lesson(FIRST).title)}"))
    option(page, 1).click()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_text(asking(1, answered=True))).to_be_visible()
    expect(page).to_have_title(re.compile(asking(1, answered=True).pattern + " · "))
    page.get_by_role("link", name="Next question").click()
    expect(page).to_have_title(re.compile(asking(2).pattern + " · "))
    expect(page.locator("#question")).to_be_focused()
    expect(page.get_by_role("heading", name=asking(2))).to_be_in_viewport()


@pytest.mark.long
def test_a_hint_has_the_focus_where_it_came_with_and_without_scripts(
    site: Site, open_device: Callable[..., Page]
) -> None:
    for scripts in (True, False):
        page = open_device(viewport={"width": 360, "height": 640}, java_script_enabled=scripts)
        begin(page)
        quiz, hint = page.url.partition("?")[0], page.get_by_role("button", name="Show a hint")
        for number in range(1, 6):
            page.goto(f"{quiz}?q={number}")
            if hint.count():
                break
        hint.click()
        expect(page.locator("#hint")).to_be_focused()
        expect(page.locator("#hint")).to_be_in_viewport()
        expect(page.locator("#hint")).to_have_attribute("role", "status")


@pytest.mark.long
def test_what_was_found_has_the_focus_and_is_counted_in_the_title(site: Site, page: Page) -> None:
    page.goto("/glossary")
    page.get_by_role("searchbox").fill("songbun")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#results")).to_be_focused()
    expect(page).to_have_title(re.compile(r"^\d+ results? · Search"))


@pytest.mark.long
def test_escape_says_what_it_does_after_the_first_press(site: Site, page: Page) -> None:
    page.goto(FIRST)
    page.keyboard.press("Escape")
    note = page.locator("#escape")
    expect(note).to_have_text("Press Escape twice more to leave this site.")
    expect(note).to_have_attribute("role", "status")
    page.keyboard.press("Escape")
    expect(note).to_have_text("Press Escape once more to leave this site.")
    expect(note).to_be_empty()


@pytest.mark.long
def test_a_name_of_the_longest_kind_makes_no_page_wider_than_the_screen(
    site: Site, open_device: Callable[..., Page]
) -> None:
    page = open_device(viewport={"width": 320, "height": 640})
    sign_up(page, LONGEST)
    for address in ("/", "/account", "/account/email", "/account/password", "/me"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("name", ["Ben", LONGEST], ids=["short", "long"])
def test_the_way_out_of_an_account_stands_beside_its_name(site: Site, page: Page, width: int, name: str) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    sign_up(page, name)
    page.locator(".fold > summary").click()
    menu = page.locator(".fold").get_by_role("navigation", name="Main")
    course, own, out = (
        one.bounding_box()
        for one in (
            menu.get_by_role("link", name="Course"),
            menu.get_by_role("link", name=name),
            menu.get_by_role("button", name="Sign out"),
        )
    )
    assert course
    assert own
    assert out
    assert own["y"] >= course["y"] + course["height"]
    assert 0 <= out["y"] - own["y"] - own["height"] < 8  # the next line of the menu
    assert min(own["height"], out["height"]) >= 44
    assert max(own["x"] + own["width"], out["x"] + out["width"]) <= width - course["x"]


@pytest.mark.parametrize("address", [left("/"), FIRST])
def test_the_way_out_of_the_site_stands_in_the_first_line_at_the_smallest_width(
    site: Site, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    for direction in ("ltr", "rtl"):
        page.evaluate("way => { document.documentElement.dir = way }", direction)
        line, out = page.locator(".top").bounding_box(), page.locator("#leave").bounding_box()
        assert line
        assert out
        assert line["height"] < 2 * out["height"], direction
