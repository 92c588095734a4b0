"""Series: bars true to their numbers, years that are missing named, and what happened at its place."""

from typing import Any

import pytest

from tests.courses.figures import KINDS, figure, number, part, refusal

SERIES = KINDS["series"]


def point(at: int | str, value: dict[str, Any] | None) -> dict[str, Any]:
    return {"at": at, "value": value, "facts": ["tea.01"]}


def series(*points: dict[str, Any], **more: Any) -> Any:
    return figure("series", **{**SERIES, "marks": [], "points": list(points), **more})


def test_bars_are_as_long_as_their_numbers_are_large() -> None:
    made = figure("series", **SERIES)
    bars = {row.words: row.percent for row in made.drawn() if row.kind == "point"}

    assert made.scale_to == 1200
    assert bars == {"1909": 100, "1913": 25}
    assert {row.words for row in made.drawn() if row.stands_out} == {"1909", "1913"}


def test_what_is_not_known_is_a_gap_and_missing_years_are_named() -> None:
    rows = [(row.kind, row.words, row.value) for row in figure("series", **SERIES).drawn()]

    assert rows == [
        ("point", "1909", "over 1,200 cups"),
        ("left_out", "1910 to 1911", ""),
        ("mark", "May 1912: The kettle broke", ""),
        ("gap", "1912", "not known"),
        ("point", "1913", "300 cups"),
    ]


def test_no_year_is_missing_between_equal_steps() -> None:
    values = (number(2), number(2, 1), number(2, 2))
    five = series(*(point(at, value) for at, value in zip((1900, 1905, 1910), values, strict=True)))
    uneven = series(*(point(at, value) for at, value in zip((1900, 1902, 1910), values, strict=True)))

    assert {row.kind for row in five.drawn()} == {"point"}
    assert [row.words for row in uneven.drawn() if row.kind == "left_out"] == ["1901", "1903 to 1909"]


def test_the_table_has_every_point_and_what_happened() -> None:
    table = figure("series", **SERIES).table()

    assert table.columns == ("When", "Cups a year", "What happened")
    assert table.rows == (
        ("1909", "over 1,200 cups", ""),
        ("1912", "not known", "May 1912: The kettle broke"),
        ("1913", "300 cups", ""),
    )
    assert figure("series", **{**SERIES, "marks": []}).table().columns == ("When", "Cups a year")


def test_years_of_points_and_marks_are_found() -> None:
    years = [(where[0], year) for where, year, _ in figure("series", **SERIES).years()]

    assert years == [("points", 1909), ("points", 1912), ("points", 1913), ("marks", 1912)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"points": [point(1909, number(2)), point(1909, number(2)), point(1910, number(2))]},
            "1909 stands behind 1909",
        ),
        (
            {"points": [point(1910, number(2)), point(1909, number(2)), point(1911, number(2))]},
            "1909 stands behind 1910",
        ),
        ({"points": [point(1911, number(2)), point(1912, None), point(1913, None)]}, "two values at least"),
        ({"points": [point(at, number(4, 3)) for at in (1911, 1912, 1913)]}, "one above it"),
        ({"points": [point(1909, number(2))]}, "points"),
        ({"points": [{"at": 1909, "facts": ["tea.01"]}] * 3}, "value"),
        ({"points": [{"at": 1909, "value": 12, "facts": ["tea.01"]}] * 3}, "a number is not typed here"),
        ({"marks": [{"at": 1914, **part(label="Late")}]}, "“Late” lies outside 1909 to 1913"),
        ({"points": [point(1909, number(2)), point(1910, number(2)), point(1912, None)], "guess": True}, "known"),
    ],
)
def test_what_is_no_series_is_refused(changes: dict[str, Any], words: str) -> None:
    assert words in refusal("series", **{**SERIES, **changes})
