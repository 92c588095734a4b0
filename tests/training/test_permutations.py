"""No order of a final's file can be worked out from all bytes that one can fetch before its form is finished."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.learning.attempts.values import AttemptItem
from tests.actors.attempt_pages import Taker
from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.training_pages import Volunteer, answer_question, volunteer
from tests.courses.training import SERVER, SPILLS, program, training_course
from tests.factories.base import NOON
from tests.learning.test_permutations import archive_of, big, draft_of, fetched, order_of, orders_told, same_seeds
from tests.quiz.samples import make
from tests.shares import left

__all__ = ["same_seeds"]
TYPES = ("single", "multiple", "true-false", "numeric", "matching", "ordering", "categorise")
DAY = timedelta(hours=24)
# A bank no larger than its form, so that every further form asks the same questions.
BANKS = {
    "1-tea": tuple(big(item_type).model_copy(update={"id": f"final-{item_type}", "hints": ()}) for item_type in TYPES),
    "2-pot": (make("cloze", id="final-cloze"),),
    SPILLS: (big("scenario").model_copy(update={"id": "final-scenario", "hints": ()}),),
}
FINAL = {"strata": {"1-tea": len(TYPES), "2-pot": 1, SPILLS: 1}, "pass_points": 9}
RENEWAL = {"strata": {"1-tea": 1, SPILLS: 1}, "pass_points": 1, "opens_days": 60}


@pytest.fixture
def vera(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """Give Vera at noon, who has read everything."""
    with at(NOON):
        yield volunteer(app, people, monkeypatch, training_course(program(final=FINAL, renewal=RENEWAL), banks=BANKS))


def save_every_draft(taker: Taker) -> list[AttemptItem]:
    """Save an answer to each question, as a page's script does and by the button; return the items with orders."""
    for number in range(1, len(taker.attempt.items) + 1):
        for action, headers in (("save", {"Accept": "application/json"}), ("check", {})):
            item = taker.attempt.item(number)
            if item.item.type == "scenario" and action == "check":
                continue  # what is said stands
            hidden = {"item": item.item.id, "seq": item.summary.seq, "turn": 0, "action": action, "certainty": "3"}
            assert taker.post({**draft_of(item), **hidden}, headers=headers).status_code in (200, 303)
    return [item for item in taker.attempt.items if item.item.type != "cloze"]


def everything(client: FlaskClient, taker: Taker, *more: str) -> str:
    """Return every byte that is to be had of a form and of all pages around it."""
    numbers = [f"{taker.url}?q={number}" for number in (*range(1, 10), "end")]
    around = (
        "/training",
        f"/training/{SERVER}",
        "/training/safety",
        f"/training/finals/{taker.attempt_id}",
        "/account/data",
    )
    return fetched(client, taker.url, *numbers, *around, *more)


def assert_nothing_told(text: str, items: list[AttemptItem]) -> None:
    told = orders_told(text, items)
    assert [item.item.id for item in items if order_of(item) in told] == []
    summary = items[0].summary
    for secret in (str(summary.seed), f"{summary.seed:x}", items[0].quiz.revision[:12], str(summary.last_save)):
        assert secret not in text


@pytest.mark.slow
def test_no_order_is_told_before_a_final_is_finished(vera: Volunteer) -> None:
    taker = vera.begin()
    items = save_every_draft(taker)
    assert len(items) == 8
    assert_nothing_told(everything(vera.client, taker), items)
    rows = json.loads(archive_of(vera.client)["data.json"])["tables"]["responses"]
    assert len(rows) == 9
    assert {row["points"] for row in rows} == {None}
    for row in rows:
        item = next(item for item in taker.attempt.items if item.item.id == row["item_id"])
        assert row["response"] == draft_of(item) or item.item.type in ("scenario", "cloze")


@pytest.mark.slow
@pytest.mark.parametrize("end", ["finished", left("set aside")])
def test_no_order_of_an_open_form_is_told_by_an_ended_one_that_shares_its_questions(vera: Volunteer, end: str) -> None:
    first = vera.begin()
    old = save_every_draft(first)
    if end == "finished":
        assert first.client.post(f"{first.url}/finish").status_code == 303
    with at(NOON + (DAY if end == "finished" else 31 * DAY)):
        again = vera.on(vera.device())
        second = again.begin()
        assert set(second.attempt.summary.item_ids) == set(first.attempt.summary.item_ids)
        items = save_every_draft(second)
        text = everything(again.client, second, f"/training/finals/{first.attempt_id}", first.url)
    assert_nothing_told(text, items)
    assert_nothing_told(text, old)
    assert items[0].summary.seed != old[0].summary.seed


@pytest.mark.slow
def test_a_form_that_took_no_answer_in_time_is_never_told(vera: Volunteer) -> None:
    taker = vera.begin()
    items = save_every_draft(taker)
    with at(NOON + 30 * DAY):
        assert_nothing_told(everything(vera.device(), taker), items)


def test_an_answer_of_a_conversation_tells_no_order(vera: Volunteer) -> None:
    taker = vera.begin()
    answer_question(taker, 9)
    items = [taker.attempt.item(9)]
    assert items[0].item.type == "scenario"
    assert_nothing_told(everything(vera.client, taker), items)
