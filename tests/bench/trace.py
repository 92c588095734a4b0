"""Traces of one request: which functions and files of learnapp a checked answer passes through.

python -m tests.bench.trace            # the figures
python -m tests.bench.trace --calls    # and every call, in order
"""

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from learnapp.config.settings import ROOT
from learnapp.database.db import db
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.models import Attempt
from tests.apps import new_app
from tests.quiz.strategies import key_of

LEARNAPP = f"{ROOT / 'learnapp'}/"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Trace:
    """Calls of learnapp's functions in the order in which they were made, as (file, function)."""

    calls: tuple[tuple[str, str], ...]

    @property
    def functions(self) -> int:
        return len(set(self.calls))

    @property
    def files(self) -> list[str]:
        """Return the files touched, in the order of the first call."""
        return list(dict.fromkeys(file for file, _ in self.calls))

    @property
    def changes(self) -> int:
        """Return how often a call is in another file than the call before it."""
        return sum(before != after for (before, _), (after, _) in pairwise(self.calls))

    @property
    def parses(self) -> int:
        """Return how often a response was parsed."""
        return sum(function.endswith((".parse_form", ".parse_stored")) for _, function in self.calls)


def trace(work: Callable[[], object]) -> Trace:
    """Run some work and return the calls of learnapp's functions that it made."""
    calls: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _arg: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(LEARNAPP):
            calls.append((code.co_filename.removeprefix(LEARNAPP), code.co_qualname))

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return Trace(tuple(calls))


def trace_answer(app: Flask, client: FlaskClient, lesson: str) -> Trace:
    """Trace the check of the answer to a single-choice item of a lesson, as its page sends it.

    Everything that is done once a process was done before: another answer was sent first.
    """
    client.get(lesson)
    started = client.post(f"{lesson}/quiz", data={"csrf_token": _token(client, lesson)})
    assert started.status_code == 303, started.text
    address = started.location.partition("?")[0]
    with app.app_context():
        attempt = int(address.rpartition("/")[2])
        owner = db.session.get_one(Attempt, attempt).user_id
        attempt_items = attempt_detail(db.session, owner, attempt).items
    single = next(attempt_item for attempt_item in attempt_items if attempt_item.item.type == "single")
    other = next(
        attempt_item for attempt_item in attempt_items if not attempt_item.item.stepwise and attempt_item is not single
    )

    def form_of(attempt_item: AttemptItem, seq: int) -> dict[str, object]:
        fields = attempt_item.item.form_values(
            attempt_item.item.parse_stored(key_of(attempt_item.item)), attempt_item.presentation
        )
        more = {"item": attempt_item.item.id, "seq": seq, "action": "check", "csrf_token": token}
        return {**MultiDict(fields).to_dict(flat=False), **more}

    token = _token(client, f"{address}?q={single.number}")
    client.post(f"{address}/answers", data=form_of(other, 0))
    form = form_of(single, 1)
    answers: list[TestResponse] = []
    found = trace(lambda: answers.append(client.post(f"{address}/answers", data=form)))
    assert answers[0].status_code == 303, answers[0].text
    return found


def _token(client: FlaskClient, page: str) -> str:
    found = TOKEN.search(client.get(page).text)
    return found[1] if found else ""


def main() -> None:
    """Print the figures of one checked answer in the course."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = new_app(folder, database_url=f"sqlite:///{folder / 'trace.sqlite3'}")
        course = next(iter(app.extensions["catalog"].get().courses.values()))
        first = course.lessons[0]
        found = trace_answer(app, app.test_client(), f"/modules/{first.module}/{first.slug}")
    if "--calls" in sys.argv:
        print("\n".join(f"{file:45} {function}" for file, function in found.calls))
    print(f"{len(found.calls)} calls of {found.functions} functions in {len(found.files)} files,")
    print(f"{found.changes} changes of file, {found.parses} parse of the response")
    print("\n".join(f"  {file}" for file in found.files))


if __name__ == "__main__":
    main()
