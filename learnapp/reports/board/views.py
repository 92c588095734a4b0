"""Pages of the board: members by lessons, who needs help and who was helped."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_class_or_404
from learnapp.groups.values import GroupSummary
from learnapp.learning.attempts.release import release_results
from learnapp.reports.board import wording
from learnapp.reports.board.forms import chosen_separator, read_view, view_args
from learnapp.reports.board.service import build_board
from learnapp.reports.board.store import set_handled
from learnapp.reports.board.values import Board
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("board", __name__)

MEMBER = GROUP + "/members/<int(max=2147483647):user_id>"


@bp.get(GROUP + "/board")
@policy("leader", obj="group")
def board(group_id: int) -> ResponseReturnValue:
    """Show what the members of a group have done in one module, and who may need help."""
    board = settled_board(led_class_or_404(group_id))
    return render_template("board/board.html", board=board, separator=chosen_separator())


@bp.post(MEMBER + "/handled")
@policy("leader", obj="group")
def handled(group_id: int, user_id: int) -> ResponseReturnValue:
    """Lay aside what a member may need help with, or show it again."""
    group = led_class_or_404(group_id)
    again = request.form.get("action") == "again"
    if not set_handled(db.session, group.id, user_id, None if again else clock.now()):
        raise NotFound
    db.session.commit()
    flash(_("The name stands in the list again.") if again else _("Laid aside. You find the name below the list."))
    return redirect(url_for("board.board", group_id=group.id, **view_args(read_view(request.form))), 303)


def settled_board(group: GroupSummary) -> Board:
    """Return the board that the address asks for, after members have got the results that are due."""
    view, now = read_view(request.args), clock.now()
    board = build_board(db.session, current_catalog(), group, view, now)
    if board.results_due and release_results(db.session, board.results_due, now):
        db.session.commit()
        return build_board(db.session, current_catalog(), group, view, now)
    return board


def init_app(app: Flask) -> None:
    """Give templates the words of the board."""
    add_template_functions(app, wording)
    app.jinja_env.globals["view_args"] = view_args
