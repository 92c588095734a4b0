"""Answers without a network: kept in the browser, sent when it is back, each counted once however much is lost."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from learnapp.database.db import db
from learnapp.learning.models import Attempt
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.models import FROM_REVIEW, Review, ReviewCard
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from tests.browser.keyboard import BY_PART, tab_to
from tests.browser.learner import Site, begin
from tests.browser.test_every_page import violations
from tests.browser.test_states_of_saving import waiting

AHEAD = "/me/review/ahead"
Device = Callable[..., Page]
FILL = """form => {
  const fields = "input:not([type=hidden], [name=certainty]), select";
  for (const name of new Set([...form.querySelectorAll(fields)].map((one) => one.name))) {
    const [first] = form.querySelectorAll(`[name="${name}"]`);
    if (first.matches(".pick")) first.checked = true;
    else first.value ||= first.matches("select") ? first.options[1].value : "7";
  }
}"""


def make_cards(site: Site, count: int) -> None:
    """Give whoever has begun a quiz so many cards that are due."""
    with site.app.app_context():
        owner, now = db.session.query(Attempt).one().user_id, clock.now()
        found = {(one.lesson.key, one.item.id): one for one in reviewable(current_catalog()).values()}
        plain = [
            key for key, one in found.items() if not one.lesson.advisory and one.item.type in ("single", "multiple")
        ]
        for lesson, item in plain[:count]:
            days = {"reviewed_on": now.date() - timedelta(days=9), "due_on": now.date() - timedelta(days=1)}
            memory = {"stability": 5.0, "difficulty": 5.0, **days, "saved_at": now - timedelta(days=9)}
            db.session.add(ReviewCard(user_id=owner, lesson=lesson, item_id=item, **memory))
        db.session.commit()


def reviews(site: Site) -> list[int]:
    """Return the card of every answer that is stored."""
    with site.app.app_context():
        return [one.card_id for one in db.session.query(Review).filter_by(origin=FROM_REVIEW)]


@pytest.fixture
def cards(site: Site, page: Page) -> Page:
    """Give the page of somebody with five cards that are due."""
    begin(page)
    make_cards(site, 5)
    page.goto(AHEAD)
    return page


def keep_answer(page: Page) -> str:
    """Answer the card in front somehow; return its number."""
    card = page.locator("[data-card]:visible")
    number = card.get_attribute("data-card")
    card.locator("form").evaluate(FILL)
    card.get_by_role("button", name="Keep my answer").click()
    expect(page.locator(f"[data-card='{number}']")).to_be_hidden()
    return number or ""


def test_cards_that_are_answered_without_a_network_arrive_once_and_only_once(
    site: Site, cards: Page, noticed: list[str]
) -> None:
    cards.context.set_offline(True)
    answered = [keep_answer(cards) for _card in range(3)]
    assert re.search(r"Card 4 of 5", cards.locator("[data-card]:visible").inner_text())
    expect(cards.locator("[data-sending]")).to_have_text("Kept here, will be sent when there is a connection: 3")
    assert (waiting(cards), reviews(site)) == (3, [])
    site.loss.begin(share=0.3, seed=7)
    cards.context.set_offline(False)
    expect(cards.locator("[data-sending]")).to_have_text("All your answers have arrived.", timeout=30_000)
    assert sorted(reviews(site)) == sorted(map(int, answered))
    assert min(site.loss.lost) > 0
    site.loss.end()
    expect(cards.get_by_role("link", name="See why")).to_have_count(3)
    cards.goto(AHEAD)
    expect(cards.locator("[data-card]")).to_have_count(2)
    expect(cards.get_by_role("link", name="See why")).to_have_count(3)
    assert waiting(cards) == 0
    cards.get_by_role("link", name="See why").first.click()
    expect(cards.locator("#verdict")).to_be_visible()
    noticed.clear()


@pytest.mark.long
def test_a_card_that_another_device_answered_is_told_once_on_that_card(
    site: Site, cards: Page, open_device: Device, noticed: list[str]
) -> None:
    cards.context.set_offline(True)
    card = keep_answer(cards)
    phone = open_device()
    phone.context.add_cookies(cards.context.cookies())  # type: ignore[arg-type]
    phone.goto(AHEAD)
    form = phone.locator(f"[data-card='{card}'] form")
    for pick in form.locator(".pick[name^=choice]").all()[1:]:
        pick.check()
    form.get_by_role("button", name="Keep my answer").click()
    expect(phone.locator("[data-sending]")).to_have_text("All your answers have arrived.")
    cards.context.set_offline(False)
    told = cards.locator(f"[data-of='{card}']")
    expect(told).to_contain_text("on another device before. That answer is the one that counts.")
    assert reviews(site) == [int(card)]
    for visible in (True, False):
        cards.goto(AHEAD)
        expect(cards.get_by_text("on another device before")).to_be_visible(visible=visible)
    assert waiting(cards) == 0
    noticed.clear()


@pytest.mark.long
def test_a_card_that_lacks_something_comes_back_after_the_one_in_front(cards: Page, noticed: list[str]) -> None:
    cards.context.set_offline(True)
    lacking, _second = (keep_answer(cards) for _card in range(2))
    shown = cards.locator("[data-card]:visible")
    front = shown.get_attribute("data-card")
    field = shown.locator("input:visible").first
    field.focus()
    told = {"card": int(lacking), "outcome": "missing", "at": "2026-11-05T12:00:00+00:00"}

    def answer(route: Route) -> None:
        if f"card={lacking}&" in (route.request.post_data or ""):
            route.fulfill(status=422, json=told)
        else:
            route.continue_()

    cards.route("**/me/review/answers", answer)
    cards.context.set_offline(False)
    expect(cards.get_by_text("so it was not counted")).to_be_visible()
    assert shown.get_attribute("data-card") == front
    expect(field).to_be_focused()
    keep_answer(cards)
    assert shown.get_attribute("data-card") == lacking
    expect(shown.locator("[data-unclear]")).to_be_visible()
    noticed.clear()


@pytest.mark.long
def test_a_copy_of_the_page_that_was_kept_asks_no_card_again_that_has_arrived(site: Site, cards: Page) -> None:
    kept = cards.request.get(AHEAD).text()
    answered = [keep_answer(cards) for _card in range(2)]
    expect(cards.locator("[data-sending]")).to_have_text("All your answers have arrived.")
    cards.route(f"**{AHEAD}", lambda route: route.fulfill(body=kept, content_type="text/html"))
    for _time in range(2):
        cards.goto(AHEAD)
        assert "Card 3 of 5" in cards.locator("[data-card]:visible").inner_text()
        expect(cards.get_by_role("link", name="See why")).to_have_count(2)
    cards.unroute(f"**{AHEAD}")
    cards.goto(AHEAD)
    assert waiting(cards) == 0
    assert sorted(reviews(site)) == sorted(map(int, answered))


@pytest.mark.long
def test_cards_in_a_row_are_without_fault_for_axe_and_answered_by_keyboard(
    site: Site, open_device: Device, noticed: list[str]
) -> None:
    page = open_device(viewport={"width": 320, "height": 640})
    begin(page)
    make_cards(site, 2)
    page.goto(AHEAD)
    seen: set[str] = set()
    found = violations(page, seen)
    tab_to(page, "Keep my answer", BY_PART)
    page.keyboard.press("Enter")
    expect(page.locator("[data-unfilled]:visible")).to_be_focused()
    found += violations(page, seen)
    page.context.set_offline(True)
    page.locator("[data-card]:visible form").evaluate(FILL)
    tab_to(page, "Keep my answer", BY_PART)
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]:visible")).to_be_focused()
    found += violations(page, seen)
    keep_answer(page)
    expect(page.get_by_text("You have been through these cards.")).to_be_focused()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.context.set_offline(False)
    expect(page.locator("[data-sending]")).to_have_text("All your answers have arrived.")
    assert found + violations(page, seen) == []
    noticed.clear()


@pytest.mark.long
def test_a_browser_that_keeps_nothing_sends_each_card_by_itself(site: Site, page: Page) -> None:
    begin(page)
    make_cards(site, 2)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.goto(AHEAD)
    page.locator("[data-card]:visible form").evaluate(FILL)
    page.get_by_role("button", name="Keep my answer").click()
    expect(page.locator("#verdict")).to_be_visible()
    assert len(reviews(site)) == 1


@pytest.mark.long
def test_without_a_script_all_cards_stand_below_each_other(site: Site, page: Page, open_device: Device) -> None:
    begin(page)
    make_cards(site, 2)
    reader = open_device(java_script_enabled=False)
    reader.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    reader.goto(AHEAD)
    expect(reader.locator("[data-card]:visible")).to_have_count(2)
    second = reader.locator("[data-card]").nth(1)
    second.locator("input[type=radio], input[type=checkbox]").first.check()
    second.get_by_role("button", name="Keep my answer").click()
    expect(reader.locator("#verdict")).to_be_visible()
    assert len(reviews(site)) == 1
