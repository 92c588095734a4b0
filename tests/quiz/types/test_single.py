"""Single choice: its grading; see `test_options.py` for its options."""

from tests.quiz.answers import points


def test_single_is_all_or_nothing() -> None:
    assert [points("single", {"choice": i}) for i in range(3)] == [0, 1, 0]
