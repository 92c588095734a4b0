"""Pages of one member's story, to a leader, and of the leaders who looked or made a new card, to the member."""

from typing import Any

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from learnapp.accounts.own_data.readable import register_reader
from learnapp.accounts.purges import register_purge
from learnapp.database.db import AnySession, db
from learnapp.groups.access import led_class_or_404, member_or_404
from learnapp.groups.roster.service import passwords_are_replaced
from learnapp.learning.attempts.release import release_results
from learnapp.learning.notices import NoticePlace, register_notices
from learnapp.quiz.item import read_digits
from learnapp.reports.board.views import MEMBER
from learnapp.reports.story.looks import (
    KEPT_DAYS,
    latest_cards,
    looks_at,
    note_cards,
    note_look,
    purge_looks,
    with_names,
)
from learnapp.reports.story.service import member_story
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.policy import policy

bp = Blueprint("story", __name__)


@bp.get(MEMBER)
@policy("leader", obj="group")
def story(group_id: int, user_id: int) -> ResponseReturnValue:
    """Show the lessons that are asked of a group as one member has done them, and note the look."""
    group = led_class_or_404(group_id)
    member = member_or_404(group, user_id)
    now = clock.now()
    lessons = member_story(db.session, current_catalog(), group, member, now)
    if any(lesson.result_due for lesson in lessons) and release_results(db.session, [member.user_id], now):
        lessons = member_story(db.session, current_catalog(), group, member, now)
        db.session.commit()
    # By HEAD, too: how long a page is tells of what stands on it.
    note_look(db.session, group, member.user_id, current_user.id, now)
    db.session.commit()
    return render_template("story/story.html", group=group, member=member, lessons=lessons, now=now)


@bp.get("/me/looks")
@policy("member")
def looks() -> ResponseReturnValue:
    """Show the current user who looked at the page of their work, and when."""
    seen = looks_at(db.session, current_user.id, read_digits(request.args.get("page")) or 1)
    return render_template("story/looks.html", seen=seen, days=KEPT_DAYS)


def card_notices(place: NoticePlace) -> Markup:
    """Tell somebody whose account a group manages of new login cards, where they begin to learn."""
    if place.page not in ("home", "me") or current_user.managed_by is None:
        return Markup()
    cards = latest_cards(db.session, current_user.id, clock.now())
    return Markup(render_template("story/_cards.html", cards=cards) if cards else "")  # noqa: S704 - of ours


def keep_cards(session: AnySession, **about: Any) -> None:
    """Note new login cards as they are made."""
    note_cards(session, **about)


def init_app(app: Flask) -> None:
    """Have new cards noted and told, and old looks deleted."""
    passwords_are_replaced.connect(keep_cards)
    register_notices(app, card_notices)
    register_reader("looks", with_names, "group", "leader")
    register_purge(purge_looks)
