"""Pages of groups: the current user's groups."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.database.db import db
from learnapp.groups import store
from learnapp.web.policy import policy

bp = Blueprint("groups", __name__, url_prefix="/groups")


@bp.get("")
@policy("member")
def groups() -> ResponseReturnValue:
    """List the groups that the current user leads or is in."""
    return render_template("groups/groups.html", groups=store.groups_of(db.session, current_user.id))


def init_app(_app: Flask) -> None:
    """Nothing is needed before the first request."""
