"""Figures: drawn for three widths, named for those who listen, with a table for everybody."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from flask import Flask, get_template_attribute

from learnapp.content.figures import Figure
from learnapp.web.figures import names, pct, power_of_ten, rem
from learnapp.web.letters import SIZE, span
from learnapp.web.specimen_figures import figures

WIDTHS = {"fig-xs": 8.0, "fig-s": 17.0, "fig-l": 31.0}
# Words of the table that the drawing shows in another way: as a bar, a line, a heading, a place.
SHOWN_OTHERWISE = {"named", "mentioned", "again", "center", "cause", "effect", "result"}
SHOWN_OTHERWISE |= {"bands", "together", "many", "given"}
Drawn = tuple[Any, ET.Element]


class Words(NamedTuple):
    """A line of words in a drawing: its left and right end, baseline and size in rem."""

    text: str
    left: float
    right: float
    y: float
    size: float


@pytest.fixture(params=figures(), ids=lambda fig: fig.title)
def drawn(request: pytest.FixtureRequest, app: Flask) -> Drawn:
    """Give each specimen with its HTML as a tree."""
    return request.param, draw(app, request.param)


def draw(app: Flask, fig: Figure, name: str = "fig") -> ET.Element:
    with app.test_request_context("/"):
        html = get_template_attribute("_macros/figures.html", "figure")(fig, name)
    return ET.fromstring(re.sub(r"&nbsp;", " ", html))


def read(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def drawings(tree: ET.Element) -> list[tuple[ET.Element, float]]:
    return [(one, WIDTHS[one.get("class") or ""]) for one in tree.iter("svg")]


def length(value: str | None, wide: float) -> float:
    """Return a length across in rem, at the narrowest that a drawing is shown."""
    text = value or "0"
    return float(text[:-1]) * wide / 100 if text.endswith("%") else float(text.removesuffix("rem"))


def words_in(svg: ET.Element, wide: float) -> list[Words]:
    found = []
    for one in svg.iter("text"):
        name = one.get("class") or ""
        size = {"t-n": 3.0, "t-m": 1.5}.get(name, SIZE)
        across = span(one.text or "", bold=name in {"t-b", "t-on", "t-n", "t-m"}, size=size)
        across += sum(span(part.text or "") + 0.25 for part in one)
        x = length(one.get("x"), wide) + length(one.get("dx"), wide)
        left = x - {"end": across, "middle": across / 2}.get(one.get("text-anchor") or "", 0)
        found.append(Words(read(one), left, left + across, length(one.get("y"), wide), size))
    return found


def test_every_kind_is_shown() -> None:
    assert len({fig.kind for fig in figures()}) == 22


def test_every_width_has_a_drawing_with_a_name_and_a_description(drawn: Drawn) -> None:
    fig, tree = drawn
    assert [one.get("class") for one, _ in drawings(tree)] == list(WIDTHS)
    for one, _ in drawings(tree):
        named = [tree.find(f".//*[@id='{name}']") for name in (one.get("aria-labelledby") or "").split()]
        assert [found.text for found in named if found is not None] == [fig.title, fig.desc]
        assert one.get("role") == "img"


def test_positions_are_percent_across_and_rem_down(drawn: Drawn) -> None:
    for svg, _ in drawings(drawn[1]):
        height = float((svg.get("height") or "").removesuffix("rem"))
        assert height > 1.5
        for one in svg.iter():
            for name in ("y", "y1", "y2", "cy"):
                value = one.get(name)
                assert value is None or re.fullmatch(r"0|-?[\d.]+rem", value), (one.tag, name, value)
                if value:
                    assert 0 <= float(value.removesuffix("rem")) <= height + 0.01
            for name in ("x", "x1", "x2", "cx", "width"):
                value = one.get(name)
                assert value is None or re.fullmatch(r"0|[\d.]+(%|rem)", value), (one.tag, name, value)
                if value and value.endswith("%"):
                    assert 0 <= float(value.removesuffix("%")) <= 100.01


def test_boxes_are_within_the_drawing_and_have_a_size(drawn: Drawn) -> None:
    for svg, wide in drawings(drawn[1]):
        height = length(svg.get("height"), wide)
        for one in svg.iter("rect"):
            width, tall = length(one.get("width"), wide), length(one.get("height"), wide)
            assert width > 0
            assert tall > 0
            assert length(one.get("x"), wide) + width <= wide + 0.05
            assert length(one.get("y"), wide) + tall <= height + 0.05


def test_words_stay_within_the_narrowest_place_of_their_drawing(drawn: Drawn) -> None:
    for svg, wide in drawings(drawn[1]):
        for one in words_in(svg, wide):
            assert one.left >= -0.15, one
            assert one.right <= wide * 1.04 + 0.05, one
            assert one.y <= length(svg.get("height"), wide), one


def test_no_words_stand_on_others(drawn: Drawn) -> None:
    for svg, wide in drawings(drawn[1]):
        for one, other in combinations(words_in(svg, wide), 2):
            beside = one.right <= other.left + 0.15 or other.right <= one.left + 0.15
            apart = one.y <= other.y - other.size * 0.75 or other.y <= one.y - one.size * 0.75
            assert beside or apart, (svg.get("class"), one, other)


def test_arrows_point_with_heads_that_are_defined(drawn: Drawn) -> None:
    for svg, _ in drawings(drawn[1]):
        heads = {f"url(#{one.get('id')})" for one in svg.iter("marker")}
        used = {one.get("marker-end") for one in svg.iter() if one.get("marker-end")}
        assert used == heads


def test_every_word_of_the_data_is_drawn_and_stands_in_the_table(drawn: Drawn) -> None:
    fig, tree = drawn
    table = tree.find(".//table")
    assert table is not None
    assert [read(one) for one in table.iter("th") if one.get("scope") == "col"] == list(fig.table().columns)
    assert [[read(cell) for cell in row] for row in table.findall(".//tbody/tr")] == [
        list(row) for row in fig.table().rows
    ]
    data = " ".join(cell for row in fig.table().rows for cell in row)
    words = {word.lower() for word in re.findall(r"\w{4,}", data)} - SHOWN_OTHERWISE
    for svg, _ in drawings(tree):
        shown = " ".join(read(text) for text in svg.iter("text")).lower()
        if svg.get("class") == "fig-l":
            assert words <= set(re.findall(r"\w{4,}", shown))
        elif (
            fig.kind != "grid"
        ):  # where it is narrow, a grid has its short words and long words may be broken
            joined = re.sub(r"\W", "", shown)
            assert {word for word in words if word not in joined} == set()


def test_numbers_are_drawn_as_the_ledger_writes_them(drawn: Drawn) -> None:
    fig, tree = drawn
    for svg, _ in drawings(tree):
        shown = re.sub(r"\s", "", " ".join(read(text) for text in svg.iter("text")))
        for _, number in fig.numbers():
            assert number.words.replace(" ", "") in shown
            assert number.reading.before.replace(" ", "") in shown


def test_the_caption_says_the_finding_first_and_dates_it(drawn: Drawn) -> None:
    fig, tree = drawn
    caption = tree.find("figcaption")
    assert caption is not None
    assert read(caption[0]) == fig.finding
    assert fig.dated in read(caption)


def test_an_amount_has_its_date_beside_it_in_every_drawing(drawn: Drawn) -> None:
    fig, tree = drawn
    hidden = [one for one in tree.iter("span") if one.get("class") == "visually-hidden"]
    assert bool(hidden) == fig.dates_itself
    for svg, _ in drawings(tree):
        shown = re.sub(r"\W", "", " ".join(read(text) for text in svg.iter("text")))
        assert not fig.dates_itself or re.sub(r"\W", "", fig.dated) in shown


def test_many_figures_on_a_page_share_no_id(app: Flask) -> None:
    ids: list[str] = []
    for n, fig in enumerate(figures(), 1):
        tree = draw(app, fig, "figure" if n == 1 else f"figure-{n}")
        ids += [name for one in tree.iter() if (name := one.get("id"))]
    assert len(ids) == len(set(ids)) > 100


def test_a_figure_is_light(drawn: Drawn) -> None:
    """Three drawings, caption and table together, before they are compressed."""
    assert len(ET.tostring(drawn[1])) < 16_000


def test_no_person_is_drawn(drawn: Drawn) -> None:
    """Shapes are boxes, lines and dots; the only signs are arrows, voices and a grid's own icons."""
    signs = {(one.get("href") or "").partition("#")[2] for one in drawn[1].iter("use")}
    assert signs <= {"next", "down", "page", "un", "ngo", "said", "pen", "radio", "flag", "book"}
    for path in drawn[1].iter("path"):
        assert path.get("d") == "M0 0 8 4 0 8z"


def test_lengths_are_short() -> None:
    assert (rem(1.0), rem(2.128), pct(33.3333), pct(-0.001)) == ("1rem", "2.13rem", "33.33%", "0%")


@pytest.mark.parametrize(
    ("exponent", "like", "words"),
    [
        (0, "5", "1"),
        (4, "5", "10,000"),
        (6, "$3", "$1 million"),
        (11, "€3", "€100 billion"),
        (12, "9", "1 trillion"),
    ],
)
def test_powers_of_ten_are_written_like_the_amounts(exponent: int, like: str, words: str) -> None:
    assert power_of_ten(exponent, like) == words


def test_names_stay_on_one_line_and_text_stays_text() -> None:
    assert names("Kim Il-sung <b>") == 'Kim <span class="nowrap">Il-sung</span> &lt;b&gt;'
