"""Figures: drawn for three widths, named for those who listen, with a table for everybody."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask, get_template_attribute

from learnapp.web.figures import lines, pct, rem
from learnapp.web.specimens import figures

WIDTHS = {"xs": 19, "s": 35, "l": 60}


@pytest.fixture(params=figures(), ids=lambda fig: fig.kind)
def drawn(request: pytest.FixtureRequest, app: Flask) -> tuple[Any, ET.Element]:
    """Give each kind of figure with its HTML as a tree."""
    with app.test_request_context("/"):
        html = get_template_attribute("_macros/figures.html", "figure")(request.param, "fig")
    return request.param, ET.fromstring(re.sub(r"&nbsp;", " ", html))


def read(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_width_has_a_drawing_with_a_name_and_a_description(drawn: tuple[Any, ET.Element]) -> None:
    fig, tree = drawn
    drawings = list(tree.iter("svg"))
    assert [one.get("class") for one in drawings] == ["fig-xs", "fig-s", "fig-l"]
    for one in drawings:
        named = [tree.find(f".//*[@id='{name}']") for name in (one.get("aria-labelledby") or "").split()]
        assert [found.text for found in named if found is not None] == [fig.title, fig.desc]
        assert one.get("role") == "img"


def test_positions_are_percent_across_and_rem_down(drawn: tuple[Any, ET.Element]) -> None:
    for svg in drawn[1].iter("svg"):
        height = float((svg.get("height") or "").removesuffix("rem"))
        for one in svg.iter():
            for name in ("y", "y1", "y2", "cy"):
                value = one.get(name)
                assert value is None or re.fullmatch(r"0|-?[\d.]+rem", value), (one.tag, name, value)
                if value:
                    assert 0 <= float(value.removesuffix("rem")) <= height
            for name in ("x", "x1", "x2", "cx", "width"):
                value = one.get(name)
                assert value is None or re.fullmatch(r"0|[\d.]+(%|rem)", value), (one.tag, name, value)
                if value and value.endswith("%"):
                    assert 0 <= float(value.removesuffix("%")) <= 100.01


def test_words_fit_the_width_that_they_are_drawn_for(drawn: tuple[Any, ET.Element]) -> None:
    for svg in drawn[1].iter("svg"):
        letters = WIDTHS[(svg.get("class") or "").removeprefix("fig-")]
        assert max(len(text.text or "") for text in svg.iter("text")) <= letters


def test_every_word_of_the_data_is_drawn_and_stands_in_the_table(drawn: tuple[Any, ET.Element]) -> None:
    fig, tree = drawn
    table = tree.find(".//table")
    assert table is not None
    assert [read(one) for one in table.iter("th") if one.get("scope") == "col"] == list(fig.table().columns)
    assert [[read(cell) for cell in row] for row in table.findall(".//tbody/tr")] == [
        list(row) for row in fig.table().rows
    ]
    words = {word for row in fig.table().rows for cell in row for word in re.findall(r"\w{4,}", cell)}
    wide = next(svg for svg in tree.iter("svg") if svg.get("class") == "fig-l")
    shown = " ".join(text.text or "" for text in wide.iter("text"))
    assert words - set(re.findall(r"\w{4,}", shown)) <= {"Named", "mentioned"}  # drawn as bars


def test_the_caption_says_the_finding_first_and_dates_it(drawn: tuple[Any, ET.Element]) -> None:
    fig, tree = drawn
    caption = tree.find("figcaption")
    assert caption is not None
    assert read(caption[0]) == fig.finding
    assert fig.dated in read(caption)


def test_a_long_word_is_broken_rather_than_cut() -> None:
    broken = lines("an Ungeheuerlichkeit", 8)
    assert max(map(len, broken)) <= 8
    assert "".join(broken).replace(" ", "") == "anUngeheuerlichkeit"


def test_lengths_are_short() -> None:
    assert (rem(1.0), rem(2.128), pct(33.3333), pct(0)) == ("1rem", "2.13rem", "33.33%", "0%")
