"""Telling words, and of a key those that nothing else has."""

from learnapp.content.checks.quizzes.telling import distinctive_words, spelled, telling_words
from tests.courses.island import Island


def test_words_are_compared_without_their_endings_and_common_ones_left_out() -> None:
    assert telling_words("The towers were burning, and those who know kept it.") == telling_words("Tower, burned")
    assert spelled("burn", "Towers were burning") == "burning"
    assert spelled("burn", "Nothing here") == "burn"


def test_words_of_the_question_and_of_other_answers_tell_nothing(island: Island) -> None:
    first = next(island.load().draft.lessons[0].items())
    (key,) = first.item.hidden_keys()
    assert distinctive_words(first, key) == telling_words("meters") - telling_words("10 meters") == frozenset()
    assert distinctive_words(first, key._replace(others=())) == telling_words("stands meters")
