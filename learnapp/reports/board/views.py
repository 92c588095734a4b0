"""Pages of the board: members by lessons, who needs help and who was helped."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_group_or_404
from learnapp.reports.board import wording
from learnapp.reports.board.forms import chosen_separator, read_view, view_args
from learnapp.reports.board.service import build_board
from learnapp.reports.board.store import set_handled
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
    group = led_group_or_404(group_id)
    board = build_board(db.session, current_catalog(), group, read_view(request.args), clock.now())
    return render_template("board/board.html", board=board, separator=chosen_separator())


@bp.post(MEMBER + "/handled")
@policy("leader", obj="group")
def handled(group_id: int, user_id: int) -> ResponseReturnValue:
    """Lay aside what a member may need help with, or show it again."""
    group = led_group_or_404(group_id)
    again = request.form.get("action") == "again"
    if not set_handled(db.session, group.id, user_id, None if again else clock.now()):
        raise NotFound
    db.session.commit()
    flash(_("The name stands in the list again.") if again else _("Laid aside. You find the name below the list."))
    return redirect(url_for("board.board", group_id=group.id, **view_args(read_view(request.form))), 303)


def init_app(app: Flask) -> None:
    """Give templates the words of the board."""
    add_template_functions(app, wording)
    app.jinja_env.globals["view_args"] = view_args
