"""Pages of groups: the current user's groups, and one of them."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.database.db import db
from learnapp.groups import store, wording
from learnapp.groups.access import GROUP, own_group_or_404
from learnapp.web.login import LEADING_ROLES
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("groups", __name__)


@bp.get("/groups")
@policy("member")
def groups() -> ResponseReturnValue:
    """List the groups that the current user leads or is in."""
    return render_template("groups/groups.html", groups=store.groups_of(db.session, current_user.id))


@bp.get(GROUP)
@policy("member", obj="group")
def group(group_id: int) -> ResponseReturnValue:
    """Show a group: to its leaders with what they do there, to its members what is asked of them."""
    group = own_group_or_404(group_id)
    leads = group.led and current_user.role in LEADING_ROLES
    people = {"members": store.members_of(db.session, group.id)} if leads else {}
    leaders = store.leaders_of(db.session, group.id)
    return render_template("groups/group.html", group=group, leads=leads, leaders=leaders, **people)


def init_app(app: Flask) -> None:
    """Give templates the words for groups."""
    add_template_functions(app, wording)
