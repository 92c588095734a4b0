"""Words of the authors' pages: every state has its own, and previews keep age group and version."""

from typing import get_args

import pytest
from flask import Flask, get_template_attribute

from learnapp.authoring.coverage_grid import CoverageCell
from learnapp.authoring.views import preview_url
from learnapp.content.problems import FileKind, Position
from learnapp.content.reports.staleness import Kind, LedgerChange, StalePart, State
from tests.courses.island import Island


def said(macro: str, *values: object) -> str:
    return str(get_template_attribute("authoring/_shared.html", macro)(*values))


def test_every_kind_of_file_change_and_part_has_words_of_its_own(app: Flask) -> None:
    with app.test_request_context():
        files = {said("skipped_files", kind, 1) for kind in get_args(FileKind)}
        changes = {said("change_words", LedgerChange("lamp.01", state)) for state in get_args(State)}
        parts = {said("stale_part_name", StalePart(kind, "x", "", Position("a"), "")) for kind in get_args(Kind)}

    assert len(files - {""}) == len(get_args(FileKind))
    assert len(changes) == len(get_args(State))
    assert len(parts) == len(get_args(Kind))
    assert {"Item x", "Paragraph x", "Figure “x”"} <= parts


@pytest.mark.parametrize(
    ("cell", "text", "words"),
    [
        (CoverageCell(5, 4, True), "5·4", "5 taught, 4 asked"),
        (CoverageCell(1, 0, False), "1·0", "1 taught, 0 asked"),
        (CoverageCell(0, 1, True), "0", "named, but nothing is taught"),
        (CoverageCell(0, 0, False), "·", "nothing of it here"),
    ],
)
def test_a_cell_of_the_grid_is_short_on_screen_and_whole_for_the_ear(
    app: Flask, cell: CoverageCell, text: str, words: str
) -> None:
    with app.test_request_context():
        shown = said("coverage_cell", cell)
    assert f'<span aria-hidden="true">{text}</span><span class="visually-hidden">{words}</span>' in shown


def test_a_preview_keeps_version_age_group_and_place(app: Flask, island: Island) -> None:
    wreck = island.lesson("1-sea", "1-the-wreck")

    with app.test_request_context():
        assert preview_url(wreck) == "/author/preview/1-sea/1-the-wreck"
        assert preview_url(wreck, "quiz", 14, anchor="q1") == "/author/preview/1-sea/1-the-wreck/quiz?as=14#q1"
        assert preview_url(wreck, short=True).endswith("/1-the-wreck?version=short")
