"""What is said of saving is so, whatever answers: another network, a busy site, a browser that keeps nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from learnapp.accounts.models import LoginSession, User
from learnapp.database.db import db
from tests.browser.learner import FIRST, PASSWORD, Site, begin, sign_in, sign_up
from tests.browser.test_saving import ANSWERS, SAVED, option, picked, status

NO_CONNECTION = re.compile("Not saved, trying again: there is no connection")
BUSY = re.compile("Not saved, trying again: the site cannot save just now")
FORBID = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


def waiting(page: Page) -> int:
    """Return how many unsaved answers wait in the browser."""
    kept: int = page.evaluate("Object.keys(localStorage).filter((name) => name.includes('unsaved')).length")
    return kept


def named(page: Page, question: int) -> Locator:
    return page.get_by_text(f"answered question {question} since you opened it here")


PORTAL = {"status": 200, "content_type": "text/html", "body": "<title>Welcome to the hotel</title>"}
ELSEWHERE = {"status": 302, "headers": {"Location": "http://portal.example/"}}
HALF = {"status": 200, "content_type": "application/json", "body": '{"item": "cut'}


@pytest.mark.long
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(PORTAL, NO_CONNECTION, id="portal"),
        pytest.param(ELSEWHERE, NO_CONNECTION, id="redirect"),
        pytest.param({"status": 511, "body": "Sign in to the network"}, NO_CONNECTION, id="511"),
        pytest.param(HALF, NO_CONNECTION, id="cut-off"),
        pytest.param({"status": 500, "body": "{}"}, BUSY, id="500"),
        pytest.param({"status": 429, "headers": {"Retry-After": "1"}, "body": ""}, BUSY, id="429"),
    ],
)
def test_what_no_answer_of_the_site_is_told_as_it_is_and_saved_later(
    site: Site, page: Page, noticed: list[str], answer: dict[str, Any], told: re.Pattern[str]
) -> None:
    begin(page)
    page.route(ANSWERS, lambda route: route.fulfill(**answer))
    option(page, 1).click()
    expect(status(page)).to_have_text(told)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("[data-unsent]")).to_contain_text(re.compile("no connection|cannot save just now"))
    expect(page.get_by_role("link", name="Sign in and go on")).to_be_hidden()
    page.unroute(ANSWERS)
    option(page, 2).click()
    expect(status(page)).to_have_text(SAVED)
    assert site.attempt_item(page).state.response is not None
    noticed.clear()


def test_a_browser_that_keeps_nothing_still_saves_and_says_so(site: Site, page: Page, noticed: list[str]) -> None:
    page.add_init_script(FORBID)
    page.on("dialog", lambda dialog: dialog.accept())
    begin(page)
    for number in (0, 1):
        option(page, number).click()
        expect(status(page)).to_have_text(SAVED)
    expect(page.locator("[data-which-to-keep]")).to_be_hidden()
    page.locator("body").press("3")
    expect(picked(page, 2)).to_be_checked()
    page.route(ANSWERS, lambda route: route.abort())
    option(page, 0).click()
    expect(status(page)).to_contain_text("Keep this page open: this browser stores nothing.")
    noticed.clear()


@pytest.mark.long
def test_a_question_about_another_question_names_it_and_changes_no_other(
    site: Site, page: Page, noticed: list[str]
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    begin(page)
    first, second = page.url, page.url.replace("q=1", f"q={site.another()}")
    phone = page.context.new_page()
    phone.goto(first)
    option(phone, 0).click()
    expect(status(phone)).to_have_text(SAVED)
    phone.goto(second)
    option(phone, 0).click()
    expect(status(phone)).to_have_text(SAVED)
    option(page, 2).click()
    expect(named(page, 1)).to_be_visible()
    page.goto(second)
    expect(named(page, 1)).to_be_visible()
    page.get_by_role("button", name="Keep what I have here for question 1").click()
    expect(status(page)).to_have_text(re.compile("Question 1: Saved at"))
    expect(picked(page, 0)).to_be_checked()
    assert site.attempt_item(page).state.response is not None
    page.goto(first)
    expect(picked(page, 2)).to_be_checked()
    noticed.clear()


@pytest.mark.long
def test_what_one_person_could_not_save_waits_for_them_alone(site: Site, page: Page, noticed: list[str]) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    sign_up(page, "Ben")
    begin(page)
    quiz = page.url
    page.context.clear_cookies()  # as a session that has ended
    option(page, 1).click()
    expect(status(page)).to_contain_text("Not saved")
    page.goto("/")
    assert waiting(page) == 1
    sign_in(page, "Ben")
    page.goto(quiz)
    expect(picked(page, 1)).to_be_checked()
    expect(status(page)).to_have_text(SAVED)

    page.route(ANSWERS, lambda route: route.abort())
    option(page, 2).click()
    expect(status(page)).to_have_text(NO_CONNECTION)
    page.unroute(ANSWERS)
    page.context.clear_cookies()
    sign_up(page, "Ada")
    page.wait_for_function("Object.keys(localStorage).length === 0")
    noticed.clear()


@pytest.mark.long
def test_times_are_those_of_the_browser_until_a_zone_is_chosen(site: Site, open_device: Callable[..., Page]) -> None:
    page = open_device(timezone_id="Pacific/Kiritimati")  # 14 hours ahead of the server
    begin(page)
    option(page, 1).click()
    expect(status(page)).to_have_text(SAVED)
    by_script = status(page).inner_text()
    page.reload()
    expect(status(page)).to_have_text(by_script)
    here = page.evaluate("new Date().toLocaleTimeString('en-GB', { hour: '2-digit' })")
    assert f"at {here}:" in by_script
    reader = open_device(timezone_id="Pacific/Kiritimati", java_script_enabled=False)
    reader.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    reader.goto(page.url)
    expect(status(reader)).to_have_text(re.compile(r"Saved at \d\d:\d\d \(UTC\)"))


@pytest.mark.long
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_sign_up_pressed_twice_on_a_slow_line_signs_in_once(
    site: Site, open_device: Callable[..., Page], scripts: bool
) -> None:
    page = open_device(java_script_enabled=scripts)
    page.goto("/account/sign-up")
    for field in ("#name", "#password", "#password_again"):
        if page.locator(field).count():
            page.locator(field).fill("Ben" if field == "#name" else PASSWORD)
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    button = page.locator("main button[type=submit]")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    for _press in range(2):
        page.mouse.click(box["x"] + 9, box["y"] + 9)
    expect(page.get_by_text("Your account is ready")).to_be_visible()
    expect(page.get_by_role("link", name="Ben")).to_be_visible()
    with site.app.app_context():
        assert (db.session.query(User).count(), db.session.query(LoginSession).count()) == (1, 1)


@pytest.mark.long
def test_the_lesson_s_way_to_its_quiz_is_taken_once(site: Site, page: Page) -> None:
    page.goto(FIRST)
    page.get_by_role("button", name="Go to the quiz").dblclick()
    page.wait_for_url(re.compile(r"/attempts/\d+"))
    assert site.people() == 1
    page.go_back()
    page.get_by_role("button", name="Go to the quiz").click()
    page.wait_for_url(re.compile(r"/attempts/\d+"))
