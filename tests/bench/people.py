"""Who takes part in the bench: Ben with an account, somewhere in the course."""

from datetime import UTC, datetime

import sqlalchemy as sa

from learnapp.accounts.models import User
from learnapp.config.settings import ROOT
from learnapp.learning.models import Progress
from tests.faults.browser import Browser
from tests.faults.learner import first_lesson, lessons

PASSWORD = "four plain words together"


def sign_up(browser: Browser, name: str) -> Browser:
    """Make an account and stay signed in."""
    browser.get("/account/sign-up")
    answer = browser.post("/account/sign-up", {"name": name, "password": PASSWORD, "repeat": PASSWORD})
    assert answer.status in (302, 303), answer.text
    return browser


def learn_a_little(browser: Browser) -> str:
    """Read the first lesson, answer one question of its quiz, and return the lesson's address."""
    lesson = first_lesson(ROOT)
    page = f"/modules/{lesson.module}/{lesson.slug}"
    browser.get(page)
    for path, fields in ((f"{page}/place", {"anchor": "p2"}), (f"{page}/quiz", {"kind": "main", "from": "lesson"})):
        answer = browser.post(path, fields)
        assert answer.status == 303, f"{path}: {answer.status}"
    return page


def second_page() -> str:
    """Return the address of the second lesson."""
    lesson = lessons(ROOT)[1]
    return f"/modules/{lesson.module}/{lesson.slug}"


def user_id(url: str, name: str) -> int:
    """Return an account's id."""
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return connection.execute(sa.select(User.id).where(User.name == name)).scalar_one()


def complete_first_lesson(url: str) -> None:
    """Let everybody have passed what they have read, so that the next lesson opens."""
    now = datetime.now(UTC)
    with sa.create_engine(url, poolclass=sa.NullPool).begin() as connection:
        connection.execute(sa.update(Progress).values(passed_at=now, completed_at=now))


def cookies(browser: Browser) -> str:
    """Return the browser's Cookie header."""
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
