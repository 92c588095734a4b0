"""Single choice: the model, its responses, its grading, its explanations."""

from tests.quiz.answers import complaint, points, rows
from tests.quiz.samples import WHY, option


def test_single_needs_exactly_one_key() -> None:
    two = [option("A", key=True), option("B", key=True)]
    assert "mark exactly one option with `key: true`; 2 marked" in complaint("single", options=two)
    assert "none marked" in complaint("single", options=[option("A"), option("B")])


def test_single_is_all_or_nothing() -> None:
    assert [points("single", {"choice": i}) for i in range(3)] == [0, 1, 0]


def test_single_explains_each_option_and_marks_the_chosen_one() -> None:
    green, white, black = rows("single", {"choice": 0})
    assert (green.verdict, green.chosen, green.feedback) == ("wrong", True, f"Green: {WHY}")
    assert (white.verdict, white.chosen) == ("right", False)
    assert (black.verdict, black.chosen) == ("wrong", False)
