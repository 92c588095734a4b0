"""Quizzes that a device kept before they were asked with results that wait: nothing is told, and no answer is lost."""

from collections.abc import Iterator

import pytest
from flask import Flask

from learnapp.learning.models import ASIDE, OPEN
from tests.actors.attempt_pages import Taker
from tests.actors.attempts import right, wrong
from tests.actors.deferred import CLOSES, HOUR, QUIZ, SHOWN, Waiting, at, waiting_class
from tests.actors.people import People
from tests.factories.base import NOON
from tests.factories.learning import AttemptFactory

RESUME = {"Accept": "application/json"}


@pytest.fixture
def waiting(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Waiting]:
    """Give Ben's class, at noon, six hours before the close."""
    with at(NOON):
        yield waiting_class(app, people, monkeypatch)


def keep(waiting: Waiting) -> Taker:
    """Keep the module on Ben's device; return who answers its first quiz."""
    assert waiting.ben.post("/device/modules/1-tea").status_code == 200
    return Taker(waiting.app, waiting.ben, waiting.attempts()[0].id)


def arrive(taker: Taker, number: int = 0) -> tuple[int, dict[str, object]]:
    """Let a right answer of the device arrive that was to be checked."""
    item = taker.attempt.items[number]
    chosen = right(item).response
    form = {"item": item.item.id, "seq": taker.attempt.summary.seq, "action": "check", "resume": "1"}
    fields = dict(item.item.form_values(chosen, item.presentation)) if chosen else {}
    answer = taker.post({**form, **fields}, headers=RESUME)
    return answer.status_code, answer.get_json()


def test_a_kept_quiz_that_is_begun_by_its_page_waits_like_any_other(waiting: Waiting) -> None:
    kept = keep(waiting)
    waiting.ask()
    with at(NOON + HOUR):
        assert waiting.ben.post(QUIZ, data={"kind": "main", "from": "quiz"}).location == kept.url
        item = kept.attempt.items[0]
        kept.send(item, wrong(item).response)
        begun = waiting.attempts()[0]
        assert (begun.deferred, begun.state, begun.started_at) == (True, OPEN, NOON + HOUR)
        state = kept.attempt.items[0].state
        assert (state.submitted, state.points) == (False, None)
        assert "tea book" not in waiting.page(f"{kept.url}?q=1")


def test_an_answer_from_a_device_is_stored_and_tells_nothing(waiting: Waiting) -> None:
    kept = keep(waiting)
    waiting.ask()
    status, told = arrive(kept)
    assert (status, told["seq"], told["closed"]) == (200, 1, False)
    assert waiting.attempts()[0].deferred
    with at(SHOWN):
        waiting.page(kept.url)
        assert waiting.attempts()[0].points == 1


def test_after_the_close_an_answer_from_a_device_stays_there(waiting: Waiting) -> None:
    kept = keep(waiting)
    waiting.ask(release=CLOSES + 2 * HOUR)
    with at(CLOSES + HOUR):
        status, told = arrive(kept)
    assert (status, told["error"]) == (409, "This quiz has closed")
    assert (waiting.attempts()[0].state, waiting.attempts()[0].seq) == (ASIDE, 0)


def test_what_was_begun_before_would_tell_what_waits_so_its_answers_stay_on_the_device(waiting: Waiting) -> None:
    kept = keep(waiting)
    arrive(kept)
    waiting.change("UPDATE attempts SET state = 'aside' WHERE id = :id", id=kept.attempt_id)
    waiting.ask()
    begun = kept.attempt.summary
    other = {"user_id": waiting.user_id, "revision": begun.revision, "item_ids": begun.item_ids, "deferred": True}
    waiting.make(AttemptFactory, **other)
    status, told = arrive(kept, 1)
    assert (status, told["error"]) == (409, "Results come later")
    with at(SHOWN):
        assert arrive(kept, 1)[0] == 200
