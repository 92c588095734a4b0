"""How sure learners were is set beside how it went, and costs nothing."""

from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.certainty import count_by_certainty


def test_each_level_counts_its_answers_and_how_many_were_right() -> None:
    levels = count_by_certainty([(1, 0.0), (3, 1.0), (3, 1.0), (3, 0.5), (1, 1.0)])
    assert [(level.certainty, level.count, level.right) for level in levels] == [(1, 2, 1), (2, 0, 0), (3, 3, 2)]


def test_answers_without_a_certainty_are_left_out() -> None:
    assert sum(level.count for level in count_by_certainty([(None, 1.0), (0, 1.0), (4, 1.0)])) == 0


@given(st.lists(st.tuples(st.none() | st.integers(0, 4), st.floats(0, 1))))
def test_no_more_are_right_than_were_answered(answers: list[tuple[int | None, float]]) -> None:
    levels = count_by_certainty(answers)
    assert [level.certainty for level in levels] == [1, 2, 3]
    assert sum(level.count for level in levels) == sum(certainty in (1, 2, 3) for certainty, _ in answers)
    assert all(0 <= level.right <= level.count for level in levels)
