"""Gradebook files: the board's table to carry away, and Canvas's own export to match it with."""

from collections.abc import Sequence

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_class_or_404
from learnapp.groups.roster.lists.store import listed_members
from learnapp.groups.store import members_of
from learnapp.reports.board.forms import SEPARATOR_COOKIE, SEPARATORS, chosen_separator
from learnapp.reports.board.values import Board
from learnapp.reports.board.views import settled_board
from learnapp.reports.gradebook import tables
from learnapp.reports.gradebook.canvas import CanvasStudent, UnreadableExport, read_export
from learnapp.reports.gradebook.matching import CanvasMatch, match_students
from learnapp.reports.gradebook.wording import gradebook_words, unreadable_words
from learnapp.web.browser import cookies
from learnapp.web.display import YEAR
from learnapp.web.errors import register_error_pages
from learnapp.web.policy import policy
from learnapp.web.spreadsheets import csv_response, csv_text

bp = Blueprint("gradebook", __name__)


@bp.get(GROUP + "/board/marks.csv")
@policy("leader", obj="group")
def marks(group_id: int) -> ResponseReturnValue:
    """Send the table of the board for a spreadsheet: the same rows in the same order."""
    board, separator = _board(group_id), chosen_separator()
    rows = tables.plain_rows(board, gradebook_words())
    response = csv_response(csv_text(rows, SEPARATORS[separator]), tables.file_name(board))
    cookies.set_cookie(response, SEPARATOR_COOKIE, separator, YEAR)
    return response


@bp.route(GROUP + "/board/canvas", methods=["GET", "POST"])
@policy("leader", obj="group")
def canvas(group_id: int) -> ResponseReturnValue:
    """Show the two ways to carry marks into Canvas; match an export of it, of which nothing is stored."""
    board = _board(group_id)
    if request.method != "POST":
        return _canvas_page(board)
    try:
        students = read_export(file.read() if (file := request.files.get("export")) else b"")
    except UnreadableExport as error:
        return _canvas_page(board, error), 422
    identities = "".join(csv_text(tables.identity_rows(students), mark=False))
    return _canvas_page(board, match=_match(board, students), identities=identities)


@bp.route(GROUP + "/board/canvas.csv", methods=["GET", "POST"])
@policy("leader", obj="group")
def canvas_file(group_id: int) -> ResponseReturnValue:
    """Send the table for Canvas: with the names that are known here, or with those of the export that was matched."""
    board, matched = _board(group_id), None
    if request.method == "POST":
        try:
            students = read_export(request.form.get("identities", "").encode())
        except UnreadableExport as error:
            return _canvas_page(board, error), 422
        matched = _match(board, students).found
    rows = tables.canvas_rows(board, matched)
    return csv_response(csv_text(rows), tables.file_name(board, "canvas"))


def _board(group_id: int) -> Board:
    return settled_board(led_class_or_404(group_id))


def _match(board: Board, students: Sequence[CanvasStudent]) -> CanvasMatch:
    """Match with everybody in the group, whomever the board shows: else one of two of a name would pass for the one."""
    group_id = board.group.id
    found = match_students(members_of(db.session, group_id), students, listed_members(db.session, group_id))
    return found.among({row.user_id for row in board.rows})


def _canvas_page(
    board: Board, error: UnreadableExport | None = None, match: CanvasMatch | None = None, identities: str = ""
) -> str:
    return render_template(
        "gradebook/canvas.html",
        board=board,
        problem=unreadable_words(error) if error else "",
        invalid=error is not None,
        match=match,
        identities=identities,
        renamed=tables.renamed_titles(board),
    )


def init_app(_app: Flask) -> None:
    """Give the error of this room its page."""
    register_error_pages(422, UnreadableExport)
