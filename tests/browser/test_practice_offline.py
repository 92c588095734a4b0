"""A practice conversation without a network: whole by keyboard, kept, sent once, and asked about where it has to be."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnapp.database.db import db
from learnapp.training.models import PracticeRun
from tests.browser.keyboard import BY_NAME, BY_PART, tab_to
from tests.browser.learner import Site, begin
from tests.browser.test_every_page import violations
from tests.browser.test_practice import AFTER_THE_TALK, choose_reply

Device = Callable[..., Page]
TALK = "/practice/two-minutes"
OFFLINE = f"{TALK}/offline"
TEXTS = """(parts) => [...document.querySelectorAll(parts)].map((one) => {
  const text = one.matches("textarea") ? one.value : one.textContent;
  return text.replace(/\\s+/g, " ").trim();
})"""


def runs(site: Site) -> list[PracticeRun]:
    with site.app.app_context():
        return db.session.query(PracticeRun).all()


def press(page: Page, words: str) -> None:
    """Come by keyboard to what has these words, and press it."""
    tab_to(page, words, BY_PART)
    page.keyboard.press("Enter")


def say(page: Page, down: int) -> None:
    """Choose the reply that is so far down, say it, and see that what comes of it is in front."""
    choose_reply(page, down)
    press(page, "Say this")
    expect(page.locator("#now")).to_be_focused()
    expect(page.locator("#now")).to_be_in_viewport()


def replies(page: Page) -> int:
    return page.locator("[data-replies] input[name=reply]").count()


def is_sent(page: Page) -> None:
    expect(page.locator("[data-sending]")).to_have_text("Kept", timeout=30_000)


@pytest.fixture
def phone(site: Site, open_device: Device) -> Page:
    """Give the smallest screen of somebody who has begun to learn, at the page of a conversation."""
    page = open_device(viewport={"width": 320, "height": 640})
    begin(page)
    page.goto(OFFLINE)
    return page


def another(phone: Page, open_device: Device) -> Page:
    """Open the page on another device of the same person."""
    page = open_device()
    page.context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]
    page.goto(OFFLINE)
    return page


def test_a_whole_conversation_without_a_network_arrives_once_and_looks_as_its_ordinary_page(
    site: Site, phone: Page, noticed: list[str]
) -> None:
    phone.context.set_offline(True)
    tab_to(phone, "anticipated", BY_NAME)
    phone.keyboard.type("Perhaps he worries about somebody.")
    press(phone, "Begin the talk")
    expect(phone.locator("#talk")).to_be_focused()
    turns = 0
    while replies(phone):
        assert phone.evaluate(AFTER_THE_TALK)
        say(phone, turns % 3)
        turns += 1
        assert phone.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert turns > 1
    tab_to(phone, "note", BY_NAME)
    phone.keyboard.type("Ask before I tell.")
    press(phone, "Keep it")
    expect(phone.locator("#back").get_by_text("Kept", exact=True)).to_be_visible()
    expect(phone.locator("[data-sending]")).to_have_text(
        "Kept in this browser, will be sent when there is a connection."
    )
    assert runs(site) == []
    site.loss.begin(share=0.5, seed=3)
    phone.context.set_offline(False)
    is_sent(phone)
    assert sum(site.loss.lost) > 0
    site.loss.end()
    (run,) = runs(site)
    assert (len(run.path), run.done_at is not None) == (turns, True)
    assert (run.anticipated, run.note) == ("Perhaps he worries about somebody.", "Ask before I tell.")
    parts = "#talk ol.talk > li, #back .beside, #back .thinking, #note"
    here = phone.evaluate(TEXTS, parts)
    phone.goto(TALK)
    assert phone.evaluate(TEXTS, parts) == here
    noticed.clear()


@pytest.mark.long
def test_one_goes_back_begins_again_and_goes_on_after_a_reload(site: Site, phone: Page, noticed: list[str]) -> None:
    phone.get_by_role("button", name="Begin the talk").click()
    for _turn in range(2):
        phone.locator("[data-replies] input[name=reply]").first.check()
        phone.get_by_role("button", name="Say this").click()
    is_sent(phone)
    phone.get_by_role("button", name="Go back one reply").click()
    expect(phone.locator("#now")).to_be_focused()
    expect(phone.locator("#talk .turn--you")).to_have_count(1)
    is_sent(phone)
    phone.reload()
    expect(phone.locator("#talk .turn--you")).to_have_count(1)
    phone.locator("[data-replies] input[name=reply]").nth(1).check()
    phone.get_by_role("button", name="Say this").click()
    phone.get_by_role("button", name="Begin again").click()
    expect(phone.locator("#talk")).to_be_focused()
    expect(phone.locator("#talk .turn--you")).to_have_count(0)
    is_sent(phone)
    assert [run.path for run in runs(site)] == [[]]


@pytest.mark.long
def test_a_copy_of_the_page_that_was_kept_goes_on_where_the_talk_stands(site: Site, phone: Page) -> None:
    kept = phone.request.get(OFFLINE).text()
    phone.get_by_role("button", name="Begin the talk").click()
    for _turn in range(2):
        phone.locator("[data-replies] input[name=reply]").first.check()
        phone.get_by_role("button", name="Say this").click()
    is_sent(phone)
    phone.route(f"**{OFFLINE}", lambda route: route.fulfill(body=kept, content_type="text/html"))
    phone.goto(OFFLINE)
    expect(phone.locator("#talk .turn--you")).to_have_count(2)
    phone.get_by_role("button", name="Go back one reply").click()
    is_sent(phone)
    assert [len(run.path) for run in runs(site)] == [1]


@pytest.mark.long
@pytest.mark.parametrize("keep", [True, False], ids=["mine", "other"])
def test_a_talk_and_a_note_that_another_device_has_changed_are_asked_about_once_each(
    site: Site, phone: Page, open_device: Device, noticed: list[str], keep: bool
) -> None:
    laptop = another(phone, open_device)
    for page, choice in ((phone, 0), (laptop, 1)):
        page.context.set_offline(True)
        page.get_by_label("What might he want").fill(f"Words {choice}")
        page.get_by_role("button", name="Begin the talk").click()
        page.locator("[data-replies] input[name=reply]").nth(choice).check()
        page.get_by_role("button", name="Say this").click()
    phone.context.set_offline(False)
    is_sent(phone)
    theirs = runs(site)[0].path
    laptop.context.set_offline(False)
    button = "Keep what I have here" if keep else "Take the other one"
    for about in ("This talk went on in another window", "You wrote other words before this talk"):
        expect(laptop.get_by_text(about)).to_be_visible()
        laptop.get_by_role("button", name=button).click()
    is_sent(laptop)
    (run,) = runs(site)
    assert (run.anticipated, run.path == theirs) == ("Words 1" if keep else "Words 0", not keep)
    laptop.reload()
    expect(laptop.locator("[data-which]")).to_be_hidden()
    assert laptop.locator("#talk .thinking").text_content() == run.anticipated
    noticed.clear()


@pytest.mark.long
def test_each_state_is_without_fault_for_axe(phone: Page) -> None:
    seen: set[str] = set()
    found = violations(phone, seen)
    phone.get_by_role("button", name="Begin the talk").click()
    for _turn in range(12):
        found += violations(phone, seen)
        if not replies(phone):
            break
        phone.locator("[data-replies] input[name=reply]").first.check()
        phone.get_by_role("button", name="Say this").click()
    assert found == []


@pytest.mark.long
def test_a_browser_that_keeps_nothing_plays_all_the_same_and_says_so(
    site: Site, phone: Page, noticed: list[str]
) -> None:
    phone.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    phone.reload()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Begin the talk").click()
    expect(phone.locator("[data-sending]")).to_contain_text("this browser stores nothing")
    phone.context.set_offline(False)
    is_sent(phone)
    assert len(runs(site)) == 1
    noticed.clear()


@pytest.mark.long
def test_without_a_script_the_page_leads_to_the_ordinary_one(phone: Page, open_device: Device) -> None:
    reader = open_device(java_script_enabled=False)
    reader.context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]
    reader.goto(OFFLINE)
    reader.get_by_role("link", name="Open the ordinary page").click()
    expect(reader).to_have_url(TALK)
