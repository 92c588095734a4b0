"""Cards and reviews as they are handed over: in words while their question is the one that was answered."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from learnapp.accounts.own_data.rows import collect
from learnapp.content.catalog import Catalog
from learnapp.learning.review.answers_wording import readable_cards, readable_reviews
from learnapp.learning.review.models import ReviewCard
from tests.actors.attempts import Db
from tests.actors.reviews import LATER, answer, finish_lesson, queue_on
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, quiz
from tests.quiz.samples import make, option

LESSON = lesson(quiz=quiz(make("single"), make("cloze")))


@pytest.fixture
def catalog(app: Flask, db_session: Db, ben: int, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Serve a course whose lesson Ben has finished, so that he has a card of each question."""
    served = serve_catalog(app, monkeypatch, course_with(LESSON))
    finish_lesson(db_session, served, ben, LESSON)
    return served


def cards_of(session: Db, user_id: int) -> dict[str, dict[str, Any]]:
    """Return the cards of a person as they are handed over, by item."""
    (rows,) = (rows for table, rows in collect(session, user_id) if table.name == "review_cards")
    return {row["item_id"]: row for row in readable_cards(session, user_id, rows)}


def reviews_of(session: Db, user_id: int) -> list[dict[str, Any]]:
    (rows,) = (rows for table, rows in collect(session, user_id) if table.name == "reviews")
    return readable_reviews(session, user_id, rows)


def edit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the lesson with one question less and the options of the other in another order."""
    other = make("single", options=[option("White", key=True), option("Green"), option("Black")])
    serve_catalog(app, monkeypatch, course_with(lesson(quiz=quiz(other))))


def test_a_card_has_its_question_and_the_title_of_its_lesson(db_session: Db, ben: int, catalog: Catalog) -> None:
    told = cards_of(db_session, ben)
    assert {name: (row["question"], row["title"], row["draft"]) for name, row in told.items()} == {
        "tea-single": ("What about tea?", "Leaf", None),
        "tea-cloze": ("What about tea?", "Leaf", None),
    }


def test_a_draft_stands_as_its_page_shows_it(db_session: Db, ben: int, catalog: Catalog) -> None:
    db_session.execute(update(ReviewCard).values(draft={"blanks": ["green tea", ""]}))
    db_session.commit()
    cloze = cards_of(db_session, ben)["tea-cloze"]
    assert cloze["draft"] == {"blank-0": ["green tea"], "blank-1": [""]}
    assert cloze["answer"] == "gap 1: green tea"


def test_a_draft_goes_with_its_question(
    app: Flask, db_session: Db, ben: int, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    db_session.execute(update(ReviewCard).values(draft={"blanks": ["green tea", ""]}))
    db_session.commit()
    edit(app, monkeypatch)
    cloze = cards_of(db_session, ben)["tea-cloze"]
    assert cloze["draft"] is None
    assert "question" not in cloze


def test_a_review_has_words_while_its_quiz_is_the_same(
    app: Flask, db_session: Db, ben: int, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for card in queue_on(db_session, catalog, ben, LATER).cards:
        answer(db_session, card, LATER)
    told = reviews_of(db_session, ben)
    assert len(told) == 4  # each card began with the result of the quiz, whose answers stand with the attempt
    assert {review["answer"] for review in told} == {"", "White", "gap 1: leaves; gap 2: hot water"}
    assert LESSON.quiz.revision not in {review["revision"] for review in told}
    edit(app, monkeypatch)
    told = reviews_of(db_session, ben)
    assert len(told) == 4
    assert not any("answer" in review for review in told)
