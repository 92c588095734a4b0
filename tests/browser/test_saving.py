"""Nothing that was typed is lost: no network, lost replies, two windows, sessions that have ended."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.learner import FIRST, Site, asking, begin
from tests.shares import left

ANSWERS = re.compile(r"/answers$")
SAVED = re.compile(r"Saved at \d\d:\d\d")
UNSAVED = re.compile("Not saved, trying again: .* Your answer stays in this browser.")


@pytest.fixture
def question(site: Site, page: Page) -> Page:
    """Give the first question of a quiz, three options to choose from."""
    begin(page)
    return page


def option(page: Page, number: int) -> Locator:
    return page.locator("form[data-answer] .option").nth(number)


def picked(page: Page, number: int) -> Locator:
    return option(page, number).locator("input")


def status(page: Page) -> Locator:
    return page.locator("[data-save-status]")


def test_saved_is_said_when_it_is_true(site: Site, question: Page) -> None:
    held: list[Route] = []
    question.route(ANSWERS, lambda route: held.append(route))
    with question.expect_request(ANSWERS):
        option(question, 1).click()
    expect(status(question)).to_have_text("Saving")
    assert site.attempt_item(question).state.response is None
    held[0].continue_()
    expect(status(question)).to_have_text(SAVED)
    assert site.attempt_item(question).state.response is not None
    question.reload()
    expect(picked(question, 1)).to_be_checked()
    expect(status(question)).to_have_text(SAVED)


def test_an_answer_waits_for_the_server_and_survives_a_reload(site: Site, question: Page, noticed: list[str]) -> None:
    question.on("dialog", lambda dialog: dialog.accept())
    site.gate.shut = True
    option(question, 2).click()
    expect(status(question)).to_have_text(UNSAVED)
    question.reload()
    expect(picked(question, 2)).to_be_checked()
    expect(status(question)).to_have_text(UNSAVED)
    assert site.attempt_item(question).state.response is None
    site.gate.shut = False
    expect(status(question)).to_have_text(SAVED, timeout=10_000)
    assert site.attempt_item(question).state.response is not None
    assert question.evaluate("Object.keys(localStorage).length") == 0
    noticed.clear()


@pytest.mark.long
def test_an_answer_that_waits_is_found_after_the_site_has_another_secret(
    site: Site, question: Page, noticed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    question.on("dialog", lambda dialog: dialog.accept())
    site.gate.shut = True
    option(question, 2).click()
    expect(status(question)).to_have_text(UNSAVED)
    for name, value in (("SECRET_KEY_FALLBACKS", [site.app.config["SECRET_KEY"]]), ("SECRET_KEY", "new" * 16)):
        monkeypatch.setitem(site.app.config, name, value)
    address = question.url
    question.goto("/support")
    question.goto(address)
    expect(picked(question, 2)).to_be_checked()
    site.gate.shut = False
    expect(status(question)).to_have_text(SAVED, timeout=10_000)
    assert site.attempt_item(question).state.response is not None
    assert question.evaluate("Object.keys(localStorage).length") == 0
    noticed.clear()


def test_a_save_whose_reply_was_lost_is_not_made_twice(site: Site, question: Page, noticed: list[str]) -> None:
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    question.route(ANSWERS, lose_first)
    option(question, 0).click()
    expect(status(question)).to_have_text(SAVED, timeout=10_000)
    assert lost == [200]
    assert site.attempt_item(question).summary.seq == 1
    # And what is changed meanwhile goes on from there, without a question to the learner.
    lost.clear()
    option(question, 1).click()
    expect(status(question)).to_have_text(UNSAVED)
    option(question, 2).click()
    expect(status(question)).to_have_text(SAVED, timeout=10_000)
    expect(question.locator("[data-which-to-keep]")).to_be_hidden()
    assert question.locator("input[name=seq]").input_value() == str(site.attempt_item(question).summary.seq)
    noticed.clear()


@pytest.mark.parametrize("keep", [True, left(False)], ids=["keep-mine", "take-newer"])
def test_a_stale_window_asks_which_answer_to_keep(
    site: Site, question: Page, context: BrowserContext, noticed: list[str], keep: bool
) -> None:
    other = context.new_page()
    other.goto(question.url)
    option(other, 0).click()
    expect(status(other)).to_have_text(SAVED)
    option(question, 2).click()
    expect(question.get_by_text("answered question 1 since you opened it here")).to_be_visible()
    before = site.attempt_item(question).state.response
    question.get_by_role("button", name="Keep what I have here" if keep else "Show the newer answer").click()
    expect(status(question)).to_have_text(SAVED)
    expect(picked(question, 2 if keep else 0)).to_be_checked()
    assert (site.attempt_item(question).state.response == before) is not keep
    noticed.clear()


@pytest.mark.long
def test_another_question_in_another_window_is_no_conflict(
    site: Site, question: Page, context: BrowserContext, noticed: list[str]
) -> None:
    other = context.new_page()
    other.goto(question.url.replace("q=1", f"q={site.another()}"))
    option(other, 0).click()
    expect(status(other)).to_have_text(SAVED)
    option(question, 1).click()
    expect(status(question)).to_have_text(SAVED)
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    assert noticed == []


def test_a_session_that_has_ended_keeps_the_answer_here(
    site: Site, question: Page, context: BrowserContext, noticed: list[str]
) -> None:
    question.on("dialog", lambda dialog: dialog.accept())
    kept = context.cookies()
    context.clear_cookies()
    option(question, 1).click()
    expect(status(question)).to_contain_text("Your answer stays in this browser")
    context.add_cookies(kept)  # type: ignore[arg-type]  # as signing in again does
    question.reload()
    expect(picked(question, 1)).to_be_checked()
    expect(status(question)).to_have_text(SAVED)
    assert site.attempt_item(question).state.response is not None
    noticed.clear()


@pytest.mark.long
def test_a_check_without_a_network_says_so_and_keeps_the_answer(site: Site, question: Page, noticed: list[str]) -> None:
    option(question, 1).click()
    expect(status(question)).to_have_text(SAVED)
    question.route(ANSWERS, lambda route: route.abort())
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_text("That was not sent")).to_be_visible()
    question.unroute(ANSWERS)
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    assert site.attempt_item(question).state.tries == 1
    noticed.clear()


@pytest.mark.long
def test_a_button_after_the_session_has_ended_keeps_the_answer_here(
    site: Site, question: Page, context: BrowserContext, noticed: list[str]
) -> None:
    question.on("dialog", lambda dialog: dialog.accept())
    option(question, 1).click()
    expect(status(question)).to_have_text(SAVED)
    before = context.cookies()
    context.clear_cookies()
    question.get_by_role("button", name="Check my answer").click()
    expect(question.locator("[data-unsent]", has_text="you seem to be signed out")).to_be_focused()
    expect(question.get_by_role("link", name="Sign in and go on")).to_be_visible()
    expect(status(question)).to_contain_text("Your answer stays in this browser")
    context.add_cookies(before)  # type: ignore[arg-type]  # as signing in again does
    question.reload()
    expect(picked(question, 1)).to_be_checked()
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    assert site.attempt_item(question).state.tries == 1
    noticed.clear()


@pytest.mark.long
def test_a_button_of_a_quiz_that_was_finished_elsewhere_leads_to_its_result(
    question: Page, context: BrowserContext
) -> None:
    other = context.new_page()
    other.goto(question.url.replace("q=1", "q=end"))
    other.get_by_role("button", name="Finish and see my result").click()
    expect(other.get_by_role("heading", name=re.compile("^Result: "))).to_be_visible()
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_role("heading", name=re.compile("^Result: "))).to_be_visible()


@pytest.mark.long
def test_an_answer_that_is_missing_is_asked_for_in_place(question: Page, noticed: list[str]) -> None:
    question.evaluate("window.samePage = true")
    question.get_by_role("button", name="Check my answer").click()
    expect(question.locator(".errors")).to_be_focused()
    question.locator(".errors a").click()
    option(question, 0).click()
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    assert question.evaluate("window.samePage") is True
    noticed.clear()


def test_a_button_waits_for_a_save_that_is_on_its_way(site: Site, question: Page) -> None:
    sent: list[Route] = []

    def hold_first(route: Route) -> None:
        sent.append(route)
        if len(sent) > 1:
            route.continue_()

    question.route(ANSWERS, hold_first)
    option(question, 0).click()
    expect(status(question)).to_have_text("Saving")
    question.get_by_role("button", name="Check my answer").click()
    question.wait_for_timeout(200)
    assert len(sent) == 1
    sent[0].continue_()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    assert site.attempt_item(question).state.tries == 1


def test_pressing_twice_checks_once_and_back_sends_nothing_again(site: Site, question: Page) -> None:
    option(question, 0).click()
    question.get_by_role("button", name="Check my answer").dblclick()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    assert site.attempt_item(question).state.tries == 1
    question.get_by_role("link", name="Next question").click()
    question.go_back()
    expect(question.get_by_text(asking(1, answered=True))).to_be_visible()
    question.go_back()
    expect(question.get_by_role("heading", name=re.compile("^Quiz: "))).to_be_visible()
    assert question.url.endswith(f"{FIRST}/quiz")


@pytest.mark.long
def test_keys_rest_in_text_fields_and_can_be_switched_off(site: Site, question: Page) -> None:
    expect(question.get_by_text("With a keyboard")).to_be_visible()
    question.evaluate("document.querySelector('form[data-answer]').insertAdjacentHTML('beforeend', '<input id=note>')")
    question.locator("#note").press_sequentially("1fnp")
    assert question.locator("#note").input_value() == "1fnp"
    question.locator("#note").blur()
    question.get_by_label("Use these keys").uncheck()
    question.locator("body").press("1")
    expect(picked(question, 0)).not_to_be_checked()
    question.get_by_label("Use these keys").check()
    question.locator("body").press("1")
    expect(picked(question, 0)).to_be_checked()
    question.locator("body").press("f")
    expect(question.get_by_label("Flag this question")).to_be_checked()
    expect(status(question)).to_have_text(SAVED)
    assert site.attempt_item(question).flagged


@pytest.mark.long
def test_come_back_later_goes_on_in_place_and_back_returns(site: Site, question: Page) -> None:
    option(question, 1).click()
    question.get_by_role("button", name="Come back later").click()
    expect(question.get_by_role("heading", name=asking(2))).to_be_focused()
    assert question.url.endswith("?q=2")
    question.go_back()
    expect(question.get_by_role("heading", name=asking(1))).to_be_visible()
    expect(picked(question, 1)).to_be_checked()
    question.go_forward()
    expect(question.get_by_role("heading", name=asking(2))).to_be_visible()


@pytest.mark.long
def test_a_flag_in_a_conversation_is_kept_at_once(site: Site, question: Page) -> None:
    types = [item.type for item in site.lesson(FIRST).quiz.items]
    question.goto(question.url.replace("q=1", f"q={types.index('scenario') + 1}"))
    question.get_by_label("Flag this question").check()
    expect(status(question)).to_have_text(SAVED)
    assert site.attempt_item(question).flagged
    assert site.attempt_item(question).state.response is None
