"""Requests for help: one press of a member, without a word more, which can be taken back."""

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import exists

from learnapp.accounts.identity import register_fact
from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.groups.access import GROUP, own_group_or_404
from learnapp.groups.assignments import service
from learnapp.groups.models import MEMBER, Membership
from learnapp.groups.outcomes import pages, wording
from learnapp.groups.wording import group_words
from learnapp.learning.notices import register_notices
from learnapp.learning.terms import register_terms
from learnapp.web import clock
from learnapp.web.errors import NotFound
from learnapp.web.http.addresses import same_site_path
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("help", __name__)


@bp.post(f"{GROUP}/help")
@policy("member", obj="group")
def ask(group_id: int) -> ResponseReturnValue:
    """Tell the leaders that a member would like help, without a word more, or take that back."""
    group = own_group_or_404(group_id)
    if group.led or group.is_team:
        raise NotFound
    leader = group_words(group.kind).leader
    if request.form.get("action") == "take_back":
        service.take_help_request_back(db.session, group.id, current_user.id)
        words = _("Taken back. Nobody sees it any more.")
    elif service.ask_for_help(db.session, group.id, current_user.id, clock.now()):
        words = _("Your %(leader)s sees that you would like help.", leader=leader)
    else:
        words = _("This is switched off here. Ask your %(leader)s when you meet.", leader=leader)
    db.session.commit()
    flash(words, "good")
    goal = same_site_path(request.form.get("back")) or url_for("groups.group", group_id=group.id)
    return redirect(goal, 303)


def init_app(app: Flask) -> None:
    """Give templates the words of outcomes, and pages of learning what is asked."""
    add_template_functions(app, wording, pages)
    is_member = (Membership.user_id == User.id) & (Membership.role == MEMBER)
    register_fact(app, pages.IN_A_GROUP, exists().where(is_member))
    register_notices(app, pages.learning_notices)
    register_terms(pages.asked_terms)
