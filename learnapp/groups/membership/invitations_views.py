"""Pages of invitations: what one is asked, and the answer."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.responses import answer_again
from learnapp.database.db import db
from learnapp.groups.access import GROUP
from learnapp.groups.errors import AlreadyMember, GroupArchived, GroupFull, LeadsGroup
from learnapp.groups.membership import invitations, pages, store
from learnapp.groups.membership.values import OpenInvitation
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
    invited = own_invitation_or_404(group_id)
    entrance = store.find_entrance(db.session, group_id, current_user.id, invited.role)
    return render_template("invitations/invitation.html", entrance=entrance, giver=invited.in_place_of)


@bp.post(f"{GROUP}/invitation/accept")
@policy("member", obj="invitation", once=True)
def accept(group_id: int) -> ResponseReturnValue:
    """Come in, or begin to lead."""
    try:
        invitations.accept(db.session, group_id, current_user.id, clock.now())
    except (AlreadyMember, LeadsGroup, GroupFull, GroupArchived):
        return redirect(url_for("invitations.invitation", group_id=group_id), 303)
    return carried_out(url_for("groups.group", group_id=group_id), _("You are in."))


@bp.post(f"{GROUP}/invitation/decline")
@policy("member", obj="invitation", once=True)
def decline(group_id: int) -> ResponseReturnValue:
    """Decline; nobody is told."""
    own_invitation_or_404(group_id)
    invitations.decline(db.session, group_id, current_user.id)
    return carried_out(url_for("groups.groups"), _("You have declined. Nobody was told."))


def own_invitation_or_404(group_id: int) -> OpenInvitation:
    """Return the current user's invitation to a group; raises NotFound where there is none."""
    for invited in pages.own_invitations():
        if invited.group_id == group_id:
            return invited
    raise NotFound
