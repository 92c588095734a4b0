"""Pages of leaders: who leads a group, whom they invite to lead along or in their place, and how one stops."""

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.limits.throttle import throttle_key
from learnapp.accounts.own_data.holds import register_holds
from learnapp.accounts.purges import register_warning
from learnapp.accounts.responses import answer_again, current_throttle, form_page
from learnapp.database.db import db
from learnapp.groups import store
from learnapp.groups.access import GROUP, led_group_or_404, require_running
from learnapp.groups.errors import LastLeader
from learnapp.groups.leaders import service
from learnapp.groups.membership import invitations
from learnapp.groups.membership.forms import InviteForm
from learnapp.groups.membership.tries import INVITATIONS
from learnapp.groups.models import LEADER
from learnapp.groups.values import GroupSummary
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.errors import NotFound, register_error_page
from learnapp.web.policy import policy

bp = Blueprint("leaders", __name__)
answer_again(bp)


@bp.route(f"{GROUP}/leaders", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def leaders(group_id: int) -> ResponseReturnValue:
    """Show who leads a group, and invite somebody to lead it along."""
    group, form = led_group_or_404(group_id), InviteForm()
    if form.validate_on_submit():
        with form.show_errors():
            return invited(group, form.who.data, url_for("leaders.leaders", group_id=group.id))
    leaders = store.leaders_of(db.session, group.id)
    return form_page("leaders/leaders.html", form, group=group, leaders=leaders)


@bp.route(f"{GROUP}/leaders/hand-over", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def hand_over(group_id: int) -> ResponseReturnValue:
    """Invite somebody to lead a group in place of the current user, who leads it until they accept."""
    group, form = led_group_or_404(group_id), InviteForm()
    require_running(group)
    if form.validate_on_submit():
        with form.show_errors():
            goal = url_for("leaders.hand_over", group_id=group.id)
            return invited(group, form.who.data, goal, in_place_of=current_user.id)
    return form_page("leaders/hand_over.html", form, group=group)


@bp.post(f"{GROUP}/leaders/take-back")
@policy("leader", obj="group")
def take_back(group_id: int) -> ResponseReturnValue:
    """Take back every invitation to lead a group that nobody has accepted yet."""
    service.take_back_invitations(db.session, led_group_or_404(group_id).id)
    db.session.commit()
    return redirect(url_for("leaders.leaders", group_id=group_id), 303)


@bp.post(f"{GROUP}/leaders/leave")
@policy("leader", obj="group", once=True)
def leave(group_id: int) -> ResponseReturnValue:
    """Stop leading a group that others lead, too."""
    group = led_group_or_404(group_id)
    service.end_leadership(db.session, group.id, current_user.id)
    return carried_out(url_for("groups.groups"), _("You no longer lead “%(name)s”.", name=group.name))


@bp.post(f"{GROUP}/leaders/<int(max=2147483647):user_id>/remove")
@policy("leader", obj="group", once=True)
def remove(group_id: int, user_id: int) -> ResponseReturnValue:
    """Have another leader lead a group no more: at the next request they see nothing of it."""
    group = led_group_or_404(group_id)
    if user_id == current_user.id or not service.end_leadership(db.session, group.id, user_id):
        raise NotFound
    said = _("They no longer lead it.")
    if service.take_back_invitations(db.session, group.id):  # any of these may be theirs
        said = _("They no longer lead it, and all open invitations to lead it are taken back.")
    return carried_out(url_for("leaders.leaders", group_id=group.id), said)


def invited(group: GroupSummary, typed: str, goal: str, in_place_of: int | None = None) -> ResponseReturnValue:
    """Invite whoever is meant to lead; the answer is the same whether there is such an account or not."""
    require_running(group)
    current_throttle().count(INVITATIONS, throttle_key("leader", str(current_user.id)))
    for user_id in invitations.find_accounts(db.session, typed) or [0]:
        invitations.invite(db.session, group.id, user_id, LEADER, clock.now(), in_place_of=in_place_of)
    words = _("If there is such an account and it may lead, its person finds the invitation under “Classes and teams”.")
    return carried_out(goal, words)


def init_app(_app: Flask) -> None:
    """Keep accounts that a group needs, say why its last leader stays, and warn of groups without one."""
    register_holds(service.groups_held)
    register_warning(service.warn_of_leaderless)
    register_error_page(
        LastLeader,
        409,
        _l("You are the last who leads it"),
        _l("Hand it over to somebody else, or end it. Until then it stays yours. Nothing was changed."),
    )
