"""The review page without scripts: one card at a time, its reasons at once, and when the next comes."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.learning.review.models import Review, ReviewAim, ReviewCard
from tests.actors.attempt_pages import begin, words
from tests.actors.review_pages import PAGE, WEEKS, Begin, Reviewer, answer_every, ben, start
from tests.actors.reviews import DAY, TODAY
from tests.courses.serving import serve_catalog
from tests.courses.tea import TYPES, course_with, fact, lesson, quiz, two_modules
from tests.pages import PageOpener
from tests.quiz.samples import make
from tests.statements import counted

__all__ = ["ben", "start"]


def test_before_any_lesson_the_page_says_what_to_do(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, course_with())
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
    serve_catalog(app, monkeypatch, course_with(two_modules()[0]))
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


def test_a_hint_is_told_when_it_is_asked_for_and_keeps_what_was_typed(start: Begin, visit: PageOpener) -> None:
    reviewer = start(course_with(lesson(quiz=quiz(make("cloze", hints=["Look at the pot!"])))))
    reviewer.wait(WEEKS)
    assert "Look at the pot!" not in visit(reviewer.client, PAGE).text
    card = reviewer.front
    form = reviewer.form(card) | {"blank-1": "", "action": "hint"}
    for _press in range(2):
        assert reviewer.send(form).location == f"{PAGE}#hint"
    page = visit(reviewer.client, PAGE).text
    assert "Look at the pot!" in page
    assert 'id="hint" role="status" tabindex="-1"' in page
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


def test_a_date_to_aim_at_shows_how_much_will_be_known(ben: Reviewer, visit: PageOpener) -> None:
    day = TODAY + WEEKS + 90 * DAY
    page = visit(ben.client, f"{PAGE}/aim", data={"aim_on": day.isoformat()})
    text = words(page.text)
    assert "You need this on 11 March 2027." in text
    told = r"About (\d\d)% if you review nothing until then; about (\d\d)% if you do the cards as they come"
    (shares,) = re.findall(told, text)
    assert shares[0] < shares[1]
    table = [words(row) for row in re.findall(r"<tr>.*?</tr>", page.text, re.S)]
    assert table[0] == "Module Cards Today That day, without review That day, with it"
    assert [row.split(" ", 2)[0] for row in table[1:]] == ["All", "1.", "2."]
    for row in table[1:]:
        now, then, kept = (int(one[:-1]) for one in row.split()[-3:])
        assert then < min(now, kept)
    ben.send(ben.form(ben.front))
    after = visit(ben.client, PAGE).text
    assert "Module Cards That day, without review That day, with it" in words(after)
    assert "% today" not in words(after)
    cleared = visit(ben.client, f"{PAGE}/aim", data={"action": "clear"})
    assert "The date is removed." in words(cleared.text)
    assert "That day" not in cleared.text
    assert ben.count(ReviewAim) == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Choose a date after today"),
        ("soon", "Choose a date after today"),
        ("2027-02-30", "Choose a date after today"),
        ("2026-12-11", "Choose a date after today"),
        ("2020-01-01", "Choose a date after today, within"),
        ("2050-01-01", "Choose a date after today, within the next five years"),
        ("9999-12-31", "Choose a date after today"),
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
    assert "That day" not in page


def test_lessons_from_before_there_were_cards_can_be_brought_in(ben: Reviewer, visit: PageOpener) -> None:
    with ben.app.app_context():
        db.session.execute(ReviewCard.__table__.delete())  # type: ignore[attr-defined]
        db.session.commit()
    page = words(visit(ben.client, PAGE).text)
    assert "2 lessons that you have done have no cards yet." in page
    assert "Back to my learning" in page
    for _press in range(2):
        assert ben.client.post(f"{PAGE}/lessons").location == PAGE
    assert ben.count(ReviewCard) == 6
    assert "Card 1 of 6 today" in words(visit(ben.client, PAGE).text)


def test_a_gated_fact_never_comes_to_review_whatever_the_band(start: Begin) -> None:
    secret = lesson(quiz=quiz(make("single", facts=["tea.09"], stem="A gated one?"), make("cloze")), gated=("tea.09",))
    reviewer = start(course_with(secret, facts=(fact("tea.09"),)))
    reviewer.wait(WEEKS)
    assert reviewer.count(ReviewCard) == 1
    assert "A gated one?" not in reviewer.client.get(PAGE).text
    assert reviewer.front.review_item.item.id == "tea-cloze"


@pytest.mark.slow
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
