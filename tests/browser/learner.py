"""What a person does in a browser: read, answer, sign up, sign in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from socket import SHUT_RDWR
from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import Page, Response, expect

from learnapp.accounts.models import User
from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.models import Attempt
from learnapp.quiz.types.scenario import ScenarioResponse
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from tests.actors.attempt_pages import fields_of
from tests.browser.loss import Loss
from tests.quiz.strategies import key_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FIRST = "/modules/cut-off/people-before-politics"
SECOND = "/modules/cut-off/closed-borders"
THIRD = "/modules/cut-off/closed-networks"
PASSWORD = "a kettle, two cups and a window"


class Gate:
    """Stands before the app and, while shut, answers every save as a database that is locked does.

    While it is `unplugged`, nothing comes through at all, whoever asks: what a browser is told of being offline does
    not reach a service worker that it is about to start.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self.shut = self.unplugged = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.unplugged:
            environ["werkzeug.socket"].shutdown(SHUT_RDWR)
            raise ConnectionResetError
        if self.shut and environ["PATH_INFO"].endswith("/answers"):
            headers = [("Content-Type", "application/json"), ("Retry-After", "1")]
            start_response("503 Service Unavailable", headers)
            return [b"{}"]
        return self.app(environ, start_response)


@dataclass(frozen=True)
class Site:
    """The served app."""

    app: Flask
    url: str
    gate: Gate
    loss: Loss

    def attempt_item(self, page: Page) -> AttemptItem:
        """Return the question that a page shows, as it is stored."""
        found = re.search(r"/attempts/(\d+)", page.url)
        assert found, page.url
        # The list of questions is folded, so that its words are there and not shown.
        shown = re.search(r"\d+", page.locator("[aria-current=step]").text_content() or "")
        assert shown
        number = int(shown[0])
        with self.app.app_context():
            owner = db.session.get_one(Attempt, int(found[1])).user_id
            return attempt_detail(db.session, owner, int(found[1])).item(number)

    def lesson(self, url: str) -> Lesson:
        """Return the lesson with this address."""
        with self.app.app_context():
            return current_catalog().lessons[url.removeprefix("/modules/")]

    def another(self) -> int:
        """Return the number of the second question of the first lesson that has options to choose from."""
        kinds = [item.type for item in self.lesson(FIRST).quiz.items]
        return [number for number, kind in enumerate(kinds, 1) if kind in {"single", "multiple"}][1]

    def people(self) -> int:
        with self.app.app_context():
            return db.session.query(User).count()

    def finish_lessons(self, *keys: str) -> None:
        """Let the one person there is have done these lessons."""
        from learnapp.learning.models import Progress

        with self.app.app_context():
            who = db.session.query(User).one()
            for key in keys:
                row = db.session.get(Progress, (who.id, key)) or Progress(user_id=who.id, lesson=key)
                row.read_at = row.passed_at = row.completed_at = clock.now()
                row.best_points, row.best_max = 5, 6
                db.session.add(row)
            db.session.commit()


def asking(number: int, answered: bool = False) -> re.Pattern[str]:
    """Return how the heading of a question begins, of however many the quiz has."""
    return re.compile(rf"^Question {number} of \d+{', answered' if answered else ''}")


def fill(page: Page, attempt_item: AttemptItem) -> None:
    """Fill in the right answer to the question in front, or say the next best reply."""
    key = attempt_item.item.parse_stored(key_of(attempt_item.item))
    if isinstance(key, ScenarioResponse):
        step = attempt_item.item.steps_taken(attempt_item.state.response)
        reply = attempt_item.presentation.replies[step].index(key.replies[step])
        page.locator(f"label:has(input[name=reply][value='{reply}'])").click()
        return
    by_hand = BY_HAND.get(attempt_item.item.type)
    if by_hand and page.evaluate("document.querySelector('.is-moved, .hole, .bins') !== null"):
        by_hand(page, {name: values[0] for name, values in fields_of(attempt_item, key).items()})
        return
    for name, values in fields_of(attempt_item, key).items():
        for value in values:
            field = page.locator(f"form[data-answer] [name='{name}']").first
            if field.evaluate("one => one.matches('.pick')"):
                page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()
            elif field.evaluate("one => one.matches('select')"):
                field.select_option(value)
            else:
                field.fill(value)


def put_in_order(page: Page, places: dict[str, str]) -> None:
    """Bring entries to their places by the buttons beside them, the first place first."""
    for name, place in sorted(places.items(), key=lambda one: int(one[1])):
        entry = page.locator(".order > li", has=page.locator(f"select[name='{name}']"))
        for _step in range(len(places)):
            if entry.locator("select").input_value() == place:
                break
            entry.locator("[data-up]").click()


def match(page: Page, matches: dict[str, str]) -> None:
    """Choose for each place that is next what belongs there."""
    for name, value in matches.items():
        page.locator(".slot", has=page.locator(f"select[name='{name}']")).locator(".hole").click()
        page.locator(f".tray .chip[data-value='{value}']").click()


def sort(page: Page, groups: dict[str, str]) -> None:
    """Press for each entry that is shown the bin where it belongs."""
    for _entry in groups:
        name = page.locator(".sorter > fieldset:visible input").first.get_attribute("name")
        page.locator(".bin > .btn").nth(int(groups[name or ""])).click()


BY_HAND = {"ordering": put_in_order, "matching": match, "categorise": sort}


def answer(site: Site, page: Page) -> None:
    """Answer the question in front rightly, a conversation to its end, and wait for the verdict."""
    # A link that was pressed has led there, and not only been pressed.
    expect(page.locator("form[data-answer]")).to_be_visible()
    for _turn in range(6):
        attempt_item = site.attempt_item(page)
        fill(page, attempt_item)
        button = page.get_by_role("button", name=re.compile("Check my answer|Say this"))
        with page.expect_response(is_answered):
            button.click()
        if site.attempt_item(page).state.submitted:
            break
        page.locator(f"input[name=turn][value='{_turn + 1}']").wait_for(state="attached")
    # The list of questions says the same of others that were answered before: the heading speaks of this one.
    expect(page.locator("#question-n")).to_have_text(re.compile(", answered$"))
    page.wait_for_load_state()


def is_answered(response: Response) -> bool:
    """Tell the reply to a button from that to a save in the background."""
    return response.url.endswith("/answers") and "json" not in response.headers.get("content-type", "")


def begin(page: Page, lesson: str = FIRST) -> None:
    """Begin a lesson's quiz from its own page, which is lighter than the lesson."""
    page.goto(f"{lesson}/quiz")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url(re.compile(r"/attempts/\d+"))


def sign_up(page: Page, name: str) -> None:
    page.goto("/account/sign-up")
    page.get_by_label("User name").fill(name)
    page.get_by_label(re.compile("^Password")).first.fill(PASSWORD)
    again = page.get_by_label("The same password again")
    if again.count():
        again.fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_text("Your account is ready")).to_be_visible()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label(re.compile("^Password")).first.fill(password)
    page.get_by_role("button", name="Sign in").click()
    # On a phone the menu is folded, and with it the name.
    expect(page.get_by_role("navigation", name="Main", include_hidden=True).get_by_text(name).first).to_be_attached()
