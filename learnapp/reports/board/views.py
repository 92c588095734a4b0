"""Pages of the board: who looked at one's own work."""

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.accounts.purges import register_purge
from learnapp.database.db import db
from learnapp.quiz.item import read_digits
from learnapp.reports.board.looks import KEPT_DAYS, looks_at, purge_looks
from learnapp.web.policy import policy

bp = Blueprint("board", __name__)


@bp.get("/me/looks")
@policy("member")
def looks() -> ResponseReturnValue:
    """Show the current user who looked at the page of their work, and when."""
    seen = looks_at(db.session, current_user.id, read_digits(request.args.get("page")) or 1)
    return render_template("board/looks.html", seen=seen, days=KEPT_DAYS)


def init_app(_app: Flask) -> None:
    """Have old looks deleted."""
    register_purge(purge_looks)
