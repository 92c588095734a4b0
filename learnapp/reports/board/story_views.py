"""Page of one member's story, to a leader; each look is noted for the member."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.database.db import db
from learnapp.groups.access import led_group_or_404
from learnapp.groups.store import members_of
from learnapp.reports.board.looks import note_look
from learnapp.reports.board.story import member_story
from learnapp.reports.board.views import MEMBER
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
