"""What a person does in a browser: read, answer, sign up, sign in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import Page, Response, expect

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.models import Attempt
from learnapp.quiz.types.scenario import ScenarioResponse
from learnapp.web import clock
from tests.actors.attempt_pages import fields_of
from tests.quiz.strategies import key_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FIRST = "/modules/cut-off/people-before-politics"
SECOND = "/modules/cut-off/closed-borders"
THIRD = "/modules/cut-off/closed-networks"
PASSWORD = "a kettle, two cups and a window"


class Gate:
    """Stands before the app and, while shut, answers every save as a database that is locked does."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self.shut = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
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

    def attempt_item(self, page: Page) -> AttemptItem:
        """Return the question that a page shows, as it is stored."""
        found = re.search(r"/attempts/(\d+)", page.url)
        assert found, page.url
        number = int(page.locator("[aria-current=step]").inner_text().split()[1])
        with self.app.app_context():
            owner = db.session.get_one(Attempt, int(found[1])).user_id
            return attempt_detail(db.session, owner, int(found[1])).item(number)

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


def fill(page: Page, attempt_item: AttemptItem) -> None:
    """Fill in the right answer to the question in front, or say the next best reply."""
    key = attempt_item.item.parse_stored(key_of(attempt_item.item))
    if isinstance(key, ScenarioResponse):
        step = attempt_item.item.steps_taken(attempt_item.state.response)
        reply = attempt_item.presentation.replies[step].index(key.replies[step])
        page.locator(f"label:has(input[name=reply][value='{reply}'])").click()
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


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label(re.compile("^Password")).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
