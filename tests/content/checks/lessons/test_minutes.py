"""Minutes: one more or less than reading, questions and what is said after them."""

import pytest

from learnapp.content.checks.lessons.minutes import lesson_minutes, quiz_minutes, said_words, short_minutes
from learnapp.content.load.drafts import LessonDraft
from learnapp.content.readability import measure
from tests.content.checks.pages import messages
from tests.courses.island import LAMP, WRECK, Island


def draft(island: Island, slug: str) -> LessonDraft:
    return next(lesson for lesson in island.load().draft.lessons if lesson.slug == slug)


def right(island: Island) -> int:
    return round(sum(lesson_minutes(draft(island, "1-the-lamp"))))


@pytest.mark.parametrize("off", [-2, -1, 0, 1, 2])
def test_the_check_says_the_right_figure_from_two_minutes_on(island: Island, off: int) -> None:
    minutes = right(island)
    island.edit(LAMP, "minutes: 8", f"minutes: {minutes + off}")

    found = messages(island, "minutes")

    assert bool(found) == (abs(off) == 2)
    assert all(message.startswith(f"write {minutes} minutes, not {minutes + off}:") for message in found)


def test_the_short_version_has_minutes_of_its_own(island: Island) -> None:
    wreck = draft(island, "1-the-wreck")
    reading, quiz = short_minutes(wreck)
    assert reading == measure("\n".join(paragraph.text for paragraph in wreck.body.short)).minutes
    assert quiz == quiz_minutes(item for item in wreck.items() if item.short)
    island.edit(WRECK, "  minutes: 3\n", "  minutes: 9\n")

    assert [message for message in messages(island, "minutes") if "not 9" in message]


def test_of_options_one_is_read_and_of_rows_all_are(island: Island) -> None:
    items = {item.item.type: item for item in draft(island, "1-the-lamp").items()}
    single = items["single"]
    options = single.item.options  # type: ignore[attr-defined]
    mean = sum(len(option.feedback.split()) for option in options) / len(options)

    assert said_words(single) == pytest.approx(mean, abs=2)
    assert quiz_minutes([single]) == pytest.approx(0.5 + said_words(single) / 130)
