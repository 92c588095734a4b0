"""Somebody who takes a quiz over HTTP and presses on until each answer is said to be saved."""

import time
from functools import cache
from pathlib import Path

from learnapp.content.catalog import Lesson
from learnapp.content.loader import load
from learnapp.quiz.types.single import Single
from tests.faults.browser import Answer, Browser
from tests.faults.serving import COURSE, Server

GIVES_UP_AFTER = 60.0


@cache
def lessons(content: Path = COURSE) -> tuple[Lesson, ...]:
    """Return the lessons of the course that is served."""
    catalog = load(content).catalog
    assert catalog is not None
    return next(iter(catalog.courses.values())).lessons


def first_lesson(content: Path = COURSE) -> Lesson:
    """Return the lesson that is open to everybody from the start."""
    return lessons(content)[0]


def single_item(content: Path = COURSE) -> Single:
    """Return a question with options, whose answer can change again and again until it is checked."""
    return next(item for item in first_lesson(content).quiz.items if isinstance(item, Single))


class Learner:
    """A guest with an open attempt. `seq` is the number of the newest save that was acknowledged."""

    def __init__(self, server: Server) -> None:
        self.browser: Browser = server.browser()
        self.seq = 0
        self.retries = 0
        self.content = server.content
        lesson = first_lesson(self.content)
        quiz = f"/modules/{lesson.module}/{lesson.slug}/quiz"
        self.browser.get(quiz)
        started = self.browser.post(quiz, {"kind": "main"})
        assert started.status == 303, started.text
        self.page = started.headers["location"]
        self.attempt_id = int(self.page.rsplit("/", 1)[1])
        assert self.browser.get(self.page).status == 200

    def send(self, choice: int, browser: Browser | None = None) -> Answer:
        """Send one answer once, as the page's script does."""
        fields = {"item": single_item(self.content).id, "seq": self.seq, "action": "save", "choice": choice}
        return (browser or self.browser).post(f"{self.page}/answers", fields, Accept="application/json")

    def save(self, choice: int) -> None:
        """Send an answer until it is acknowledged, and check that it moved the number on by exactly one."""
        end = time.monotonic() + GIVES_UP_AFTER
        while time.monotonic() < end:
            try:
                answer = self.send(choice)
            except ConnectionError:
                answer = None
            if answer is not None and answer.status == 200:
                assert answer.json["seq"] == self.seq + 1, answer.text
                self.seq += 1
                return
            assert answer is None or answer.status >= 500, f"{answer.status}: {answer.text}"
            self.retries += 1
            time.sleep(0.05)
        raise AssertionError(f"not saved within {GIVES_UP_AFTER} s")
