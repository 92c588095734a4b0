"""No order of a file can be worked out from all bytes that a learner can fetch before an item is submitted."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from learnapp.config.derived_keys import derived_key
from learnapp.content.ages import FULL_ACCESS
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.values import AttemptItem, PresentedItem
from learnapp.learning.lessons.pretest import pretest_items
from learnapp.learning.lessons.pretest_views import SHUFFLE
from learnapp.learning.review.service import card_item
from learnapp.quiz.item import Item
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import answer_of
from tests.actors.review_pages import PAGE, WEEKS, Begin, start
from tests.courses.serving import serve, serve_catalog
from tests.courses.tea import TYPES, course_with, lesson, quiz
from tests.quiz.samples import WHY, WITH_UNITS, make, option, reply
from tests.shares import one_in, share

__all__ = ["start"]
N = 12  # a page tells some hundred orders of its own, and of 479,001,600 none is met by chance
REPLIES = 8  # as many as a turn may have; of its 40,320 orders one is met by chance, unless seeds are the same each run
WORDS = tuple(f"Tea {letter}" for letter in "abcdefghijkl")
BEHAVIOURS = ("immediate", "interactive", "deferred")
SMALL = range(12)


def big(item_type: str) -> Item:
    """Return an item with so many parts to shuffle."""
    options = [option(text, key=number == 3) for number, text in enumerate(WORDS)]
    parts = [{"text": text, "feedback": WHY} for text in WORDS]
    changes: dict[str, dict[str, Any]] = {
        "single": {"options": options},
        "multiple": {"options": options},
        "true-false": {"reasons": options},
        "numeric": {**WITH_UNITS, "units": [*WORDS[1:], "years"]},
        "matching": {"pairs": [{"prompt": f"{t}?", "match": t, "feedback": WHY} for t in WORDS], "distractors": []},
        "ordering": {"entries": parts},
        "categorise": {"categories": ["Shelf", "Fridge"], "entries": [{**one, "category": "Shelf"} for one in parts]},
        "scenario": {
            "turns": [
                {
                    "id": name,
                    "says": "Tea?",
                    "replies": [reply(t, "best" if t == WORDS[2] else "weak", leads) for t in WORDS[:REPLIES]],
                }
                for name, leads in (("start", "more"), ("more", None))
            ]
        },
    }
    return make(item_type, hints=["Look!"], **changes.get(item_type, {}))


def order_of(item: PresentedItem) -> tuple[int, ...]:
    return item.presentation.order or (item.presentation.replies or ((),))[0]


def draft_of(item: PresentedItem) -> dict[str, list[str]]:
    """Return a form whose answer, once it is written in the order of the file, tells that order."""
    first = {"choice": "0", "choices": "0 5", "verdict": "true", "reason": "0", "value": "7", "unit": "years"}
    places = {f"place-{at}": str(at + 1) for at in range(N)} | {f"match-{at}": str(at) for at in range(N)}
    others = {f"category-{at}": str(at % 2) for at in range(N)} | {"blank-0": "tea", "blank-1": "pot", "reply": "0"}
    asked = {field.name for field in item.item.form(None, item.presentation).inputs}
    return {name: value.split() for name, value in {**first, **places, **others}.items() if name in asked}


def archive_of(client: FlaskClient) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(client.get("/account/data/export").data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def fetched(client: FlaskClient, *addresses: str) -> str:
    """Return every byte of these addresses, headers included, and of all that is handed over as one's own."""
    none: dict[str, str] = {}
    usual = (
        (address, none) for address in ("/", "/modules/1-tea", "/modules/1-tea/1-leaf", "/me", PAGE, f"{PAGE}/ahead")
    )
    parts = (none, {"X-Fragment": "attempt"}, {"Accept": "application/json"})
    asked = [*usual, *((address, headers) for address in addresses for headers in parts)]
    answers = (client.get(address, headers=headers) for address, headers in asked)
    return "\n".join([*archive_of(client).values(), *(f"{answer.headers}\n{answer.text}" for answer in answers)])


def numbers_in(text: str, size: int) -> Iterator[list[int]]:
    """Yield every row of numbers that JSON in the text, or its digits as they follow each other, might hide."""
    for found in re.findall(r"[\[{][^\[\]{}<>]{2,400}[\]}]", text):
        yield [int(one) for one in re.findall(r'(?<![\w."-])-?\d+(?![\w."-])', found)]
        yield [int(one) for one in re.findall(r"\d+", re.sub(r'"[^"]*":', "", found))]
    for name in ("value", "id", "name"):
        found = re.findall(rf'{name}="(?:[a-z]+-)?(\d+)"', text)
        yield from ([int(one) for one in found[at : at + size]] for at in range(len(found)))


def orders_told(text: str, items: Sequence[PresentedItem]) -> set[tuple[int, ...]]:
    """Return every order that can be worked out from a text: rows of numbers, hashes with small seeds, digests."""
    told: set[tuple[int, ...]] = set()
    sizes = {len(order_of(item)) for item in items}
    for size in sizes:
        for numbers in numbers_in(text, size):
            row = [number - min(numbers) for number in numbers] if numbers else []
            if sorted(row) == list(range(size)):
                told |= {tuple(row), tuple(row.index(place) for place in range(size))}
    hashes = set(re.findall(r"\b[0-9a-f]{32,64}\b", text))
    for item in items:
        known = [(revision, seed) for revision in hashes for seed in SMALL]
        if item.quiz.revision in text:
            seeds = {int(one) for one in re.findall(r"(?<!\d)\d{1,19}(?!\d)", text)}
            known += [(item.quiz.revision, seed) for seed in {*SMALL, *seeds}]
        if any(item.item.present(*one) == item.presentation for one in known):
            told.add(order_of(item))
        response = item.item.parse_form(MultiDict(draft_of(item)), item.presentation)
        for kind in ("save", "check", "hint"):
            for flagged in (False, None):
                given = repr((kind, item.item.id, Submission(response, flagged)))
                if sha256(given.encode()).hexdigest() in text:
                    told.add(order_of(item))
    # The order of the page itself is no news, and neither is the one that turns it around.
    return told - {order for size in sizes for order in (tuple(range(size)), tuple(reversed(range(size))))}


@pytest.fixture(autouse=True)
def same_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the same seeds in every run, so that no order is met by chance."""
    monkeypatch.setattr("secrets.randbits", Random(7).getrandbits)


def begun(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str, behaviour: str) -> Taker:
    serve(app, monkeypatch, lesson(quiz=quiz(big(item_type), make("cloze", id="last"), behaviour=behaviour)))
    return begin(app, client)


def save_draft(taker: Taker, item_type: str) -> AttemptItem:
    """Save an answer as a page's script does, by every action that is no submission."""
    for action, headers in (("save", {"Accept": "application/json"}), ("later", {})):
        item = taker.attempt.items[0]
        hidden = {"item": item.item.id, "seq": item.summary.seq, "turn": 0, "action": action}
        assert taker.post({**draft_of(item), **hidden}, headers=headers).status_code in (200, 303)
    return taker.attempt.items[0]


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", share(BEHAVIOURS, "immediate".__eq__))
@pytest.mark.parametrize("item_type", one_in(3, TYPES, 2))
def test_no_order_is_told_before_an_item_is_submitted(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str, behaviour: str
) -> None:
    taker = begun(app, client, monkeypatch, item_type, behaviour)
    item = save_draft(taker, item_type)
    text = fetched(client, taker.url, f"{taker.url}?q=1", f"{taker.url}?q=end", "/modules/1-tea/1-leaf/quiz")
    assert order_of(item) not in orders_told(text, [item])
    assert str(item.summary.seed) not in text
    assert f"{item.summary.seed:x}" not in text
    assert item.quiz.revision[:12] not in text
    assert str(item.summary.last_save) not in text
    (row,) = json.loads(archive_of(client)["data.json"])["tables"]["responses"]
    assert row["response"] == draft_of(item)
    assert row["points"] is None
    assert row["question"] == "What about tea?"


@pytest.mark.parametrize("item_type", ["ordering"])
def test_the_search_finds_an_order_where_it_may_be_told(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str
) -> None:
    taker = begun(app, client, monkeypatch, item_type, "immediate")
    item = save_draft(taker, item_type)
    assert answer_of(item) == {"order": list(order_of(item))}
    told = json.dumps(answer_of(item)), f"{item.quiz.revision} {item.summary.seed}", str(item.summary.last_save)
    for text in told:
        assert order_of(item) in orders_told(text, [item])
    taker.client.post(f"{taker.url}/finish")
    assert order_of(item) in orders_told(fetched(client, taker.url), [item])


@pytest.mark.slow
@pytest.mark.parametrize("item_type", [one for one in TYPES if one != "scenario"])
def test_no_order_of_a_review_card_is_told(start: Begin, item_type: str) -> None:
    reviewer = start(course_with(lesson(quiz=quiz(big(item_type), pass_mark=0))))
    reviewer.wait(WEEKS)
    card = reviewer.front
    item = card_item(card)
    hint = {**draft_of(item), "card": card.id, "seq": card.seq, "action": "hint"}
    assert reviewer.send({**reviewer.form(card), **hint}).status_code == 303
    data = json.loads(archive_of(reviewer.client)["data.json"])["tables"]
    text = fetched(reviewer.client) + reviewer.client.get(PAGE).text
    # The quiz that the card began with was submitted; the card has an order of its own.
    assert order_of(item) not in orders_told(text, [item])
    assert item.quiz.revision[:12] not in text
    assert data["review_cards"][0]["draft"] == draft_of(item)


def test_no_order_of_a_look_ahead_is_told(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("single", "multiple", "true-false", "matching", "categorise")
    quizzes = [quiz(make("single", id=f"{slug}-0"), *(_named(kind, slug) for kind in kinds)) for slug in ("a", "b")]
    catalog = course_with(*(lesson(f"{n}-leaf", quiz=one) for n, one in enumerate(quizzes)))
    serve_catalog(app, monkeypatch, catalog)
    with app.app_context():
        items = pretest_items(catalog, catalog.modules["1-tea"], FULL_ACCESS, derived_key(SHUFFLE))
    client.post("/modules/1-tea/0-leaf/place", data={"anchor": "p2"})
    text = fetched(client, "/modules/1-tea/pretest", "/modules/1-tea/pretest?left=1")
    told = orders_told(text, [item for item in items if len(order_of(item)) == N])
    assert [item.item.id for item in items if order_of(item) in told] == []
    assert not any(one.revision[:12] in text for one in quizzes)


def _named(item_type: str, slug: str) -> Item:
    return big(item_type).model_copy(update={"id": f"{slug}-{item_type}"})


def test_the_positions_of_a_page_ascend(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and values of fields count what is seen from the top, so that sorting them brings nothing."""
    for item_type in TYPES:
        taker = begun(app, app.test_client(), monkeypatch, item_type, "immediate")
        form = taker.attempt.items[0].item.form(None, taker.attempt.items[0].presentation)
        for field in form.inputs:
            values = [int(choice.value) for choice in field.choices if choice.value.isdecimal()]
            assert all(first < second for first, second in pairwise(values)), field.name
        names = [int(number) for field in form.inputs if (number := field.name.partition("-")[2])]
        assert names == sorted(names)
