"""No byte of a key, of feedback or of an accepted answer of a final leaves the server before its form is finished."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.quiz.item import Item
from tests.actors.attempt_pages import Taker
from tests.actors.attempts import giving, right, wrong
from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.training import issue
from tests.actors.training_pages import Volunteer, answer_question, volunteer
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, SPILLS, program, training_course
from tests.factories.base import NOON
from tests.learning.test_canary import SECRET, marked
from tests.learning.test_permutations import archive_of
from tests.quiz.samples import ITEM

TYPES = ("single", "multiple", "true-false", "numeric", "matching", "ordering", "cloze", "categorise")
FINAL = {"strata": {"1-tea": len(TYPES), SPILLS: 1}, "pass_points": 9}
RENEWAL = {"strata": {"1-tea": 1, SPILLS: 1}, "pass_points": 1, "opens_days": 60}
NUMBERS = re.compile(r"97,?531")


def canary(item_type: str, name: str) -> Item:
    """Return a question in which everything that may not be seen yet holds a canary with its own name."""
    data = json.dumps({**marked(item_type), "id": name, "hints": []})
    return ITEM.validate_json(data.replace(SECRET, f"{SECRET}-{name}-"))


# Two of each type: a second form asks the ones that the first did not.
BANKS = {
    "1-tea": tuple(canary(item_type, f"{item_type}-{n}") for item_type in TYPES for n in range(2)),
    SPILLS: tuple(canary("scenario", f"scenario-{n}") for n in range(2)),
}


@pytest.fixture
def vera(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """Give Vera at noon, who has read everything."""
    with at(NOON):
        yield volunteer(app, people, monkeypatch, training_course(program(final=FINAL, renewal=RENEWAL), banks=BANKS))


def told(client: FlaskClient, *takers: Taker) -> set[str]:
    """Return the names of all questions of whose key, feedback or accepted answers anything is to be had."""
    none: dict[str, str] = {}
    usual = ("/", "/me", "/training", f"/training/{SERVER}", "/training/safety", "/account/data", "/modules/1-tea")
    asked = [(path, none) for path in usual]
    for taker in takers:
        of_form = [f"{taker.url}?q={number}" for number in (*range(1, 10), "end")]
        own = (taker.url, f"/training/finals/{taker.attempt_id}", *of_form)
        headers = (none, {"X-Fragment": "attempt"}, {"Accept": "application/json"})
        asked += [(path, one) for path in own for one in (headers if path in own[:3] else headers[:2])]
    answers = [client.get(path, headers=headers) for path, headers in asked]
    text = "\n".join([*(f"{answer.headers}\n{answer.text}" for answer in answers), *archive_of(client).values()])
    names = set(re.findall(rf"{SECRET}-([a-z-]+-\d)-", text))
    if NUMBERS.search(text):
        names |= {"numeric-0", "numeric-1"}  # both have the same answer
    return names


def answer_all(taker: Taker) -> set[str]:
    """Answer every question by every way; return what the answers to that tell."""
    texts = []
    for number in range(1, len(taker.attempt.items) + 1):
        item = taker.attempt.item(number)
        if item.item.type != "scenario":
            given = wrong(item).response
            texts.append(taker.ask(item, given))
            for headers in ({}, {"X-Fragment": "attempt"}):
                texts.append(taker.send(taker.attempt.item(number), given, headers=headers))
            texts.append(taker.send(item, given))  # stale
            texts.append(taker.send(taker.attempt.item(number), None))  # empty
        else:
            texts.append(taker.send(item, right(item).response))
            answer_question(taker, number, lambda one: giving(one, {"replies": [0, 1]}))
        texts.append(taker.ask(taker.attempt.item(number), None, "hint"))
    return set(re.findall(rf"{SECRET}-([a-z-]+-\d)-", "\n".join(f"{one.headers}{one.text}" for one in texts)))


@pytest.mark.long
@pytest.mark.slow
def test_a_form_that_was_not_passed_tells_nothing_however_many_follow(vera: Volunteer) -> None:
    first = vera.begin()
    assert told(vera.client, first) == set()
    assert answer_all(first) == set()
    assert told(vera.client, first) == set()
    assert vera.client.post(f"{first.url}/finish").status_code == 303
    assert told(vera.client, first) == set()
    forms = [first]
    for days in (1, 2):  # the third asks what the first did
        with at(NOON + timedelta(days=days)):
            client = vera.device()
            forms.append(vera.on(client).begin())
            assert set(forms[-2].attempt.summary.item_ids).isdisjoint(forms[-1].attempt.summary.item_ids)
            assert answer_all(forms[-1]) == set()
            assert told(client, *forms) == set()
            assert client.post(f"{forms[-1].url}/finish").status_code == 303
            assert told(client, *forms) == set()
    assert set(forms[0].attempt.summary.item_ids) == set(forms[2].attempt.summary.item_ids)


@pytest.mark.slow
def test_a_form_that_was_passed_tells_of_its_own_questions_but_of_those_that_an_open_form_asks(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    easy = training_course(program(final=FINAL | {"pass_points": 1}, renewal=RENEWAL), banks=BANKS)
    vera = replace(vera, catalog=serve_catalog(app, monkeypatch, easy))
    first = vera.begin()
    assert told(vera.client, first) == set()
    vera.finish(first)
    both, asked = {"numeric-0", "numeric-1"}, set(first.attempt.summary.item_ids)
    assert told(vera.client, first) | both == asked | both
    with vera.app.app_context():
        issue(db.session, vera.catalog, vera.user_id)
    with at(NOON + timedelta(days=320)):
        client = vera.device()
        renewal = vera.on(client).begin()
        asked_now = set(renewal.attempt.summary.item_ids)
        assert answer_all(renewal) == set()
        assert told(client, first, renewal).isdisjoint(asked_now - both)


@pytest.mark.slow
def test_a_form_that_was_set_aside_never_tells_anything(vera: Volunteer) -> None:
    taker = vera.begin()
    answer_all(taker)
    with at(NOON + timedelta(days=30)):
        assert told(vera.device(), taker) == set()
    with at(NOON + timedelta(days=31)):
        client = vera.device()
        second = vera.on(client).begin()
        assert told(client, taker, second) == set()


def test_a_conversation_of_a_final_tells_none_of_its_reasons_while_it_goes_on(vera: Volunteer) -> None:
    taker = vera.begin()
    item = taker.attempt.item(9)
    assert item.item.type == "scenario"
    assert taker.send(item, right(item).response).status_code == 303
    page = taker.look(9)
    assert "Something mild?" in page
    assert SECRET not in page
