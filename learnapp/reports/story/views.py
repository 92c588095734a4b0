"""Pages of one member's story, to a leader, and of the leaders who looked, to the member."""

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.accounts.purges import register_purge
from learnapp.database.db import db
from learnapp.groups.access import led_group_or_404
from learnapp.groups.store import members_of
from learnapp.quiz.item import read_digits
from learnapp.reports.board.views import MEMBER
from learnapp.reports.story.looks import KEPT_DAYS, looks_at, note_look, purge_looks
from learnapp.reports.story.service import member_story
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("story", __name__)


@bp.get(MEMBER)
@policy("leader", obj="group")
def story(group_id: int, user_id: int) -> ResponseReturnValue:
    """Show the lessons that are asked of a group as one member has done them, and note the look."""
    group = led_group_or_404(group_id)
    member = next((one for one in members_of(db.session, group.id) if one.user_id == user_id), None)
    if member is None:
        raise NotFound
    now = clock.now()
    lessons = member_story(db.session, current_catalog(), group, member, now)
    if request.method == "GET":  # a HEAD shows nothing
        note_look(db.session, group, member.user_id, current_user.id, now)
        db.session.commit()
    return render_template("story/story.html", group=group, member=member, lessons=lessons, now=now)


@bp.get("/me/looks")
@policy("member")
def looks() -> ResponseReturnValue:
    """Show the current user who looked at the page of their work, and when."""
    seen = looks_at(db.session, current_user.id, read_digits(request.args.get("page")) or 1)
    return render_template("story/looks.html", seen=seen, days=KEPT_DAYS)


def init_app(_app: Flask) -> None:
    """Have old looks deleted."""
    register_purge(purge_looks)
