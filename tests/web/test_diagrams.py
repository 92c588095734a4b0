"""Small diagrams: rows from the top down, labels on their lines and never on each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.figures import StatusFigure
from learnapp.web.diagrams import Diagram, diagram
from learnapp.web.letters import span

COMMON = {"kind": "status", "title": "T", "desc": "D", "finding": "F.", "caption": "C.", "facts": ["tea.01"]}


def status(*links: str, nodes: str = "", label: str = "asks for") -> StatusFigure:
    """Make a figure of links such as "a>b"."""
    names = dict.fromkeys([*"".join(links).replace(">", ""), *nodes])
    return StatusFigure.model_validate(
        {
            **COMMON,
            "nodes": [{"id": name, "label": f"Node {name}", "facts": ["tea.01"]} for name in names],
            "links": [{"from": one[0], "to": one[2], "label": label} for one in links],
        }
    )


def rows(found: Diagram | None) -> list[set[str]]:
    assert found is not None
    tops = sorted({box.y for box in found.boxes})
    return [{box.name for box in found.boxes if box.y == top} for top in tops]


def test_a_node_stands_below_all_that_lead_to_it() -> None:
    assert rows(diagram(status("a>c", "b>c", "c>d"), 31)) == [{"a", "b"}, {"c"}, {"d"}]
    assert rows(diagram(status("a>b", "b>c", nodes="x"), 31)) == [{"a", "x"}, {"b"}, {"c"}]


def test_a_circle_still_has_a_first_row() -> None:
    assert rows(diagram(status("a>b", "b>a"), 31)) == [{"a"}, {"b"}]


def test_lines_end_at_the_edges_of_their_boxes() -> None:
    found = diagram(status("a>b", "b>a"), 31)
    assert found is not None
    there, back = found.ties
    upper, lower = found.boxes
    assert (there.y1, there.y2) == (upper.y + upper.tall, lower.y)
    assert (back.y1, back.y2) == (lower.y, upper.y + upper.tall)
    assert there.x1 != back.x2


def test_a_line_that_would_run_behind_a_box_is_not_drawn() -> None:
    assert diagram(status("a>b", "b>c", "a>c"), 31) is None


def test_words_that_do_not_fit_are_left_to_the_list() -> None:
    assert diagram(status("a>c", "b>c"), 31) is not None
    assert diagram(status("a>e", "b>e", "c>e", "d>e"), 8) is None


def overlaps(found: Diagram, wide: float) -> list[Any]:
    """Return pairs of labels, or labels and boxes, that meet."""
    areas = []
    for tie in found.ties:
        half = max(map(span, tie.lines)) / 2
        middle = tie.x * wide / 100
        areas.append((middle - half, middle + half, tie.y - 0.7, tie.y + (len(tie.lines) - 1) * 1.2))
    for box in found.boxes:
        left = box.x * wide / 100
        areas.append((left, left + box.width * wide / 100, box.y, box.y + box.tall))
    return [
        (one, other)
        for one, other in combinations(areas, 2)
        if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    ]


PAIRS = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(
    lambda pair: pair[0] != pair[1]
)


@given(
    st.lists(PAIRS, min_size=1, max_size=8, unique=True),
    st.sampled_from([17.0, 31.0]),
    st.sampled_from(["asks", "may be refused", "has to give whatever it is asked for each year"]),
)
def test_no_two_things_meet_whatever_is_drawn(pairs: list[tuple[str, str]], wide: float, label: str) -> None:
    found = diagram(status(*(f"{start}>{end}" for start, end in pairs), label=label), wide)
    if found is not None:
        assert overlaps(found, wide) == []
        assert all(box.x >= 0 and box.x + box.width <= 100.01 for box in found.boxes)
        assert found.tall >= max(box.y + box.tall for box in found.boxes)
