"""Coming into a class in a browser: by keyboard alone, without script, at 320 px; its pages, as all may need them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnapp.groups.membership.codes import show_code
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People
from tests.browser.keyboard import BY_NAME, BY_PART, tab_to
from tests.browser.learner import Site
from tests.browser.test_every_page import violations
from tests.shares import left

Device = Callable[..., Page]


@pytest.fixture
def class_9c(site: Site) -> Class:
    """Give Ada's class, with a code to join by."""
    return Class(People(site.app))


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name).wait_for()


def press(page: Page, words: str) -> None:
    """Come by keyboard to what has these words, and press it."""
    tab_to(page, words, BY_PART)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    """Come by keyboard to a field, and type into it."""
    tab_to(page, name, BY_NAME)
    page.keyboard.type(words)


@pytest.mark.long
@pytest.mark.parametrize("scripted", [True, left(False)])
def test_somebody_new_comes_in_by_keyboard_alone_on_the_smallest_screen(
    site: Site, open_device: Device, class_9c: Class, scripted: bool
) -> None:
    page = open_device(viewport={"width": 320, "height": 640}, java_script_enabled=scripted)
    page.goto("/join")
    write(page, "code", show_code(class_9c.code).lower())
    press(page, "Go on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("9C")
    press(page, "Make an account")
    write(page, "name", "Dora")
    write(page, "password", PASSWORD)
    if not scripted:
        write(page, "password_again", PASSWORD)
    press(page, "Make my account")
    assert page.url.endswith("/join/confirm")
    press(page, "Join")
    expect(page.get_by_text("You are in.")).to_be_visible()
    assert class_9c.members() == {"Dora"}

    press(page, "Leave this class")
    expect(page.get_by_text("You have left 9C.")).to_be_visible()
    assert class_9c.members() == set()


@pytest.mark.long
def test_a_link_from_a_poster_leaves_no_code_in_the_history(site: Site, page: Page, class_9c: Class) -> None:
    page.goto(f"/join?code={class_9c.code}")
    assert page.url == f"{site.url}/join"
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/join/confirm")
    page.go_back()
    assert page.url == f"{site.url}/join"
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.long
def test_a_poster_is_one_page_of_its_paper(site: Site, page: Page, class_9c: Class) -> None:
    sign_in(page, class_9c.leader)
    for paper, size in (("a4", (595, 842)), ("letter", (612, 792))):
        page.goto(f"/groups/{class_9c.id}/poster?paper={paper}")
        printed = page.pdf(prefer_css_page_size=True)
        boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
        assert [(round(float(wide)), round(float(high))) for wide, high in boxes] == [size]


@pytest.mark.long
def test_pages_of_joining(site: Site, page: Page, class_9c: Class, noticed: list[str]) -> None:
    people, seen = class_9c.people, set[str]()
    for name in ("Ben", "Mina with a very long name indeed"):
        people.add(name)
        class_9c.take_in(name)
    found: list[str] = []

    page.emulate_media(color_scheme="light")

    def look(path: str) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(path)
        found.extend(f"{path}: {line}" for line in violations(page, seen))

    look(f"/join?code={class_9c.code}")
    page.goto("/join")
    page.get_by_label("Code").fill("0000-0000-1")
    page.get_by_role("button", name="Go on").click()
    page.locator(".errors").wait_for()
    found.extend(violations(page, seen))
    page.goto("/join")
    page.get_by_role("button", name="Go on").click()
    look("/join/confirm")
    look("/join/window")

    sign_in(page, class_9c.leader)
    for path in ("", "/code", "/poster", "/invite", "/window"):
        look(f"/groups/{class_9c.id}{path}")
    page.goto(f"/groups/{class_9c.id}/window")
    page.get_by_role("button", name="Open the window").click()
    page.locator(".wallcode").wait_for()
    look(f"/groups/{class_9c.id}/window")
    page.goto(f"/groups/{class_9c.id}/code")
    page.get_by_role("button", name="Close the door").click()
    look(f"/groups/{class_9c.id}")

    people.add("Cleo")
    page.goto(f"/groups/{class_9c.id}/invite")
    page.get_by_label("User name or e-mail address").fill("Cleo")
    page.get_by_role("button", name="Invite").click()
    page.get_by_text("If there is such an account").wait_for()
    page.context.clear_cookies()
    sign_in(page, "Cleo")
    for path in ("/", "/me", "/groups", f"/groups/{class_9c.id}/invitation"):
        look(path)
    assert found == []
    noticed[:] = [line for line in noticed if "422" not in line]
