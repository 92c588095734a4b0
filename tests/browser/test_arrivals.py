"""What any page says of answers that waited on a device of one's own: one sentence a reason, once, and a way on."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from learnapp.database.db import db
from learnapp.learning.models import Attempt
from learnapp.training.models import PracticeRun
from tests.browser.learner import Site, begin
from tests.browser.own_device import choose_own

TALK, GONE = "two-minutes", "a-talk-that-is-gone"
RUN: dict[str, Any] = {"path": [], "before": [], "moved": False, "ended": [], "words": {}, "sent": {}}


@pytest.fixture
def context(lend: Callable[..., BrowserContext]) -> BrowserContext:
    """Give a device of its own to each test: a service worker of the one before might still be at work."""
    return lend(fresh=True)


@pytest.fixture
def own(site: Site, page: Page) -> Page:
    """Give the device of somebody who has begun to learn and says that it is theirs."""
    begin(page)
    choose_own(page)
    return page


def leave_waiting(page: Page, slug: str, **about: Any) -> None:
    """Have something of a conversation wait in the browser, as its page leaves it, once this page has sent all."""
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """([slug, entry]) => {
          const [person] = document.body.dataset.person.split(" ");
          localStorage.setItem(`learnapp.unsaved.${person}.practice.${slug}`, entry);
        }""",
        [slug, json.dumps({**RUN, **about})],
    )


def test_words_of_a_conversation_that_is_gone_are_kept_and_that_is_told_once(
    site: Site, own: Page, noticed: list[str]
) -> None:
    leave_waiting(own, GONE, words={"note": {"words": "Ask before I tell.", "seen": ""}})
    leave_waiting(own, TALK, path=["no-such-reply"], moved=True)
    own.goto("/support")
    told = own.locator("#waiting")
    expect(told).to_contain_text("is not open to you any more. What you wrote is kept with your data.")
    expect(told).to_contain_text("has been rewritten since.")
    expect(told.get_by_role("link", name="Open the conversation")).to_have_attribute(
        "href", f"/practice/{TALK}/offline"
    )
    told.get_by_role("link", name="See what you wrote").click()
    expect(own.get_by_text("Ask before I tell.")).to_be_visible()
    with site.app.app_context():
        assert {run.conversation: run.note for run in db.session.query(PracticeRun)} == {
            GONE: "Ask before I tell.",
            TALK: "",
        }
    leave_waiting(own, "honesty-of-a-guest", path=["x"], moved=True)
    own.goto("/support")
    expect(told).to_contain_text("A conversation that you practiced here is not open to you any more.")
    assert told.locator("p").count() == 2
    assert "rewritten" not in (told.text_content() or "")
    assert all("404" in line for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_words_for_which_the_site_has_no_place_stay_on_the_device_in_reach(own: Page, noticed: list[str]) -> None:
    leave_waiting(own, "No-Slug", words={"note": {"words": "Ask before I tell.", "seen": ""}})
    for _time in range(2):
        own.goto("/support")
        told = own.locator("#waiting")
        expect(told).to_contain_text("What you wrote beside it is kept on this device alone.")
        expect(told).to_contain_text("Answers that still wait on this device: 1.")
        expect(told.get_by_text("Ask before I tell.")).to_be_hidden()
        told.get_by_text("See what you wrote").click()
        expect(told.get_by_text("Ask before I tell.")).to_be_visible()
    assert all("404" in line for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_a_check_that_waited_for_half_an_answer_is_told_on_its_quiz_and_elsewhere(
    site: Site, own: Page, noticed: list[str]
) -> None:
    with site.app.app_context():
        attempt = db.session.query(Attempt).one()
        number, item = attempt.id, attempt.item_ids[1]
    wait_half = """([attempt, item]) => {
      const [person] = document.body.dataset.person.split(" ");
      const draft = { fields: [["item", item]], seq: "0", seen: "", action: "check", q: "2" };
      localStorage.setItem(`learnapp.unsaved.${person}.${attempt}.${item}`, JSON.stringify(draft));
    }"""
    own.wait_for_load_state("networkidle")
    own.evaluate(wait_half, [number, item])
    own.goto("/support")
    told = own.locator("#waiting").get_by_text("Question 2 lacks something, so it was not checked.")
    told.get_by_role("link", name="Look at question 2").click()
    expect(own).to_have_url(f"/attempts/{number}?q=2#question")
    own.wait_for_load_state("networkidle")
    own.evaluate(wait_half, [number, item])
    own.goto(f"/attempts/{number}?q=1")
    told = own.locator("[data-unsent]")
    expect(told).to_contain_text("Question 2 lacks something, so it was not checked.")
    told.get_by_role("link", name="Open the question").click()
    expect(own).to_have_url(f"/attempts/{number}?q=2#question")
    assert all("422" in line for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_the_page_of_cards_sends_conversations_that_wait_besides(site: Site, own: Page) -> None:
    leave_waiting(own, TALK, path=[], moved=True, words={"note": {"words": "Mine.", "seen": ""}})
    own.goto("/me/review/ahead")
    expect(own.locator("#waiting")).to_contain_text("All answers that waited on this device have arrived.")
    with site.app.app_context():
        assert [run.note for run in db.session.query(PracticeRun)] == ["Mine."]
