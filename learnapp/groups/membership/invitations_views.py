"""Pages of invitations: what one is asked, and the answer."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.responses import answer_again
from learnapp.database.db import db
from learnapp.groups.access import GROUP
from learnapp.groups.errors import AlreadyMember, GroupArchived, GroupFull, InvitationEnded, LeadsGroup
from learnapp.groups.membership import invitations, pages, store
from learnapp.groups.membership.values import Entrance
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("invitations", __name__)
answer_again(bp)


@bp.get(f"{GROUP}/invitation")
@policy("member", obj="invitation")
def invitation(group_id: int) -> ResponseReturnValue:
    """Show which group one is invited to, and what its leaders will see and will not."""
    return render_template("invitations/invitation.html", entrance=invited_entrance_or_404(group_id))


@bp.post(f"{GROUP}/invitation/accept")
@policy("member", obj="invitation", once=True)
def accept(group_id: int) -> ResponseReturnValue:
    """Come in, or begin to lead."""
    try:
        invitations.accept(db.session, group_id, current_user.id, clock.now())
    except InvitationEnded as error:
        raise NotFound from error
    except (AlreadyMember, LeadsGroup, GroupFull, GroupArchived):
        return redirect(url_for("invitations.invitation", group_id=group_id), 303)
    return carried_out(url_for("groups.group", group_id=group_id), _("You are in."))


@bp.post(f"{GROUP}/invitation/decline")
@policy("member", obj="invitation", once=True)
def decline(group_id: int) -> ResponseReturnValue:
    """Decline; nobody is told."""
    invited_entrance_or_404(group_id)
    invitations.decline(db.session, group_id, current_user.id)
    return carried_out(url_for("groups.groups"), _("You have declined. Nobody was told."))


def invited_entrance_or_404(group_id: int) -> Entrance:
    """Return a group to which the current user is invited; raises NotFound for any other."""
    roles = {one.group_id: one.role for one in pages.own_invitations()}
    entrance = (
        store.find_entrance(db.session, group_id, current_user.id, roles[group_id]) if group_id in roles else None
    )
    if entrance is None:
        raise NotFound
    return entrance
