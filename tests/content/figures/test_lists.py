"""Figures of words: how many parts they count, and what they say."""

from learnapp.content.figures.lists import GroupsFigure
from tests.courses.figures import KINDS, figure


def test_a_figure_may_count_its_own_parts() -> None:
    groups = figure("groups", **KINDS["groups"])
    grid = figure("grid", **KINDS["grid"])

    assert groups.counts() >= {2, 1, 3}
    assert grid.counts() >= {2, 1}


def test_items_with_and_without_facts_of_their_own_read_alike() -> None:
    groups = figure("groups", **KINDS["groups"])

    assert isinstance(groups, GroupsFigure)
    assert [group.texts() for group in groups.groups] == [("xylem", "young"), ("zest",)]
