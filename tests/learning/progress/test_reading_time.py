"""How long a lesson takes, and from where."""

from datetime import UTC, datetime

from learnapp.learning.progress.reading_time import minutes_left, places, quiz_minutes, reading_minutes, stated_minutes
from learnapp.learning.progress.rules import LessonState
from tests.courses.tea import lesson, quiz, strong_lesson
from tests.quiz.samples import make

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_six_items_take_five_minutes() -> None:
    assert quiz_minutes(quiz(*(make("single", id=f"tea-{n}") for n in range(6)))) == 5


def test_a_quiz_that_asks_some_of_its_items_takes_the_time_of_those() -> None:
    assert quiz_minutes(quiz(*(make("single", id=f"tea-{n}") for n in range(12)), count=6)) == 5


def test_a_quiz_of_one_item_takes_a_minute() -> None:
    assert quiz_minutes(quiz(make("single"))) == 1


def test_a_new_lesson_takes_its_reading_and_its_quiz() -> None:
    assert minutes_left(lesson(), LessonState()) == 8 + 8


def test_the_author_s_minutes_hold_the_quiz_too() -> None:
    strong = strong_lesson(minutes=11, short_minutes=4)

    assert [stated_minutes(strong, route) for route in (None, "short")] == [11, 4]
    assert [reading_minutes(strong, route) for route in (None, "short")] == [8, 1]
    assert minutes_left(strong, LessonState(passed_at=NOON)) == 8
    assert stated_minutes(lesson(), "short") == 8


def test_what_was_read_counts_no_more() -> None:
    assert minutes_left(lesson(), LessonState(read_at=NOON)) == 8


def test_what_was_passed_counts_no_more() -> None:
    assert minutes_left(lesson(), LessonState(passed_at=NOON)) == 8


def test_a_complete_lesson_takes_no_minutes() -> None:
    assert minutes_left(lesson(), LessonState(read_at=NOON, passed_at=NOON, completed_at=NOON)) == 0


def test_the_short_route_takes_the_time_of_its_text_and_its_quiz() -> None:
    assert minutes_left(strong_lesson(), LessonState(route="short")) == 1 + 1


def test_reading_goes_on_from_the_place_reached() -> None:
    assert minutes_left(lesson(), LessonState(place="p2", passed_at=NOON)) == 6
    assert minutes_left(lesson(), LessonState(place="card-1", passed_at=NOON)) == 4
    assert minutes_left(lesson(), LessonState(place="p4", passed_at=NOON)) == 2


def test_a_place_that_is_gone_from_the_lesson_means_the_whole_of_it() -> None:
    assert minutes_left(lesson(), LessonState(place="p99", passed_at=NOON)) == 8


def test_a_card_is_one_place_and_its_paragraphs_are_none() -> None:
    assert list(places(lesson(), None)) == ["p1", "p2", "card-1", "p4"]
    assert places(lesson(), None)["card-1"].title == "Water"


def test_markup_is_not_counted_as_words() -> None:
    one = strong_lesson()
    assert reading_minutes(one, "short") == 1
    assert reading_minutes(one, "closed") == 8
