"""What each kind of figure asks for, what it refuses, and its table."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import (
    BarsFigure,
    DayFigure,
    Figure,
    Figures,
    NumberFigure,
    ShareFigure,
    Table,
    Told,
    VoicesFigure,
    readings,
)

FIGURE: TypeAdapter[Figure] = TypeAdapter(Figure)
TOLD = {
    "tea.01": Told((), "page", "Tea page, about 1900."),
    "tea.02": Told(readings(["20-40 leaves", "300"]), "said", "Ben, who left in 1920."),
    "tea.03": Told(readings(["3/60", "1914", "60 cups"]), "ngo", "Tea Society, 1914."),
    "tea.04": Told(
        readings(["up to 18 hours", "6 hours", "over 1,200", "0 cups"]), "page", "Tea page, about 1900."
    ),
    "tea.05": Told(readings(["$1.74 billion", "$596 billion", "$1,000 (estimate)"]), "un", "Board, 1914."),
}
COMMON = {"title": "T", "desc": "D", "finding": "F.", "caption": "C.", "facts": ["tea.01"], "dated": "1914"}


def figure(kind: str, **parts: Any) -> Any:
    return FIGURE.validate_python({**COMMON, "kind": kind, **parts}, context=TOLD)


def refusal(kind: str, **parts: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        figure(kind, **parts)
    return str(caught.value)


def number(fact: int, at: int = 0) -> dict[str, Any]:
    return {"fact": f"tea.{fact:02}", "at": at}


def part(**words: str) -> dict[str, Any]:
    return {**words, "facts": ["tea.01"]}


A, B, C = part(label="A"), part(label="B"), part(label="C")

KINDS: dict[str, tuple[dict[str, Any], Table]] = {
    "timeline": (
        {"events": [part(when="Then", label="A"), part(when="Now", label="B", detail="More")], "note": "N."},
        Table(("When", "What", "More"), (("Then", "A", ""), ("Now", "B", "More"))),
    ),
    "succession": (
        {"people": [part(name="Ada"), part(name="Ben", relation="Her nephew")]},
        Table(("Order", "Name", "Relation"), (("1", "Ada", ""), ("2", "Ben", "Her nephew"))),
    ),
    "piles": (
        {"piles": [{"label": "One", "cards": [A, B]}, {"label": "Two", "cards": [C]}]},
        Table(("Card", "Pile"), (("A", "One"), ("B", "One"), ("C", "Two"))),
    ),
    "chain": (
        {"links": [A, part(label="B", detail="More")], "loop": True},
        Table(("Link", "More", "Leads to"), (("A", "", "B"), ("B", "More", "A again"))),
    ),
    "causes": (
        {"causes": [A], "effect": B, "results": [C, A]},
        Table(("Part", "What it is"), (("Cause", "A"), ("Effect", "B"), ("Result", "C"), ("Result", "A"))),
    ),
    "lifeline": (
        {"stages": [{**A, "items": ["x", "y"]}, {**B, "items": ["z"]}]},
        Table(("Stage of life", "What belongs to it"), (("A", "x; y"), ("B", "z"))),
    ),
    "range": (
        {"label": "Leaves", "low": number(2), "high": number(2, 1), "unit": "leaves", "scale_to": 50},
        Table(("What", "From", "To", "Date"), (("Leaves", "20 leaves", "40 leaves", "1914"),)),
    ),
    "rank": (
        {"label": "Ours", "place": number(3), "of": number(3, 1), "year": number(3, 2)},
        Table(("Who", "Place", "Of", "Date"), (("Ours", "3", "60", "1914"),)),
    ),
    "voices": (
        {"statements": [{"text": text, "fact": fact} for text, fact in (("X.", "tea.02"), ("Y.", "tea.01"))]},
        Table(
            ("Who says so", "What", "Where"),
            (("Testimony", "X.", "Ben, who left in 1920."), ("Page claim", "Y.", "Tea page, about 1900.")),
        ),
    ),
    "tree": (
        {"generations": [{**A, "members": ["x", "y"]}, {**B, "members": ["z"]}]},
        Table(("Generation", "Members"), (("A", "x; y"), ("B", "z"))),
    ),
    "ladder": (
        {"rungs": number(3, 1), "bands": [A, B]},
        Table(
            ("Band, from the top", "Rungs", "Date"),
            (
                ("All bands together", "60", "1914"),
                ("A", "How many is not given", "1914"),
                ("B", "How many is not given", "1914"),
            ),
        ),
    ),
    "tools": (
        {"center": "Aim", "tools": [part(label="A", words="x"), part(label="B", words="y")]},
        Table(("What", "In words"), (("In the center", "Aim"), ("A", "x"), ("B", "y"))),
    ),
    "triangle": (
        {"center": "Aim", "corners": [part(label=one, detail="x") for one in "ABC"]},
        Table(("What", "In words"), (("In the center", "Aim"), ("A", "x"), ("B", "x"), ("C", "x"))),
    ),
    "day": (
        {"segments": [{"label": "Work", "hours": number(4)}, {"label": "Else", "hours": "rest"}]},
        Table(
            ("Part of the day", "Hours", "Date"),
            (("Work", "up to 18 hours", "1914"), ("Else", "at least 6 hours", "1914")),
        ),
    ),
    "number": (
        {"value": number(4, 2), "unit": "cups", "label": "Cups", "year": number(3, 2), "qualifier": "by day"},
        Table(("What", "Number", "Date", "Keep in mind"), (("Cups", "over 1,200 cups", "1914", "by day"),)),
    ),
    "bars": (
        {"unit": "dollars", "bars": [{**A, "value": number(5)}, {**B, "value": number(5, 2)}]},
        Table(
            ("What", "Dollars", "Date"), (("A", "$1.74 billion", "1914"), ("B", "$1,000 (estimate)", "1914"))
        ),
    ),
    "share": (
        {"label": "Broken", "part": number(2), "whole": number(4, 2), "qualifier": "up to"},
        Table(("What", "Part", "Whole", "Date"), (("Broken", "up to 20", "over 1,200", "1914"),)),
    ),
    "compare": (
        {
            "left": {"label": "Green", "points": [part(text="x")]},
            "right": {"label": "Black", "points": [part(text="y"), part(text="z")]},
            "question": "Which?",
        },
        Table(("Which?", "What belongs to it"), (("Green", "x"), ("Black", "y"), ("Black", "z"))),
    ),
    "status": (
        {
            "nodes": [{**A, "id": "a"}, {**B, "id": "b"}, {**C, "id": "c"}],
            "links": [{"from": "a", "to": "b", "label": "asks"}],
        },
        Table(("From", "What ties them", "To"), (("A", "asks", "B"), ("C", "", ""))),
    ),
}


def test_every_kind_is_tried_here_or_beside() -> None:
    members = get_args(get_args(Figure)[0])
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in members}

    assert kinds - {"map", "flow", "grid"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_a_table_too(kind: str) -> None:
    parts, table = KINDS[kind]

    assert figure(kind, **parts).table() == table
    assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_of_a_part_is_found_with_its_place(kind: str) -> None:
    data = {**COMMON, "kind": kind, **KINDS[kind][0]}

    def facts(value: Any, where: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], str]]:
        if isinstance(value, dict):
            return [one for key in value for one in facts(value[key], (*where, key))]
        if isinstance(value, list):
            return [one for n, inner in enumerate(value) for one in facts(inner, (*where, n))]
        return [(where, value)] if isinstance(value, str) and re.fullmatch(r"tea\.\d\d", value) else []

    expected = [one for one in facts(data) if one[0][:1] != ("facts",)]
    assert sorted(figure(kind, **KINDS[kind][0]).named(), key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_without_a_fact_is_refused(kind: str) -> None:
    """Every part that may name facts must; only a day's parts and status links have none."""
    parts, _ = KINDS[kind]

    def stripped(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: stripped(inner) for key, inner in value.items() if key != "facts"}
        return [stripped(inner) for inner in value] if isinstance(value, list) else value

    bare = stripped(parts)
    if bare == parts:
        assert kind in {"range", "rank", "voices", "day", "number", "share"}
    else:
        assert "facts" in refusal(kind, **bare)


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("range", {"low": number(2, 1), "high": number(2)}, "from 40 to 20 is no range"),
        ("range", {"scale_to": 30}, "from 20 to 40 is no range on a scale to 30"),
        ("range", {"low": 20}, "a number is not typed here"),
        ("range", {"low": "20"}, "a number is not typed here"),
        ("rank", {"place": number(3, 1), "of": number(3)}, "60 is no place among 3"),
        ("rank", {"of": number(3, 2)}, "3 is no place among 1914"),
        ("ladder", {"rungs": number(2, 2)}, "300 rungs cannot be drawn"),
        ("ladder", {"bands": [A]}, "bands"),
        ("day", {"segments": [{"label": "x", "hours": "rest"}] * 2}, "only one part of the day"),
        ("day", {"segments": [{"label": "x", "hours": number(4)}] * 2}, "do not make a day of 24"),
        ("day", {"segments": [{"label": "x", "hours": 6}] * 2}, "a number is not typed here"),
        ("bars", {"bars": [{**A, "value": number(4, 3)}] * 2}, "a bar of 0 cannot be drawn"),
        ("bars", {"scale": "square"}, "log"),
        ("share", {"part": number(4, 2), "whole": number(2)}, "1,200 is no part of 20"),
        ("triangle", {"corners": [part(label="A", detail="x")] * 2}, "corners"),
        ("status", {"nodes": [{**A, "id": "a"}, {**B, "id": "a"}]}, "two nodes have the id “a”"),
        ("status", {"links": [{"from": "a", "to": "d", "label": "x"}]}, "“d”, which is no node's id"),
        ("status", {"links": [{"from": "a", "to": "a", "label": "x"}]}, "to itself"),
        ("status", {"links": [{"from": "a", "to": "b", "label": "x"}] * 2}, "make them one"),
        ("chain", {"loop": "around"}, "bool"),
        ("tools", {"tools": [part(label="A", words="x")]}, "tools"),
        ("tree", {"generations": [{**A, "members": []}] * 2}, "members"),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind: str, changes: dict[str, Any], words: str) -> None:
    assert words in refusal(kind, **{**KINDS[kind][0], **changes})


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
