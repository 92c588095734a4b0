"""Spacing: words reckoned with, and labels moved no further than they must be."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.figures.spacing import lines_in, moved_apart


def test_words_wrap_where_there_is_no_room() -> None:
    assert lines_in("one two", 10, 1) == 1
    assert lines_in("one two three", 4.4, 1) == 2
    assert lines_in("unbreakablewords", 4.4, 1) == 2
    assert lines_in("", 4, 1) == 1


def test_labels_that_do_not_meet_stay_and_those_that_meet_share_the_way() -> None:
    assert moved_apart([1, 5], [2, 2], 10) == (1, 5)
    assert moved_apart([4, 4], [2, 2], 10) == (3, 5)
    assert moved_apart([9, 9], [2, 2], 10) == (6, 8)
    assert moved_apart([-1, 0], [2, 2], 10) == (0, 2)
    assert moved_apart([], [], 10) == ()


@given(st.lists(st.tuples(st.floats(-5, 50), st.floats(0.5, 4)), min_size=1, max_size=12))
def test_no_label_stands_on_another_or_outside(labels: list[tuple[float, float]]) -> None:
    wanted = sorted(place for place, _ in labels)
    heights = [round(height, 2) for _, height in labels]
    tops = moved_apart(wanted, heights, 50)

    assert all(below - top >= height - 0.02 for (top, below), height in zip(pairwise(tops), heights, strict=False))
    assert tops[0] >= 0
    assert tops[-1] + heights[-1] <= max(50, sum(heights)) + 0.02
