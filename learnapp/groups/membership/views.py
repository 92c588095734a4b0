"""Pages of a group's membership: its code, made and closed; whom a leader invites or removes; leaving."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.limits.throttle import throttle_key
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.accounts.purges import register_purge
from learnapp.accounts.responses import answer_again, current_throttle, form_page
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.database.sqlite import scrub
from learnapp.groups.access import GROUP, led_group_or_404, own_group_or_404, require_running
from learnapp.groups.errors import AlreadyMember, CodeUnknown, GroupArchived, GroupFull, InvitationEnded, LeadsGroup
from learnapp.groups.leaders.service import end_leadership
from learnapp.groups.membership import invitations, pages, service
from learnapp.groups.membership.codes import CodeMistyped
from learnapp.groups.membership.forms import CodeForm, InviteForm
from learnapp.groups.membership.tries import INVITATIONS
from learnapp.groups.models import JOIN, MEMBER
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.errors import NotFound, register_error_page, register_error_pages
from learnapp.web.login import LEADING_ROLES
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("membership", __name__)
answer_again(bp)


@bp.route(f"{GROUP}/code", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def code(group_id: int) -> ResponseReturnValue:
    """Show how people come in, and give the group a new code in place of the one it may have."""
    group, form = led_group_or_404(group_id), CodeForm()
    if form.validate_on_submit():
        service.open_code(db.session, group.id, JOIN, clock.now(), form.lasts)
        return carried_out(url_for("membership.code", group_id=group.id), _("This is the new code."))
    return form_page("membership/code.html", form, group=group)


@bp.post(f"{GROUP}/code/close")
@policy("leader", obj="group")
def close(group_id: int) -> ResponseReturnValue:
    """Close the door: the code opens nothing from now on."""
    group = led_group_or_404(group_id)
    service.close_code(db.session, group.id, JOIN)
    db.session.commit()
    return redirect(url_for("membership.code", group_id=group.id), 303)


@bp.get(f"{GROUP}/poster")
@policy("leader", obj="group")
def poster(group_id: int) -> ResponseReturnValue:
    """Show a sheet for the wall, with the code, its square and what to do."""
    group = led_group_or_404(group_id)
    paper = "letter" if request.args.get("paper") == "letter" else "a4"
    return render_template("membership/poster.html", group=group, paper=paper)


@bp.route(f"{GROUP}/invite", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def invite(group_id: int) -> ResponseReturnValue:
    """Invite an account by its exact name or address; the answer is the same whether there is one or not."""
    group, form = led_group_or_404(group_id), InviteForm()
    require_running(group)
    if form.validate_on_submit():
        with form.show_errors():
            current_throttle().count(INVITATIONS, throttle_key("leader", str(current_user.id)))
            for user_id in invitations.find_accounts(db.session, form.who.data) or [0]:
                invitations.invite(db.session, group.id, user_id, MEMBER, clock.now())
            words = _("If there is such an account, its person finds the invitation under “My learning”.")
            return carried_out(url_for("membership.invite", group_id=group.id), words)
    return form_page("membership/invite.html", form, group=group)


@bp.post(f"{GROUP}/leave")
@policy("member", obj="group", once=True)
def leave(group_id: int) -> ResponseReturnValue:
    """Leave a group: its leaders see nothing more at the next request, and its member keeps everything.

    Whoever led it and may lead no longer takes it off their list; how leaders stop is a matter of theirs.
    """
    group = own_group_or_404(group_id)
    if group.led and current_user.role not in LEADING_ROLES:
        end_leadership(db.session, group.id, current_user.id)
        return carried_out(url_for("groups.groups"), _("“%(name)s” is off your list.", name=group.name))
    if not service.end_membership(db.session, group.id, current_user.id):
        raise NotFound
    words = _(
        "You have left %(name)s. Nobody there sees what you do any more, and you keep everything you did. "
        "To come back, type the code again.",
        name=group.name,
    )
    return carried_out(url_for("groups.groups"), words)


@bp.post(f"{GROUP}/members/<int(max=2147483647):user_id>/remove")
@policy("leader", obj="group", once=True)
def remove(group_id: int, user_id: int) -> ResponseReturnValue:
    """Remove a member, who keeps everything and may come back by the code; an account that nobody used is deleted."""
    group = led_group_or_404(group_id)
    deleted = service.remove_member(db.session, group.id, user_id)
    if deleted is None:
        raise NotFound
    # Without the name: what a form led to is kept for a day, also where the account is deleted meanwhile.
    words = _("They are in it no more. Nothing of theirs is lost.")
    if deleted:
        words = _("They are in it no more. The account is deleted, as nobody had come in to it yet.")
    answer = carried_out(url_for("groups.members", group_id=group.id), words)
    if deleted:
        scrub(db.engine)
        erase_outbox(current_settings().outbox, user_id)
    return answer


def init_app(app: Flask) -> None:
    """Give templates what they show of membership, and have what has ended deleted."""
    add_template_functions(app, pages)
    register_purge(service.purge_codes)
    register_purge(invitations.purge_invitations)
    register_error_pages(404, InvitationEnded)
    register_error_pages(409, AlreadyMember, GroupFull, LeadsGroup)
    register_error_pages(422, CodeMistyped, CodeUnknown)
    register_error_page(
        GroupArchived,
        409,
        _l("This is archived"),
        _l("Nobody comes in any more, and nothing is asked. Whoever leads it can bring it back."),
    )
