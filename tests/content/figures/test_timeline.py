"""Timelines: true to scale, in order, with every event in the table and with its year."""

import itertools
from typing import Any

import pytest

from tests.courses.figures import KINDS, VARIANTS, figure, part, refusal

TWO = KINDS["timeline"]


def event(at: int | str, label: str = "Cup", **more: Any) -> dict[str, Any]:
    return {"at": at, **part(label=label), **more}


def one_row(*events: dict[str, Any], **more: Any) -> Any:
    return figure("timeline", **{"from": 1900, "to": 1909, "events": list(events), **more})


def test_equal_times_are_equal_lengths_in_both_rows() -> None:
    made = figure("timeline", **TWO)
    placed = [one for row in (0, 1) for one in made.placed(row)]

    assert {one.event.label for one in placed} == {"Iron pots", "Clay pots too", "A pot breaks", "Sixty cups"}
    for one in placed:
        assert one.start == pytest.approx((one.event.start - 1900) / 20)
        assert one.middle == pytest.approx((one.event.middle - 1900) / 20)
        assert one.end == pytest.approx((one.event.end - 1900) / 20)


def test_an_event_stands_in_the_middle_of_its_year_or_month_and_a_span_reaches_to_its_end() -> None:
    year, span, month = (one.event for one in one_row(event(1900), event(1901, to=1903), event("1905-01")).placed(0))

    assert (year.start, year.middle, year.end) == (1900, 1900.5, 1901)
    assert (span.start, span.end) == (1901, 1904)
    assert month.middle == pytest.approx(1905 + 1 / 24)


def test_words_stand_in_the_order_of_time_each_in_a_slot_of_its_own() -> None:
    made = figure("timeline", **VARIANTS["timeline"])
    placed = made.placed(0)

    assert [one.event.at for one in placed] == ["1910", "1911", "1912", "1913"]
    for above, below in itertools.pairwise(placed):
        assert above.top + above.slot == pytest.approx(below.top)
        assert above.slot > 2
    assert placed[-1].top + placed[-1].slot <= made.height


def test_spans_at_one_time_stand_side_by_side() -> None:
    made = one_row(event(1900, to=1905), event(1904, to=1908, label="Pot"), event(1907, to=1909, label="Can"))

    assert {one.event.label: one.lane for one in made.placed(0)} == {"Cup": 0, "Pot": 1, "Can": 0}


def test_the_axis_is_long_enough_for_all_words() -> None:
    long = [event(year, label=f"A cup of tea with milk {year}", detail="and sugar " * 8) for year in range(1900, 1910)]

    assert one_row(event(1900), event(1909)).height == 11
    assert one_row(*long).height > 50


def test_the_table_has_every_event_in_order_with_its_row() -> None:
    table = figure("timeline", **TWO).table()

    assert table.columns == ("When", "What", "Row")
    assert table.rows == (
        ("February 1901 to 1905", "Iron pots", "Pots"),
        ("1903 to 1913", "Clay pots too", "Pots"),
        ("July 1911", "A pot breaks", "Pots"),
        ("1912", "Sixty cups: all of them blue", "Cups"),
    )
    assert one_row(event(1900), event(1901)).table().columns == ("When", "What")


def test_every_year_that_is_named_is_found_with_its_place_and_facts() -> None:
    found = list(one_row(event(1900, to="1902-03"), event("1905-01")).years())

    assert found == [
        (("events", 0, "at"), 1900, ("tea.01",)),
        (("events", 0, "to"), 1902, ("tea.01",)),
        (("events", 1, "at"), 1905, ("tea.01",)),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"from": 1920}, "has no length"),
        ({"from": 1905}, "“Iron pots” lies outside 1905 to 1919"),
        ({"rows": [{"label": "Pots"}]}, "stands in row 1; rows are counted from 0"),
        ({"rows": [{"label": "Pots"}, {}]}, "each of two rows needs a `label`"),
        ({"rows": [{"label": "A"}] * 3}, "rows"),
        ({"events": [event(1900), event(1901)]}, "row 1 has no event"),
        ({"events": [event(1905, to=1904), event(1901, row=1)]}, "“Cup” ends before it is over"),
        ({"events": [event(1905, to=1905), event(1901, row=1)]}, "“Cup” ends before it is over"),
        ({"events": [event("1905-13"), event(1901, row=1)]}, "at"),
        ({"events": [event("about 1905"), event(1901, row=1)]}, "at"),
        ({"events": [event(1905, to=1910)] * 3 + [event(1901, row=1)]}, "three spans at one time"),
        ({"events": [event(1905)]}, "events"),
    ],
)
def test_what_cannot_be_drawn_to_scale_is_refused(changes: dict[str, Any], words: str) -> None:
    assert words in refusal("timeline", **{**TWO, **changes})
