"""While results wait, no byte of a key, of feedback or of a mark leaves the server, by any address; then all does."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from learnapp.web.policy import policy_of
from tests.actors.attempt_pages import Taker
from tests.actors.attempts import right, wrong
from tests.actors.deferred import DAY, LESSON, SHOWN, Waiting, at, waiting_class
from tests.actors.people import People
from tests.courses.serving import serve_catalog
from tests.courses.tea import TYPES, course_with, lesson, quiz
from tests.factories.base import NOON
from tests.learning.test_canary import SECRET, item
from tests.shares import LONG, left

ARGS = {"module": "1-tea", "lesson": "1-leaf", "slug": "1-leaf", "course": "tea", "token": "x" * 43, "filename": "x"}
# Of a numeric item, its answer; of every item, that it was right or not. Looked for at each byte of a page is its
# beginning alone.
TOLD = re.compile(
    rf"(?=[x9TNP0-9.])(?:{SECRET}|97,?531|That is right|Not quite|Partly right|"
    r"(?=[0-9.])(?<!uestion )(?<!odule )(?<!uiz · )\b[0-9.]+ of [19]\b(?! lessons))"
)


@pytest.fixture
def waiting(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Waiting]:
    with at(NOON):
        found = waiting_class(app, people, monkeypatch)
        leaf = lesson("1-leaf", quiz=quiz(*map(item, TYPES), certainty=True))
        serve_catalog(app, monkeypatch, course_with(leaf, lesson("2-water", quiz=leaf.quiz)))
        yield found


def addresses(app: Flask, role: str, **numbers: int) -> Iterator[str]:
    """Yield every address that may be read in a role, with these numbers in it."""
    args = ARGS | {name: str(number) for name, number in numbers.items()}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        policy = policy_of(app, rule.endpoint)
        if policy is None or role not in policy.roles:
            continue
        yield re.sub(r"<(?:[^>]*:)?(\w+)>", lambda found: args.get(found[1], "1"), rule.rule)


def read(browser: FlaskClient, path: str, **headers: str) -> str:
    """Return everything that a browser gets at an address, of an archive what is in it."""
    answer: TestResponse = browser.get(path, headers=headers)
    assert answer.status_code < 500 or path == "/readyz", path
    body = answer.data
    if answer.mimetype == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(archive.read(name) for name in archive.namelist())
    return f"{answer.headers}\n{body.decode('utf-8', 'replace')}"


def told(waiting: Waiting, taker: Taker, quarter: int) -> dict[str, list[str]]:
    """Return what is told to Ben, to a guest and to Ada, by address.

    In `make test`, Ben's scripts and the guest ask for a quarter of the addresses at each of the four moments.
    """
    numbers = {"attempt_id": taker.attempt_id, "group_id": waiting.group, "user_id": waiting.user_id}
    guest, found = waiting.people.browser(), {}
    paths = list(addresses(waiting.app, "learner", **numbers))
    questions = [f"{taker.url}?q={number}" for number in (*range(1, len(TYPES) + 1), "end")]
    assert len(paths) > 30
    readers = (
        ("ben", waiting.ben, "text/html"),
        ("ben", waiting.ben, "application/json"),
        ("guest", guest, "text/html"),
    )
    for number, path in enumerate((*paths, *questions, "/me/review?done=1", "/account/data/export")):
        for name, browser, accept in readers if LONG or number % 4 == quarter else readers[:1]:
            hits = TOLD.findall(read(browser, path, Accept=accept))
            if hits:
                found[f"{name} {path}"] = hits
    ada = waiting.ada()
    for path in ("board", "board/marks.csv", "board/canvas.csv", f"members/{waiting.user_id}"):
        hits = TOLD.findall(read(ada, f"/groups/{waiting.group}/{path}"))
        if [one for one in hits if not one.startswith("0 of")]:
            found[f"ada {path}"] = hits
    return found


def answer_all(waiting: Waiting, taker: Taker, *, rightly: bool) -> Iterator[str]:
    """Answer every question in every way a browser can, and yield what comes back."""
    for number in range(len(TYPES)):
        for _turn in range(2):
            one = taker.attempt.items[number]
            scripted, part = {"Accept": "application/json"}, {"X-Fragment": "attempt"}
            given = right(one) if rightly or one.item.type == "scenario" else wrong(one)
            if one.item.type == "scenario" and not one.item.goes_on(one.state.response) and one.state.response:
                break
            for action in ("hint", "check"):
                for headers in (scripted, part, {}) if one.item.type != "scenario" else ({},):
                    answer = taker.send(taker.attempt.items[number], given.response, action, headers=headers)
                    assert answer.status_code < 500
                    yield f"{answer.headers}\n{answer.text}"
            if one.item.type != "scenario":
                break


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("rightly", [True, left(False)])
@pytest.mark.scaled
def test_no_byte_of_a_key_leaves_before_results_are_shown(waiting: Waiting, rightly: bool) -> None:
    waiting.ask(closes=NOON + DAY)
    assert waiting.ben.post(f"{LESSON}/read").status_code == 303
    taker = waiting.begin()
    assert told(waiting, taker, 0) == {}
    for page in answer_all(waiting, taker, rightly=rightly):
        assert TOLD.findall(page) == []
    assert all(one.answered for one in taker.attempt.items)
    assert told(waiting, taker, 1) == {}, "open"
    waiting.ben.post(f"{taker.url}/finish")
    assert told(waiting, taker, 2) == {}, "handed in"
    again = waiting.begin()
    assert told(waiting, again, 3) == {}, "begun again"
    with at(SHOWN + DAY):
        page = waiting.page(taker.url)
        for item_type in TYPES:
            assert SECRET in page, item_type
        assert page.count(SECRET) > len(TYPES)
        assert re.search(r"\d of 9", page)
