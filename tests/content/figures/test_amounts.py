"""Single kinds of figures: how long a bar is, what a rest is worth, whose words stand there."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import (
    BarsFigure,
    DayFigure,
    Figures,
    NumberFigure,
    ShareFigure,
    Told,
    VoicesFigure,
    readings,
)
from tests.courses.figures import COMMON, FIGURE, KINDS, TOLD, A, B, figure, number


def test_a_figure_may_count_its_own_parts() -> None:
    piles = figure("piles", **KINDS["piles"][0])
    day = figure("day", **KINDS["day"][0])

    assert piles.counts() >= {2, 1, 3}
    assert day.counts() >= {2, 6, 24}


def test_statements_of_one_source_stand_together() -> None:
    said = [("X.", "tea.01"), ("Y.", "tea.02"), ("Z.", "tea.04")]
    found = figure("voices", statements=[{"text": text, "fact": fact} for text, fact in said])

    assert isinstance(found, VoicesFigure)
    assert [(one.voice, one.texts) for one in found.groups()] == [("page", ("X.", "Z.")), ("said", ("Y.",))]


def test_a_bar_is_as_long_as_its_amount() -> None:
    parts = {"unit": "dollars", "bars": [{**A, "value": number(5, at)} for at in range(3)]}
    linear, log = figure("bars", **parts), figure("bars", scale="log", **parts)

    assert isinstance(linear, BarsFigure)
    assert [round(linear.share(bar), 4) for bar in linear.bars] == [0.0029, 1.0, 0.0]
    assert list(log.decades()) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert [round(log.share(bar), 3) for bar in log.bars] == [0.693, 0.975, 0.0]


def test_a_share_takes_the_ledgers_words_unless_it_has_its_own() -> None:
    parts = {"label": "x", "part": number(4, 2), "whole": number(5)}
    plain, qualified = figure("share", **parts), figure("share", **parts, qualifier="at most")

    assert isinstance(plain, ShareFigure)
    assert (plain.part_said, qualified.part_said) == ("over 1,200", "at most 1,200")
    assert qualified.share == pytest.approx(1200 / 1.74e9)


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("", "6 hours"),
        ("up to ", "at least 6 hours"),
        ("over ", "at most 6 hours"),
        ("about ", "about 6 hours"),
    ],
)
def test_the_rest_of_a_day_is_as_sure_as_what_leaves_it(before: str, rest: str) -> None:
    told = {"tea.01": Told(readings([f"{before}18 hours"]), "page", "")}
    segments = [{"label": "x", "hours": {"fact": "tea.01"}}, {"label": "y", "hours": "rest"}]
    day = FIGURE.validate_python({**COMMON, "kind": "day", "segments": segments}, context=told)

    assert isinstance(day, DayFigure)
    assert [words for _, words, _ in day.parts()] == [f"{before}18 hours", rest]


def test_a_year_and_a_qualifier_are_not_said_twice() -> None:
    parts = {"value": number(4, 2), "unit": "cups", "label": "Cups", "year": number(3, 2)}
    dated = figure("number", **parts, qualifier="over")
    undated = figure("number", **{**parts, "dated": "Tea Society"})

    assert isinstance(dated, NumberFigure)
    assert (dated.when, dated.remark) == ("1914", "")
    assert undated.when == "1914, Tea Society"


def test_a_number_that_the_ledger_lacks_is_never_made_up() -> None:
    bare = FIGURE.validate_python({**COMMON, "kind": "range", **KINDS["range"][0]})

    with pytest.raises(LookupError, match=r"tea\.02 has no number 0"):
        bare.table()


def test_what_was_read_is_part_of_what_a_figure_is() -> None:
    """A lesson's digest is made from it, so another number in the ledger makes another lesson."""
    parts = {**COMMON, "kind": "range", **KINDS["range"][0]}
    other = {**TOLD, "tea.02": Told(readings(["20-41 leaves"]), "said", "Ben")}
    one, two = FIGURE.validate_python(parts, context=TOLD), FIGURE.validate_python(parts, context=other)

    assert repr(one) != repr(two)
    assert one != two


def test_one_figure_or_several() -> None:
    several: TypeAdapter[Figures] = TypeAdapter(Figures)
    one = {**COMMON, "kind": "chain", "links": [A, B]}

    assert several.validate_python(one) == figure("chain", links=[A, B])
    assert several.validate_python([one, one]) == (figure("chain", links=[A, B]),) * 2
    for wrong in ([], [one] * 5, "chain", 3):
        with pytest.raises(ValidationError):
            several.validate_python(wrong)
