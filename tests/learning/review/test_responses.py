"""Answers that a script sends, perhaps days after its page: each counts once, and is told what became of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from learnapp.database.db import db
from learnapp.learning.review.models import Review, ReviewCard
from learnapp.learning.review.queue import DueCard
from tests.actors.review_pages import PAGE, WEEKS, Begin, Reviewer, ben, start
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, quiz, two_modules
from tests.pages import PageOpener, words
from tests.quiz.samples import make

__all__ = ["ben", "start"]
AHEAD = f"{PAGE}/ahead"
JSON = {"Accept": "application/json"}


def ahead(who: Reviewer, card: DueCard, *, well: bool = True, **more: Any) -> dict[str, Any]:
    """Return what the form of a card on the page of cards ahead sends."""
    return {**who.form(card, well=well), "times": card.times, **more}


def send(who: Reviewer, form: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = who.send(form, headers=JSON)
    return answer.status_code, answer.get_json()


def test_an_answer_is_told_how_it_went_and_sent_twice_it_is_one(ben: Reviewer, visit: PageOpener) -> None:
    form = ahead(ben, ben.front)
    status, told = send(ben, form)
    assert (status, told["outcome"], told["verdict"]) == (200, "stored", "That is right.")
    again_status, again = send(ben, form)
    assert (again_status, again["outcome"], again["review"]) == (200, "stored", told["review"])
    assert ben.count(Review) == 7
    page = visit(ben.client, AHEAD)
    assert f'href="/me/review?done={told["review"]}#question"' in page.text
    assert f'data-card="{form["card"]}"' not in page.text


def test_an_answer_that_arrives_many_times_at_once_is_one_review(ben: Reviewer) -> None:
    form, cookie = ahead(ben, ben.front), ben.client.get_cookie("guest")
    assert cookie is not None

    def arrive(_number: int) -> int:
        browser = ben.app.test_client()
        browser.set_cookie("guest", cookie.value)
        return browser.post(f"{PAGE}/answers", data=form, headers=JSON).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(arrive, range(16))) == {200}
    assert ben.count(Review) == 7


@pytest.mark.parametrize("days", [0, 2])
def test_another_device_that_was_faster_counts_and_is_told_on_its_card(ben: Reviewer, days: int) -> None:
    late, card = ahead(ben, ben.front, well=False), ben.front
    _, counted = send(ben, ahead(ben, card))
    ben.wait(WEEKS + timedelta(days=days) - ben.passed)
    status, told = send(ben, late)
    assert (status, told["outcome"], told["card"]) == (409, "other", card.id)
    assert (told["review"], told["verdict"]) == (counted["review"], "That is right.")
    assert ben.count(Review) == 7


def test_a_day_that_was_moved_meanwhile_is_no_other_answer(ben: Reviewer) -> None:
    form = ahead(ben, ben.front)
    assert ben.client.post(f"{PAGE}/later", data={"card": form["card"]}).status_code == 303
    assert send(ben, form)[1]["outcome"] == "stored"
    assert ben.count(Review) == 7


def test_a_hint_that_was_opened_meanwhile_is_no_other_answer_and_is_counted(start: Begin) -> None:
    who = start(course_with(lesson(quiz=quiz(make("cloze", hints=["Look at the pot!"])))))
    who.wait(WEEKS)
    form = ahead(who, who.front)
    who.send({**who.form(who.front), "action": "hint"})
    page = who.client.get(AHEAD).text
    assert "Look at the pot!" not in page  # nor what was typed beside it
    assert 'value="leaves"' not in page
    assert send(who, form)[1]["outcome"] == "stored"
    with who.app.app_context():
        kept = db.session.scalars(select(Review).order_by(Review.id.desc())).first()
        assert kept is not None
        assert (kept.rating, kept.hints) == (2, 1)


def test_a_question_that_was_edited_meanwhile_is_told_and_counts_nothing(
    ben: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = ahead(ben, ben.front)
    edited = (
        replace(one, quiz=quiz(*(make("single", id=item.id, stem="What now?") for item in one.quiz.items)))
        for one in two_modules()
    )
    ben.catalog = serve_catalog(ben.app, monkeypatch, course_with(*edited))
    status, told = send(ben, form)
    assert (status, told["outcome"], told["review"], told["verdict"]) == (409, "changed", None, "")
    assert ben.count(Review) == 6


def test_an_answer_with_two_readings_is_not_counted_and_the_page_asks_which(start: Begin, visit: PageOpener) -> None:
    who = start(course_with(lesson(quiz=quiz(make("numeric")))))
    who.wait(WEEKS)
    form = ahead(who, who.front, value="1.234")
    status, told = send(who, form)
    assert (status, told["outcome"]) == (422, "missing")
    assert "There is a problem" in visit(who.client, f"{PAGE}/answers", data=form, status=422).text
    assert who.count(Review) == 1


def test_a_card_is_answered_before_its_day_and_never_twice_on_one(start: Begin, visit: PageOpener) -> None:
    who = start(course_with(*two_modules()))
    page = visit(who.client, AHEAD)
    assert "Nothing to review today." in words(page.tree)
    assert 'data-card="' not in page.text  # all were asked today, by their quiz
    who.wait(timedelta(days=1))
    page = visit(who.client, AHEAD)
    assert page.text.count('data-card="') == 6
    with who.app.app_context():
        card = db.session.scalars(select(ReviewCard).order_by(ReviewCard.id)).first()
        assert card is not None
        before = card.stability
    form = {"card": card.id, "seq": 0, "times": 1, "version": version_of(page.text, card.id), "action": "check"}
    assert send(who, {**form, "choice": "0"})[0] == 200
    with who.app.app_context():
        kept = db.session.get_one(ReviewCard, card.id)
        assert (kept.times, kept.stability != before) == (2, True)
    assert send(who, {**form, "choice": "0", "seq": 1, "times": 2})[1]["outcome"] == "changed"
    assert who.count(Review) == 7


def version_of(text: str, card: int) -> str:
    after = text.partition(f'name="card" value="{card}"')[2].partition('name="version" value="')[2]
    return after.partition('"')[0]


def test_others_cards_and_odd_numbers_are_not_found_and_change_nothing(ben: Reviewer) -> None:
    form, cleo = ahead(ben, ben.front), ben.app.test_client()
    cleo.post("/modules/1-tea/1-leaf/place", data={"anchor": "p2"})
    theirs, missing = (
        cleo.post(f"{PAGE}/answers", data={**form, "card": card}, headers=JSON) for card in (form["card"], 999_999)
    )
    assert (theirs.status_code, theirs.get_json()) == (404, missing.get_json())
    for times in ("", "x", "-1", "9" * 400, "²", "7"):
        status, told = send(ben, {**form, "times": times, "seq": "7"})
        assert (status, told["outcome"]) == (409, "changed"), times
    assert ben.send({**form, "times": ["1", "2"]}, headers=JSON).status_code == 400
    assert ben.count(Review) == 6


def test_the_page_shows_all_cards_and_no_key_feedback_or_hint(start: Begin, visit: PageOpener) -> None:
    secret = "xkanarix"
    options = [
        {"text": "Green", "feedback": f"{secret} no"},
        {"text": "White", "key": True, "feedback": f"{secret} yes"},
        {"text": "Black", "feedback": f"{secret} never"},
    ]
    who = start(course_with(lesson(quiz=quiz(make("single", options=options, hints=[f"{secret} hint"])))))
    who.wait(WEEKS)
    page = visit(who.client, AHEAD)
    assert page.text.count('data-card="') == 1
    assert secret not in page.text
    assert secret not in who.send(ahead(who, who.front, choice=""), headers=JSON).text


def test_a_form_without_a_script_leads_to_its_answer(ben: Reviewer, visit: PageOpener) -> None:
    page = visit(ben.client, AHEAD)
    assert page.text.count('action="/me/review/answers"') == 6
    answer = ben.send(ahead(ben, ben.front))
    assert (answer.status_code, "done=" in answer.location) == (303, True)
