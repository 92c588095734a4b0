"""Charts: how long a bar is, what a rest is worth, what a table says."""

from typing import Any

import pytest

from learnapp.content.figures.base import LedgerFact
from learnapp.content.figures.charts import BarsFigure, NumberFigure, RankFigure, ShareFigure, power_of_ten
from learnapp.content.figures.readings import readings
from tests.courses.figures import FIGURE, KINDS, LEDGER, VARIANTS, A, data_of, figure, number


@pytest.mark.parametrize(
    ("kind", "parts", "columns", "rows"),
    [
        ("range", KINDS["range"], ("What", "From", "To", "Date"), (("Leaves", "20 leaves", "40 leaves", "1914"),)),
        (
            "share",
            KINDS["share"],
            ("What", "Part", "Whole", "Date"),
            (
                ("Work", "up to 18 hours", "24 hours", "1914"),
                ("Everything else", "at least 6 hours", "24 hours", "1914"),
            ),
        ),
        (
            "share",
            VARIANTS["share"],
            ("What", "Part", "Whole", "Date"),
            (("Broken", "up to 20", "over 1,200", "1914"),),
        ),
        (
            "bars",
            KINDS["bars"],
            ("What", "Dollars", "Date"),
            (("Alder", "$1.74 billion", "1914"), ("Birch", "$1,000 (estimate)", "1914")),
        ),
        ("rank", KINDS["rank"], ("Who", "Place", "Of", "Date"), (("Ours", "3", "60", "1914"),)),
    ],
)
def test_a_chart_is_a_table_too(
    kind: str, parts: dict[str, Any], columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    table = figure(kind, **parts).table()

    assert (table.columns, table.rows) == (columns, rows)


def test_a_bar_is_as_long_as_its_amount() -> None:
    parts = {"label": "Dollars", "bars": [{**A, "value": number(5, at)} for at in range(3)]}
    linear, log = figure("bars", **parts), figure("bars", scale="log", **parts)

    assert isinstance(linear, BarsFigure)
    assert [round(linear.percent(bar), 2) for bar in linear.bars] == [0.29, 100.0, 0.0]
    assert list(log.decades()) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert [round(log.percent(bar), 1) for bar in log.bars] == [69.3, 97.5, 0.0]
    assert log.scale_ends() == ("$1,000", "$1 trillion")


@pytest.mark.parametrize(
    ("exponent", "like", "words"),
    [(0, "5", "1"), (4, "5", "10,000"), (6, "$3", "$1 million"), (11, "€3", "€100 billion"), (12, "9", "1 trillion")],
)
def test_powers_of_ten_are_written_like_the_amounts(exponent: int, like: str, words: str) -> None:
    assert power_of_ten(exponent, like) == words


def test_a_range_and_a_rank_have_their_places_on_the_scale() -> None:
    rank = figure("rank", **VARIANTS["rank"])

    assert figure("range", **KINDS["range"]).ends == (40.0, 80.0)
    assert isinstance(rank, RankFigure)
    assert round(rank.percent, 2) == 99.17


def test_a_share_takes_the_ledgers_words_unless_it_has_its_own() -> None:
    parts = {"label": "x", "part": number(4, 2), "whole": number(5)}
    plain, qualified = figure("share", **parts), figure("share", **parts, qualifier="at most")

    assert isinstance(plain, ShareFigure)
    assert (plain.part_text, qualified.part_text) == ("over 1,200", "at most 1,200")
    assert qualified.percent == pytest.approx(1200 / 1.74e7)


@pytest.mark.parametrize(
    ("before", "rest"),
    [("", "6 hours"), ("up to ", "at least 6 hours"), ("over ", "at most 6 hours"), ("about ", "about 6 hours")],
)
def test_the_rest_is_as_sure_as_what_leaves_it(before: str, rest: str) -> None:
    ledger = {"tea.04": LedgerFact(readings([f"{before}18 hours"]), "page", "")}
    day = FIGURE.validate_python(data_of("share", **KINDS["share"]), context=ledger)

    assert isinstance(day, ShareFigure)
    assert (day.part_text, day.rest_text) == (f"{before}18 hours", rest)
    assert day.counts() >= {24, 6}


def test_a_number_that_the_ledger_lacks_is_never_made_up() -> None:
    bare = FIGURE.validate_python(data_of("range", **KINDS["range"]))

    with pytest.raises(LookupError, match=r"tea\.02 has no number 0"):
        bare.table()  # type: ignore[union-attr]


def test_what_was_read_is_part_of_what_a_figure_is() -> None:
    """A lesson's digest is made from it, so another number in the ledger makes another lesson."""
    data = data_of("range", **KINDS["range"])
    other = {**LEDGER, "tea.02": LedgerFact(readings(["20-41 leaves"]), "said", "Ben")}
    one, two = FIGURE.validate_python(data, context=LEDGER), FIGURE.validate_python(data, context=other)

    assert repr(one) != repr(two)
    assert one != two


def test_a_year_and_a_qualifier_are_not_said_twice() -> None:
    parts = {"value": number(4, 2), "unit": "cups", "label": "Cups", "year": number(3, 2)}
    dated = figure("number", **parts, qualifier="over")
    undated = figure("number", **{**parts, "dated": "Tea Society"})

    assert isinstance(dated, NumberFigure)
    assert (dated.date, dated.remark) == ("1914", "")
    assert undated.date == "1914, Tea Society"
