"""Figures: lists and tables in their own words, drawings with a name, a table and their date."""

import re
import zlib
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask, get_template_attribute

from learnapp.content.blocks import figures_in
from learnapp.content.figures import Figure
from learnapp.web.catalog import current_catalog
from learnapp.web.http.assets import STATIC
from learnapp.web.page import names_on_one_line, pct
from learnapp.web.styleguide.samples import samples
from tests.courses.figures import CHARTS, examples

EXAMPLES = examples()
WORDS = [one for one in EXAMPLES if one.kind not in CHARTS]
DRAWN = [one for one in EXAMPLES if one.kind in CHARTS]


def show(app: Flask, fig: Figure, name: str = "fig") -> ET.Element:
    with app.test_request_context("/"):
        html = get_template_attribute("_macros/figures.html", "figure")(fig, name)
    return ET.fromstring(re.sub(r"(<input[^>]*)>", r"\1/>", html.replace("&nbsp;", " ")))


def read(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def texts_of(value: Any) -> list[str]:
    """List every text of a figure's own parts."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in NAMES for text in texts_of(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in texts_of(inner)]
    return [value] if isinstance(value, str) else []


NAMES = {"kind", "connector", "facts", "fact", "cells", "icon", "title", "desc"}
NAMES |= {"at", "to", "place", "province", "border"}


SHAPES = {"others", "north", "south", "border-china", "border-russia", "border-south"}
BY_SCRIPT = {"is-lit", "is-scrubbed", "is-unseen", "yours"}


def by_kind(fig: Figure) -> str:
    return fig.kind


@pytest.mark.parametrize("fig", EXAMPLES, ids=by_kind)
def test_every_word_of_the_data_is_shown(app: Flask, fig: Figure) -> None:
    shown = read(show(app, fig)).lower()

    for text in texts_of(fig.model_dump()):
        assert text.lower() in shown


@pytest.mark.parametrize("fig", EXAMPLES, ids=by_kind)
def test_numbers_are_shown_as_the_ledger_writes_them(app: Flask, fig: Figure) -> None:
    shown = read(show(app, fig))

    for _, number in fig.numbers():
        assert number.text in shown
        assert number.reading.before in shown
        assert number.reading.after in shown


@pytest.mark.parametrize("fig", EXAMPLES, ids=by_kind)
def test_the_caption_says_the_finding_first_and_the_date_is_said_once(app: Flask, fig: Figure) -> None:
    tree = show(app, fig)
    caption = tree.find("figcaption")

    assert caption is not None
    assert read(caption[0]) == fig.finding
    for details in tree.findall("details"):
        tree.remove(details)
    assert read(tree).count(fig.dated or "1914") == (1 if fig.dated else 0)


@pytest.mark.parametrize("fig", DRAWN, ids=by_kind)
def test_a_drawing_has_a_name_a_description_and_a_table(app: Flask, fig: Any) -> None:
    tree = show(app, fig)
    (drawing,) = (one for one in tree.iter("div") if one.get("role") == "img")
    table = tree.find(".//table")

    assert drawing.get("aria-label") == f"{fig.title}. {fig.desc}"
    assert table is not None
    assert [read(one) for one in table.iter("th") if one.get("scope") == "col"] == list(fig.table().columns)
    rows = [[read(cell) for cell in row] for row in table.findall(".//tbody/tr")]
    assert rows == [list(row) for row in fig.table().rows]


@pytest.mark.parametrize("fig", [one for one in DRAWN if one.kind != "map"], ids=by_kind)
def test_positions_are_percent_across_and_rem_down(app: Flask, fig: Figure) -> None:
    drawings = list(show(app, fig).iter("svg"))

    assert drawings
    for svg in drawings:
        height = float((svg.get("height") or "").removesuffix("rem"))
        for one in svg.iter():
            for name in ("y", "y1", "y2", "cy"):
                value = one.get(name, "0rem")
                assert re.fullmatch(r"[\d.]+rem|0", value), (one.tag, name, value)
                assert 0 <= float(value.removesuffix("rem")) <= height
            wide, unit = (100.0, "%") if svg.get("width") == "100%" else (float(svg.get("width", "")[:-3]), "rem")
            for name in ("x", "x1", "x2", "cx", "width"):
                value = one.get(name, f"0{unit}")
                assert re.fullmatch(rf"[\d.]+{unit}|0", value), (one.tag, name, value)
                assert 0 <= float(value.removesuffix(unit)) <= wide


@pytest.mark.parametrize("fig", WORDS, ids=by_kind)
def test_words_are_lists_and_tables_that_are_read_as_they_stand(app: Flask, fig: Figure) -> None:
    tree = show(app, fig)

    assert [one for one in tree.iter() if one.get("role") == "img"] == []
    assert tree.find("details") is None
    hidden = [one for one in tree.iter() if one.get("aria-hidden")]
    assert {one.tag for one in hidden} <= {"svg", "span", "p"}
    assert fig.title in {one.get("aria-label") for one in tree.iter()}


def test_those_who_listen_hear_what_leads_to_what(app: Flask) -> None:
    for fig in WORDS:
        connector = getattr(fig, "connector", "none")
        parts = len(getattr(fig, "steps", getattr(fig, "groups", ())))
        heard = read(show(app, fig)).count("Leads to:")
        assert heard == (parts - 1 if connector in {"arrows", "loop"} else 0)
    loops = [read(show(app, fig)) for fig in WORDS if getattr(fig, "connector", "") == "loop"]
    assert [re.findall("… and so back to “(.+?)”", loop) for loop in loops] == [["Keeper"]]


def test_a_grid_says_in_words_what_its_cells_mean(app: Flask) -> None:
    (grid,) = (fig for fig in WORDS if fig.kind == "grid")
    tree = show(app, grid)

    cells = [[read(cell) for cell in row] for row in tree.findall(".//tbody/tr")]
    assert cells == [["Hot", "Said", "Not said"], ["Cold", "Not said", "Said"]]
    heads = [one for one in tree.iter("th") if one.get("scope") == "col"]
    assert [read(head) for head in heads] == ["Cup", "G Green", "B Black"]
    assert [one.text for one in tree.iter("span") if one.get("aria-hidden")] == ["G", "B"]


def test_many_figures_on_a_page_share_no_id(app: Flask) -> None:
    trees = [show(app, fig, f"figure-{n}") for n, fig in enumerate(EXAMPLES)]
    ids = [name for tree in trees for one in tree.iter() if (name := one.get("id"))]

    assert len(ids) == len(set(ids)) > len(EXAMPLES)


def test_the_figures_of_the_course_are_light(app: Flask) -> None:
    with app.test_request_context("/"):
        lessons = list(current_catalog().lessons.values())
    figures = [fig for lesson in lessons for fig in figures_in(lesson.body)]
    sizes = [len(zlib.compress(ET.tostring(show(app, fig)))) for fig in (*figures, *samples())]

    assert len(figures) > 20
    assert max(sizes) < 2_500


def test_no_person_is_drawn(app: Flask) -> None:
    """Shapes are bars, lines and dots; the only signs are those of remarks and marks and a grid's own icons."""
    trees = [show(app, fig) for fig in EXAMPLES]
    signs = {(one.get("href") or "").partition("#")[2] for tree in trees for one in tree.iter("use")}

    assert signs == {"book", "hand", "half", "pen", "tick", *SHAPES}
    tags = {one.tag for tree in trees for svg in tree.iter("svg") for one in svg.iter()}
    assert tags == {"svg", "use", "rect", "line", "circle", "g", "text"}


def test_every_rule_of_the_stylesheet_is_for_something_that_is_shown(app: Flask) -> None:
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / "figures.css").read_text(encoding="utf-8"), flags=re.S)
    shown = {name for fig in EXAMPLES for one in show(app, fig).iter() for name in one.get("class", "").split()}

    of_reviews = {"fig--mid", "path", "rail"}
    assert set(re.findall(r"\.([a-z][\w-]*)", css)) - shown == of_reviews | BY_SCRIPT


def test_names_stay_on_one_line_and_text_stays_text() -> None:
    assert names_on_one_line("Kim Il-sung <b>") == 'Kim <span class="nowrap">Il-sung</span> &lt;b&gt;'


def test_lengths_are_short() -> None:
    assert (pct(33.3333), pct(-0.001), pct(40.0)) == ("33.33%", "0%", "40%")
