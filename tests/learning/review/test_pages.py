"""What the review page says around its cards: its title, its errors, the date that waits below."""

import re
from typing import Any

import pytest

from learnapp.quiz.item import Item
from tests.actors.attempt_pages import words
from tests.actors.review_pages import PAGE, WEEKS, Begin, Reviewer, ben, start
from tests.actors.reviews import DAY, TODAY
from tests.courses.tea import course_with, lesson, quiz, strong_lesson
from tests.pages import PageOpener
from tests.quiz.samples import make

__all__ = ["ben", "start"]


def test_a_lesson_that_gives_no_cards_has_no_button_that_does_nothing(start: Begin, visit: PageOpener) -> None:
    reviewer = start(course_with(strong_lesson(quiz=quiz(make("scenario")))))
    page = words(visit(reviewer.client, PAGE).text)
    assert "No cards yet." in page
    assert "no cards yet. Make" not in page
    assert "A hard lesson may have none." in page
    assert "Back to my learning" in page


@pytest.mark.parametrize(
    ("item", "gaps", "said"),
    [
        (make("categorise"), ("category-0", "category-1", "category-2"), "Choose a group for each of the 3"),
        (make("matching"), ("match-0", "match-1", "match-2"), "Choose a match for each of the 3"),
        (make("ordering"), ("place-0", "place-1", "place-2", "place-3"), "Choose a place of its own for each of the 4"),
    ],
    ids=["categorise", "matching", "ordering"],
)
def test_rows_that_are_all_empty_are_one_line_of_the_summary(
    start: Begin, visit: PageOpener, item: Item, gaps: tuple[str, ...], said: str
) -> None:
    reviewer = start(course_with(lesson(quiz=quiz(item))))
    reviewer.wait(WEEKS)
    form = reviewer.form(reviewer.front)
    empty = {name: value for name, value in form.items() if name not in gaps}

    def summary(given: dict[str, Any]) -> list[tuple[str, str]]:
        page = visit(reviewer.client, f"{PAGE}/answers", data=given, status=422).text
        found: list[tuple[str, str]] = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a>', page)
        return found

    assert summary(empty) == [(gaps[0], said)]
    assert [target for target, _said in summary({**empty, gaps[0]: form[gaps[0]]})] == list(gaps[1:])


def test_the_title_tells_which_card_is_in_front(ben: Reviewer, visit: PageOpener) -> None:
    assert visit(ben.client, PAGE).one("title").text == "Card 1 of 6 · Review · Learnapp"
    form = ben.form(ben.front)
    empty = {**form, "choice": ""}
    failed = visit(ben.client, f"{PAGE}/answers", data=empty, status=422)
    assert failed.one("title").text == "Error: Card 1 of 6 · Review · Learnapp"
    answered = visit(ben.client, ben.send(form).location.partition("#")[0])
    assert answered.one("title").text == "Answered · Review · Learnapp"
    assert visit(ben.client, PAGE).one("title").text == "Card 2 of 6 · Review · Learnapp"


def test_the_date_stays_closed_while_a_card_is_in_front(ben: Reviewer, visit: PageOpener) -> None:
    def aim(page: str) -> str:
        return page[page.index('id="aim"') :].partition("</section>")[0]

    assert "<details><summary>Choose a date</summary>" in aim(visit(ben.client, PAGE).text)
    day = (TODAY + WEEKS + 9 * DAY).isoformat()
    kept = visit(ben.client, f"{PAGE}/aim", data={"aim_on": day}).text
    assert kept.count("The date is kept.") == 1
    assert "The date is kept." in aim(kept)
    assert "<details open>" in aim(kept)
    assert "<details><summary>See how much" in aim(visit(ben.client, PAGE).text)
    wrong_day = visit(ben.client, f"{PAGE}/aim", data={"aim_on": ""}, status=422)
    assert "<details open>" in aim(wrong_day.text)
    assert wrong_day.one("title").text == "Error: Card 1 of 6 · Review · Learnapp"
    for _card in range(6):
        ben.send(ben.form(ben.front))
    assert "<summary>See how much" not in visit(ben.client, PAGE).text
