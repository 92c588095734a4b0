"""The review page without scripts: one card at a time, its reasons at once, and when the next comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog
from learnapp.db import db
from learnapp.learning.ages import EVERYTHING
from learnapp.learning.forms import as_fields
from learnapp.learning.models import Progress
from learnapp.learning.review import card_slot
from learnapp.learning.review_desk import CardInHand, desk_of
from learnapp.learning.review_models import Review, ReviewAim, ReviewCard
from tests.learning.browsing import Taker, begin, words
from tests.learning.quizzing import NOON, right, wrong
from tests.learning.remembering import DAY, TODAY, course_with, fact, serve_with, two_modules
from tests.learning.teahouse import TYPES, lesson, quiz
from tests.pages import PageOpener
from tests.quiz.samples import make
from tests.statements import counted

WEEKS = timedelta(days=20)  # a guest who stays away for a month is forgotten
PAGE = "/me/review"


def answer_every(taker: Taker, *, well: bool = True) -> None:
    for number in range(len(taker.sheet.slots)):
        slot = taker.sheet.slots[number]
        taker.send(slot, right(slot).wire if well else wrong(slot).wire)


@dataclass
class Reviewer:
    """Somebody in a browser who has finished lessons, and a clock that can be moved on."""

    app: Flask
    client: FlaskClient
    catalog: Catalog
    clock: time_machine.Traveller

    @property
    def user(self) -> int:
        with self.app.app_context():
            return db.session.scalars(select(User.id).order_by(User.id)).first() or 0

    @property
    def front(self) -> CardInHand:
        """Return the card that the page asks first."""
        with self.app.app_context():
            today = (NOON + self.passed).date()
            return desk_of(db.session, self.catalog, self.user, EVERYTHING, today).line[0]

    passed: timedelta = timedelta()

    def wait(self, time: timedelta) -> None:
        self.passed += time
        self.clock.move_to(NOON + self.passed)

    def finish(self, url: str, *, well: bool = True) -> None:
        """Read a lesson and answer its quiz, as the pages let one."""
        self.client.post(f"{url}/read")
        taker: Taker = begin(self.app, self.client, url)
        answer_every(taker, well=well)
        self.client.post(f"{taker.url}/finish")

    def form(self, card: CardInHand, *, well: bool = True, **more: Any) -> dict[str, Any]:
        """Return what the page's form sends."""
        slot = card_slot(card)
        wire = (right(slot) if well else wrong(slot)).wire
        hidden = {"card": card.id, "seq": card.seq, "revision": slot.head.revision, "action": "check"}
        return {**hidden, **as_fields(wire).to_dict(flat=False), **more}

    def send(self, form: dict[str, Any], **more: Any) -> TestResponse:
        return self.client.post(f"{PAGE}/answers", data=form, **more)

    def count(self, table: type) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(table)) or 0


Begin = Callable[..., Reviewer]


@pytest.fixture
def start(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Serve a course, and have somebody finish its lessons."""
    with time_machine.travel(NOON, tick=True) as clock:

        def begin_with(catalog: Catalog, *, well: bool = True) -> Reviewer:
            serve_with(app, monkeypatch, catalog)
            reviewer = Reviewer(app, client, catalog, clock)
            for one in catalog.lessons.values():
                reviewer.finish(f"/modules/{one.module}/{one.slug}", well=well)
            return reviewer

        yield begin_with


@pytest.fixture
def ben(start: Begin) -> Reviewer:
    """Give somebody who has done two lessons of three questions each, weeks ago."""
    reviewer = start(course_with(*two_modules()))
    reviewer.wait(WEEKS)
    return reviewer


def test_before_any_lesson_the_page_says_what_to_do(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_with(app, monkeypatch, course_with())
    page = visit(client, PAGE)
    assert "No cards yet." in words(page.text)
    assert 'href="/courses/tea"' in page.text
    assert "A date to aim at" not in page.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_finishing_the_quiz_of_a_lesson_that_was_read_makes_its_cards(start: Begin) -> None:
    reviewer = start(course_with(*two_modules()))
    assert (reviewer.count(ReviewCard), reviewer.count(Review)) == (6, 6)


@pytest.mark.parametrize("how", ["read", "quiz"])
def test_reading_after_the_quiz_makes_them_too(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    serve_with(app, monkeypatch, course_with(two_modules()[0]))
    url = "/modules/1-tea/1-leaf"
    taker = begin(app, client, url)
    answer_every(taker)
    client.post(f"{taker.url}/finish")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ReviewCard)) == 0
    client.post(f"{url}/read") if how == "read" else client.post(f"{url}/quiz", data={"from": "lesson"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ReviewCard)) == 3


def test_when_nothing_is_due_the_page_says_when_the_next_card_comes(start: Begin, visit: PageOpener) -> None:
    reviewer = start(course_with(*two_modules()))
    page = words(visit(reviewer.client, PAGE).text)
    assert "Nothing to review today. The next 6 cards come on Monday." in page
    mine = words(visit(reviewer.client, "/me").text)
    assert "Nothing is due today. The next 6 cards come on Monday." in mine


def test_the_learner_s_page_tells_what_is_due(ben: Reviewer, visit: PageOpener) -> None:
    page = words(visit(ben.client, "/me").text)
    assert re.search(r"Review due today 6 cards About 4 minutes\. From “(Leaf|Cup)” and “(Leaf|Cup)”\.", page)


def test_the_cards_of_a_day_are_asked_one_at_a_time(ben: Reviewer, visit: PageOpener) -> None:
    for number in range(1, 7):
        page = visit(ben.client, PAGE)
        assert f"Card {number} of 6 today" in words(page.text)
        well = number % 2 == 0
        answered = ben.send(ben.form(ben.front, well=well))
        assert answered.status_code == 303
        assert re.fullmatch(r"/me/review\?done=\d+#question", answered.location)
        told = visit(ben.client, answered.location.partition("#")[0])
        assert ("That is right." if well else "Not quite.") in words(told.text)
        assert "Because the tea book says so." in words(told.text)
        assert ("Next card" if number < 6 else "That was the last card for today.") in words(told.text)
    assert "That is all for today. The next 3 cards come tomorrow." in words(visit(ben.client, PAGE).text)
    assert ben.count(Review) == 12


@pytest.mark.parametrize("item_type", [one for one in TYPES if one != "scenario"])
@pytest.mark.parametrize("well", [True, False])
def test_every_type_can_be_answered(start: Begin, visit: PageOpener, item_type: str, well: bool) -> None:
    reviewer = start(course_with(lesson(quiz=quiz(make(item_type)))))
    reviewer.wait(WEEKS)
    visit(reviewer.client, PAGE)
    answered = reviewer.send(reviewer.form(reviewer.front, well=well))
    page = words(visit(reviewer.client, answered.location.partition("#")[0]).text)
    assert ("That is right." if well else "Not quite.") in page


def test_a_certain_answer_is_easy(ben: Reviewer) -> None:
    card = ben.front
    ben.send(ben.form(card, certainty="3"))
    with ben.app.app_context():
        newest = db.session.scalars(select(Review).order_by(Review.id.desc())).first()
        assert newest is not None
        assert (newest.card_id, newest.rating, newest.certainty) == (card.id, 4, 3)


def test_something_missing_is_asked_for_and_nothing_is_lost(start: Begin, visit: PageOpener) -> None:
    reviewer = start(course_with(lesson(quiz=quiz(make("cloze")))))
    reviewer.wait(WEEKS)
    form = reviewer.form(reviewer.front) | {"blank-0": "leaf", "blank-1": "", "certainty": "2"}
    page = visit(reviewer.client, f"{PAGE}/answers", data=form, status=422)
    assert "There is a problem" in page.text
    assert 'value="leaf"' in page.text
    assert re.search(r'name="certainty" value="2" checked', page.text)
    assert "<title>Error:" in page.text
    assert reviewer.count(Review) == 1


def test_a_hint_is_told_when_it_is_asked_for_and_keeps_what_was_typed(
    start: Begin, visit: PageOpener
) -> None:
    reviewer = start(course_with(lesson(quiz=quiz(make("cloze", hints=["Look at the pot!"])))))
    reviewer.wait(WEEKS)
    assert "Look at the pot!" not in visit(reviewer.client, PAGE).text
    card = reviewer.front
    form = reviewer.form(card) | {"blank-1": "", "action": "hint"}
    for _press in range(2):
        assert reviewer.send(form).location == f"{PAGE}#question"
    page = visit(reviewer.client, PAGE).text
    assert "Look at the pot!" in page
    assert 'value="leaves"' in page
    assert "Show another hint" not in page
    reviewer.send(reviewer.form(reviewer.front, certainty="3"))
    with reviewer.app.app_context():
        kept = db.session.scalars(select(Review).order_by(Review.id.desc())).first()
        assert kept is not None
        assert (kept.rating, kept.hints) == (2, 1)


def test_no_key_and_no_feedback_leaves_before_the_answer(start: Begin) -> None:
    secret = "xkanarix"
    options = [
        {"text": "Green", "feedback": f"{secret} no"},
        {"text": "White", "key": True, "feedback": f"{secret} yes"},
        {"text": "Black", "feedback": f"{secret} never"},
    ]
    item = make("single", options=options, hints=[f"{secret} hint"])
    reviewer = start(course_with(lesson(quiz=quiz(item))))
    reviewer.wait(WEEKS)
    for path in (PAGE, "/me"):
        assert secret not in reviewer.client.get(path).text
    form = {**reviewer.form(reviewer.front)}
    del form["choice"]
    assert secret not in reviewer.send(form).text
    assert secret in reviewer.send(reviewer.form(reviewer.front), follow_redirects=True).text


def test_a_second_press_leads_to_the_same_answer(ben: Reviewer) -> None:
    form = ben.form(ben.front)
    first, second = ben.send(form), ben.send(form)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert "in another window" not in ben.client.get(PAGE).text
    assert ben.count(Review) == 7


def test_another_window_is_told_which_answer_counts(ben: Reviewer) -> None:
    card = ben.front
    ben.send(ben.form(card))
    late = ben.send(ben.form(card, well=False), follow_redirects=True)
    assert "You answered this card in another window before." in words(late.text)
    assert "That is right." in words(late.text)
    assert ben.count(Review) == 7


def test_many_presses_at_once_are_one_review(ben: Reviewer) -> None:
    form, cookie = ben.form(ben.front), ben.client.get_cookie("session")
    assert cookie is not None

    def press(_number: int) -> TestResponse:
        browser = ben.app.test_client()
        browser.set_cookie("session", cookie.value)
        return browser.post(f"{PAGE}/answers", data=form)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, range(16)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert ben.count(Review) == 7


def test_a_question_that_was_edited_is_asked_as_it_stands_now(
    ben: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, form = ben.front, ben.form(ben.front)
    edited = tuple(
        replace(one, quiz=quiz(*(make("single", id=item.id, stem="What now?") for item in one.quiz.items)))
        for one in two_modules()
    )
    done = ben.send(ben.form(card)).location
    ben.catalog = serve_with(ben.app, monkeypatch, course_with(*edited))
    assert ben.client.get(done).location == PAGE
    page = ben.send({**form, "card": ben.front.id, "seq": ben.front.seq}, follow_redirects=True)
    assert "This question has changed since you opened it." in words(page.text)
    assert "What now?" in page.text
    assert ben.count(Review) == 7


def test_a_fact_that_is_gated_later_takes_its_card_off_the_desk(
    ben: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, form = ben.front, ben.form(ben.front)
    gated = tuple(replace(one, gated=("tea.01",)) for one in ben.catalog.lessons.values())
    serve_with(ben.app, monkeypatch, course_with(*gated))
    assert "Nothing to review" not in ben.client.get(PAGE).text
    assert "What about tea?" not in ben.client.get(PAGE).text
    assert ben.send(form).status_code == 404
    assert card.id


def test_others_cards_answer_as_missing_ones(ben: Reviewer) -> None:
    form = ben.form(ben.front)
    done = ben.send(form).location.partition("#")[0]
    form = ben.form(ben.front)
    cleo = ben.app.test_client()
    cleo.post("/modules/1-tea/1-leaf/place", data={"anchor": "p2"})
    for who in (cleo, ben.app.test_client()):
        theirs = who.post(f"{PAGE}/answers", data=form)
        missing = who.post(f"{PAGE}/answers", data={**form, "card": 999_999})
        assert (theirs.status_code, missing.status_code) == (404, 404)
        assert re.sub(r"[0-9a-f]{12}", "", theirs.text) == re.sub(r"[0-9a-f]{12}", "", missing.text)
        assert who.get(done).status_code == who.get(f"{PAGE}?done=999999").status_code == 404
    assert ben.count(Review) == 7


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"card": "x"}, 404),
        ({"card": ""}, 404),
        ({"card": "9" * 400}, 404),
        ({"seq": "x"}, 400),
        ({"seq": ""}, 400),
        ({"action": "flag"}, 400),
        ({"action": "easy"}, 400),
        ({"card": ["1", "2"]}, 400),
        ({"revision": ""}, 303),
    ],
)
def test_a_mangled_form_changes_nothing(ben: Reviewer, change: dict[str, Any], status: int) -> None:
    assert ben.send({**ben.form(ben.front), **change}).status_code == status
    assert ben.count(Review) == 6


@pytest.mark.parametrize("done", ["x", "", "0", "-1", "9" * 400, "²"])
def test_an_answer_that_is_not_there_is_not_found(ben: Reviewer, done: str) -> None:
    assert ben.client.get(PAGE, query_string={"done": done}).status_code == 404


def test_fields_that_nobody_asked_for_change_nothing(ben: Reviewer) -> None:
    form = ben.form(
        ben.front, well=False, rating="4", points="1", user_id="1", due_on="2030-01-01", hints="0"
    )
    ben.send(form)
    with ben.app.app_context():
        newest = db.session.scalars(select(Review).order_by(Review.id.desc())).first()
        assert newest is not None
        assert newest.rating == 1


def test_review_changes_neither_progress_nor_results(ben: Reviewer) -> None:
    def progress() -> list[Any]:
        with ben.app.app_context():
            return [tuple(row) for row in db.session.execute(select(Progress.__table__))]

    before = progress()
    for _card in range(6):
        ben.send(ben.form(ben.front, well=False))
    assert progress() == before


def test_a_date_to_aim_at_shows_how_much_will_be_known(ben: Reviewer, visit: PageOpener) -> None:
    day = TODAY + WEEKS + 90 * DAY
    page = visit(ben.client, f"{PAGE}/aim", data={"aim_on": day.isoformat()})
    text = words(page.text)
    assert "You need this on 11 March 2027." in text
    assert re.search(r"About \d\d% on \d+ \w+ 2027\.", text)
    table = [words(row) for row in re.findall(r"<tr>.*?</tr>", page.text, re.S)]
    assert table[0] == "Module Cards Today On that day"
    assert [row.split(" ", 2)[0] for row in table[1:]] == ["All", "1.", "2."]
    assert all(int(row.split()[-1][:-1]) < int(row.split()[-2][:-1]) for row in table[1:])
    cleared = visit(ben.client, f"{PAGE}/aim", data={"action": "clear"})
    assert "The date is removed." in words(cleared.text)
    assert "On that day" not in cleared.text
    assert ben.count(ReviewAim) == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a date, such as 2027-03-14"),
        ("soon", "Enter a date, such as 2027-03-14"),
        ("2027-02-30", "Enter a date, such as 2027-03-14"),
        ("2026-12-11", "Enter a date after today"),
        ("2020-01-01", "Enter a date after today"),
        ("2050-01-01", "Enter a date after today"),
        ("9999-12-31", "Enter a date after today"),
    ],
)
def test_a_date_that_cannot_be_aimed_at_is_asked_for_again(
    ben: Reviewer, visit: PageOpener, typed: str, said: str
) -> None:
    page = visit(ben.client, f"{PAGE}/aim", data={"aim_on": typed}, status=422)
    assert said in words(page.text)
    assert 'href="#aim_on"' in page.text
    assert ben.count(ReviewAim) == 0


def test_a_day_that_has_come_asks_for_another_one(ben: Reviewer) -> None:
    ben.client.post(f"{PAGE}/aim", data={"aim_on": (TODAY + WEEKS + DAY).isoformat()})
    ben.wait(2 * DAY)
    page = words(ben.client.get(PAGE).text)
    assert "the day you had in mind, has come" in page
    assert "On that day" not in page


def test_lessons_from_before_there_were_cards_can_be_brought_in(ben: Reviewer, visit: PageOpener) -> None:
    with ben.app.app_context():
        db.session.execute(ReviewCard.__table__.delete())  # type: ignore[attr-defined]
        db.session.commit()
    page = words(visit(ben.client, PAGE).text)
    assert "2 lessons that you have done have no cards yet." in page
    for _press in range(2):
        assert ben.client.post(f"{PAGE}/lessons").location == PAGE
    assert ben.count(ReviewCard) == 6
    assert "Card 1 of 6 today" in words(visit(ben.client, PAGE).text)


def test_a_gated_fact_never_comes_to_review_whatever_the_band(start: Begin) -> None:
    secret = lesson(
        quiz=quiz(make("single", facts=["tea.09"], stem="A gated one?"), make("cloze")), gated=("tea.09",)
    )
    reviewer = start(course_with(secret, facts=(fact("tea.09"),)))
    reviewer.wait(WEEKS)
    assert reviewer.count(ReviewCard) == 1
    assert "A gated one?" not in reviewer.client.get(PAGE).text
    assert reviewer.front.material.item.id == "tea-cloze"


@pytest.mark.parametrize(
    ("path", "most"), [(PAGE, 5), ("/me", 5), (f"{PAGE}?done=", 7)], ids=["review", "me", "answered"]
)
def test_a_page_takes_few_statements_however_many_cards_there_are(start: Begin, path: str, most: int) -> None:
    reviewer = start(course_with(*two_modules(each=30)))
    reviewer.wait(WEEKS)
    reviewer.client.post(f"{PAGE}/aim", data={"aim_on": (TODAY + WEEKS + 9 * DAY).isoformat()})
    answered = reviewer.send(reviewer.form(reviewer.front)).location.partition("#")[0]
    path = answered if path.endswith("=") else path
    reviewer.client.get(path)
    with reviewer.app.app_context(), counted(db.engine, frame=True) as sent:
        assert reviewer.client.get(path).status_code == 200
    assert len(sent) <= most, sent


def test_an_answer_takes_at_most_six_statements(ben: Reviewer) -> None:
    ben.client.get(PAGE)
    form = ben.form(ben.front)
    with ben.app.app_context(), counted(db.engine, frame=True) as sent:
        assert ben.send(form).status_code == 303
    assert len(sent) <= 6, sent
