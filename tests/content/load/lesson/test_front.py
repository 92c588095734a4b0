import pytest
from pydantic import ValidationError

from learnapp.content.lesson_parts import TeacherNotes
from learnapp.content.load.lesson.front import PersonFront, ShortFront


def test_a_drawing_is_described_and_nothing_else_is() -> None:
    assert PersonFront(id="ada-lamb", drawing="lamp", drawing_alt="An oil lamp").drawing == "lamp"
    for half in ({"drawing": "lamp"}, {"drawing_alt": "An oil lamp"}):
        with pytest.raises(ValidationError, match="go together"):
            PersonFront(id="ada-lamb", **half)


def test_the_end_of_a_short_version_has_nothing_that_it_is_not_given() -> None:
    short = ShortFront(minutes=3, answer="Ada did.", key_points=("One.", "Two."))
    assert (short.keep_in_mind, short.rests_note) == ({}, None)
    for count in (1, 5):
        with pytest.raises(ValidationError):
            ShortFront(minutes=3, answer="Ada did.", key_points=("One.",) * count)


def test_notes_for_teachers_begin_with_a_question_to_discuss() -> None:
    notes = TeacherNotes(discuss=("Who saw it?",), plan=("10 min: read aloud",), concerned="Some may know the sea.")
    assert (notes.prepare, notes.articles) == (None, ())
    with pytest.raises(ValidationError):
        TeacherNotes(discuss=())
