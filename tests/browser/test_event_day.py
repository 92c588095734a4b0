"""The day of an event, on phones and by keyboard alone: a team gathers, Vera practices, and Cora sees who is ready."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.groups.models import MEMBER, Membership
from learnapp.training.models import Certificate
from learnapp.web import clock
from tests.actors.people import PASSWORD, People
from tests.actors.practice import practice_all
from tests.actors.training import certified
from tests.browser.keyboard import BY_NAME, BY_PART, tab_to
from tests.browser.learner import Site, sign_in, sign_up
from tests.browser.test_every_page import violations
from tests.browser.test_practice import say
from tests.courses.field_card import CARD, FACT
from tests.courses.practice import MILK, SUGAR, practice_course
from tests.courses.serving import serve_catalog
from tests.factories.teams import EventFactory

Device = Callable[..., Page]
Travel = Callable[[datetime], None]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)
MORNING = datetime(2027, 3, 14, 7, tzinfo=UTC)  # three hours before the event
EXPIRED = datetime(2028, 3, 15, 7, tzinfo=UTC)
BY_SUMMARY = "(one, words) => one.tagName === 'SUMMARY' && one.innerText.includes(words)"
NOTE = "Canaria asks first"


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Let the server's clock stand at a moment."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def course(site: Site, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Serve the tea course with a program, its two conversations, and a field card."""
    catalog = practice_course()
    catalog = replace(catalog, facts={FACT.id: FACT, **catalog.facts}, card=CARD)
    serve_catalog(site.app, monkeypatch, catalog)
    return catalog


def press(page: Page, words: str) -> None:
    """Come by keyboard to what has these words, press it, and see that the page is no wider than the phone."""
    tab_to(page, words, BY_PART, most=90)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def type_into(page: Page, name: str, words: str) -> None:
    tab_to(page, name, BY_NAME)
    page.keyboard.type(words)


def person(name: str) -> int:
    return db.session.scalars(select(User.id).where(User.name == name)).one()


def join(site: Site, team: int, *names: str) -> None:
    """Take people in who need no browser here."""
    with site.app.app_context():
        for name in names:
            db.session.add(Membership(group_id=team, user_id=person(name), role=MEMBER, joined_at=clock.now()))
        db.session.commit()


def certify(site: Site, course: Catalog, *names: str) -> None:
    """Have people read everything, practice what is left, pass the final, and get the certificate."""
    with site.app.app_context():
        for name in names:
            practice_all(db.session, course, person(name), clock.now())
            certified(db.session, course, person(name), now=clock.now())


def end_certificate(site: Site, name: str, day: date) -> None:
    with site.app.app_context():
        db.session.scalars(select(Certificate).where(Certificate.user_id == person(name))).one().valid_until = day
        db.session.commit()


@pytest.mark.long
def test_on_the_morning_of_the_fourteenth_a_coordinator_sees_who_is_ready_and_nothing_of_what_was_said(
    site: Site,
    course: Catalog,
    open_device: Device,
    browser: Browser,
    travel: Callable[[datetime], None],
    tmp_path: Path,
) -> None:
    travel(FIRST)
    people = People(site.app)
    people.add("Cora", "coordinator")
    for name in ("Ben", "Mina"):
        people.add(name)

    # Cora makes a team, an event and a code.
    cora = open_device(**PHONE)
    sign_in(cora, "Cora", PASSWORD)
    cora.goto("/groups")
    press(cora, "Make a team")
    type_into(cora, "name", "Saturday team")
    press(cora, "Make the team")
    team = int(cora.url.rsplit("/", 1)[1])
    press(cora, "Make an event")
    type_into(cora, "title", "Open day")
    type_into(cora, "day", "03142027")
    type_into(cora, "starts", "1000AM")
    type_into(cora, "places", "3")
    press(cora, "Make the event")
    expect(cora.get_by_role("heading", name="Open day")).to_be_visible()
    expect(cora.get_by_text("Nobody is expected yet.")).to_be_visible()
    event = cora.url
    press(cora, "To the team")
    press(cora, "Make a code for 14 days")
    cora.goto(f"/groups/{team}")
    code = cora.locator(".joincode").inner_text()

    # Vera reads what will be seen, comes in, and finds the event on her first page.
    vera = open_device(**PHONE)
    sign_up(vera, "Vera")
    vera.goto("/join")
    type_into(vera, "code", code)
    with vera.expect_navigation():
        vera.keyboard.press("Enter")
    expect(vera.get_by_role("heading", name="What its coordinators see")).to_be_visible()
    expect(vera.get_by_text("What you say in conversations")).to_be_visible()
    assert violations(vera, set()) == []
    press(vera, "Join")
    vera.goto("/")
    press(vera, "Open day")
    expect(vera.get_by_text("As of today, you are not ready yet for 14 March 2027.")).to_be_visible()
    assert violations(vera, set()) == []

    # She practices by keyboard, keeps a note, and passes.
    for slug in (SUGAR, MILK):
        vera.goto(f"/practice/{slug}")
        press(vera, "Begin the talk")
        for _turn in range(5):
            if not vera.locator("input[name=reply]").count():
                break
            say(vera, 0)
        type_into(vera, "note", NOTE)
        press(vera, "Keep it")
    join(site, team, "Ben", "Mina")
    certify(site, course, "Vera", "Mina")
    end_certificate(site, "Mina", date(2027, 3, 13))

    # On the morning Cora looks who is ready.
    travel(MORNING)
    cora.context.clear_cookies()
    sign_in(cora, "Cora", PASSWORD)
    cora.goto(f"/groups/{team}")
    press(cora, "Open day")
    expect(cora.get_by_text("3 volunteers are expected, 3 wanted. It is today.")).to_be_visible()
    ready = cora.get_by_role("region", name="Ready: 1")
    expect(ready.get_by_role("heading", level=3)).to_have_text("Vera")
    expect(ready).to_contain_text("Practice done on 1 March 2027")
    not_ready = cora.get_by_role("listitem").filter(has_text="Mina")
    expect(not_ready).to_contain_text("The certificate ends on 13 March 2027, before the day")
    expect(cora.get_by_role("listitem").filter(has_text="Ben")).to_contain_text("2 conversations to practice")
    assert violations(cora, set()) == []
    press(cora, "Comes with a partner")
    expect(cora.get_by_text("Comes with an experienced partner.")).to_have_count(1)
    seen = cora.content()
    press(cora, "List to print")
    expect(cora.get_by_role("row")).to_have_count(4)
    assert cora.pdf(format="A4").count(b"/Type /Page\n") == cora.pdf(format="Letter").count(b"/Type /Page\n") == 1
    assert violations(cora, set()) == []
    seen += cora.content()
    cora.goto(event)
    with cora.expect_download() as download:
        tab_to(cora, "List as CSV", BY_PART, most=90)
        cora.keyboard.press("Enter")
    seen += Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Vera" in seen
    assert [words for words in (NOTE, "Canaria", "I say offer", "They hear") if words in seen] == []

    # The card in the pocket needs no network.
    vera.goto(event)
    press(vera, "Field card for the day")
    with vera.expect_download() as download:
        tab_to(vera, "Take it along as a file", BY_PART)
        vera.keyboard.press("Enter")
    card = tmp_path / "field-card.html"
    download.value.save_as(card)
    offline = browser.new_context(offline=True, viewport={"width": 360, "height": 740})
    pocket = offline.new_page()
    pocket.goto(card.as_uri())
    expect(pocket.get_by_text("31 cups")).to_be_visible()
    offline.close()

    # Closed, it keeps who was ready; and a year later nobody is.
    cora.goto(event)
    tab_to(
        cora, "Close the event", "(one, words) => one.tagName === 'SUMMARY' && one.innerText.includes(words)", most=90
    )
    cora.keyboard.press("Enter")
    press(cora, "Close it now")
    expect(cora.get_by_role("listitem").filter(has_text="Vera")).to_contain_text("Ready, by the rule")
    expect(cora.get_by_role("listitem").filter(has_text="Ben")).to_contain_text("Not ready")
    travel(EXPIRED)
    with site.app.app_context():
        later = EventFactory(group_id=team, day=(EXPIRED + timedelta(days=5)).date()).id
    cora.context.clear_cookies()
    sign_in(cora, "Cora", PASSWORD)
    cora.goto(f"/groups/{team}/events/{later}")
    expect(cora.get_by_role("heading", name="Ready: 0")).to_be_visible()
    vera_now = cora.get_by_role("listitem").filter(has_text="Vera")
    expect(vera_now).to_contain_text("The certificate ends on 1 March 2028, before the day")
