"""The map: places where they lie, provinces in their middle, and a table of everything on it."""

from itertools import combinations
from typing import Any

import pytest

from learnapp.content.figures.map_words import LEGIBLE, WIDTHS, box_of
from learnapp.content.figures.places import NORTHERN_HEIGHT, PLACES, PROVINCES, Point
from tests.courses.figures import KINDS, figure, part, refusal

MAP = KINDS["map"]


def spot(place: str, **more: Any) -> dict[str, Any]:
    return {"place": place, "facts": ["tea.01"], **more}


def drawn(*spots: dict[str, Any], **more: Any) -> Any:
    return figure("map", spots=list(spots), **more)


def test_a_place_stands_where_it_lies_and_a_province_in_its_middle() -> None:
    made = figure("map", **MAP)
    x, y = made.percent(made.spots[0].point)

    assert (round(x), round(y)) == (25, 46)
    assert made.percent(made.areas[0].point) == (
        PROVINCES["kangwon"].x * 100 / 615,
        PROVINCES["kangwon"].y * 100 / 1000,
    )


def test_the_map_ends_below_seoul_where_nothing_lies_further_south() -> None:
    northern, whole = drawn(spot("musan"), spot("seoul")), drawn(spot("musan"), spot("busan"))

    assert (northern.height, whole.height) == (NORTHERN_HEIGHT, 1000)
    inside, of_all = northern.percent(PLACES["musan"]), whole.percent(PLACES["musan"])
    assert inside == pytest.approx((of_all[0], of_all[1] * 1000 / NORTHERN_HEIGHT))


def test_every_word_is_placed_in_the_order_of_its_part() -> None:
    placed = figure("map", **MAP).placed()

    assert [one.text for one in placed["spots"]] == ["Pyongyang", "Port of tea", "Mount Paektu"]
    assert [one.text for one in placed["areas"]] == ["Tea hills"]
    assert [one.text for one in placed["borders"]] == ["two rivers"]
    assert "North Korea" in {one.text for one in placed["countries"]}


def test_a_crowded_map_still_keeps_its_words_apart() -> None:
    names = ("pyongyang", "seoul", "musan", "hyesan", "sinuiju", "rason", "chongjin", "hamhung", "panmunjom", "dandong")
    areas = [
        {"province": "south-pyongan", **part(label="Camp 14")},
        {"province": "south-hamgyong", **part(label="Camp 15")},
        {"province": "north-hamgyong", **part(label="Camps 16, 25")},
    ]
    made = drawn(*map(spot, names), areas=areas)
    words = [one for group in made.placed().values() for one in group]
    for width in WIDTHS:
        pairs = combinations([(one.text, box_of(one.text, one.spot, width)) for one in words], 2)
        covered = [(text, below) for (text, box), (below, other) in pairs if box.covers(other) > LEGIBLE]
        assert covered == []


def test_the_table_has_everything_on_the_map() -> None:
    table = figure("map", **MAP).table()

    assert table.columns == ("What", "Where", "More")
    assert table.rows == (
        ("Pyongyang", "Place", "Tea with rice"),
        ("Port of tea", "Place", ""),
        ("Mount Paektu", "Place", ""),
        ("Tea hills", "In Kangwon", "on its slopes"),
        ("Border with China", "Border", "two rivers"),
        ("Border with South Korea", "Border", ""),
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "a map shows at least one of"),
        ({"spots": [spot("atlantis")]}, "“atlantis” is no place of the map; there are busan"),
        ({"areas": [{"province": "kaechon", **part(label="A")}]}, "“kaechon” is no province of the map"),
        ({"borders": [{"border": "sea", "facts": ["tea.01"]}]}, "“sea” is no border of the map"),
        ({"spots": [spot("musan"), spot("musan", label="Mine")]}, "musan is drawn twice"),
        ({"areas": [{"province": "kangwon", **part(label=name)} for name in "AB"]}, "kangwon is drawn twice"),
        ({"areas": [{"province": "kangwon", "facts": ["tea.01"]}]}, "label"),
        ({**MAP, "guess": {"place": "seoul", "question": "Where?"}}, "no spot is there"),
        ({"spots": [spot("musan"), spot("seoul")], "guess": {"place": "musan", "question": "?"}}, "three spots"),
        ({"spots": [spot("tumen", label="x" * 60)]}, "there is no room for xxx"),
    ],
)
def test_what_cannot_be_drawn_is_refused(parts: dict[str, Any], words: str) -> None:
    assert words in refusal("map", **parts)


def test_a_point_between_is_between() -> None:
    assert figure("map", **MAP).percent(Point(307.5, 500)) == (50, 50)
