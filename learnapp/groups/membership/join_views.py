"""Pages of joining: a code is typed, then shown is whose group it opens and what is seen there, then one comes in.

The code of a link goes into the session at once, and the browser to an address without it: so it stays in no history
and is sent to nobody. It is looked up when the form is sent, never by opening a page: what looks ahead at links, or
another site that has a browser open some, would use up tries.
"""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.identity import JOIN_CODE
from learnapp.accounts.responses import answer_again, form_page
from learnapp.database.db import db
from learnapp.groups.errors import AlreadyMember, CodeUnknown, GroupArchived, GroupFull, LeadsGroup
from learnapp.groups.membership import pages, service, store
from learnapp.groups.membership.codes import LONGEST_TYPED
from learnapp.groups.membership.forms import UNKNOWN, JoinForm
from learnapp.groups.membership.values import Entrance
from learnapp.groups.models import JOIN
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.policy import policy

LINKED = "linked_code"  # where the session keeps what a link brought
bp = Blueprint("join", __name__, url_prefix="/join")
answer_again(bp)


@bp.route("", methods=["GET", "POST"])
@policy("everyone")
def code() -> ResponseReturnValue:
    """Ask for the code."""
    if request.method != "POST" and "code" in request.args:
        session[LINKED] = request.args["code"][:LONGEST_TYPED]
        return redirect(url_for("join.code"), 303)
    form = JoinForm(code=session.get(LINKED))
    if form.validate_on_submit():
        with form.show_errors():
            pages.group_behind(form.code.code, JOIN)
            session.pop(LINKED, None)
            session[JOIN_CODE] = form.code.code
            return redirect(url_for("join.confirm"), 303)
    return form_page("join/code.html", form)


@bp.get("/confirm")
@policy("everyone")
def confirm() -> ResponseReturnValue:
    """Show which group the code opens, and what its leaders will see and will not."""
    entrance = current_entrance()
    if entrance is None:
        return ask_again()
    return render_template("join/confirm.html", entrance=entrance), {"Cache-Control": "no-store"}


@bp.post("/confirm")
@policy("member", once=True)
def enter() -> ResponseReturnValue:
    """Come in; who cannot is shown why on the page before."""
    try:
        group_id = service.join(db.session, session.get(JOIN_CODE, ""), current_user.id, clock.now())
    except CodeUnknown:
        return ask_again()
    except (AlreadyMember, LeadsGroup, GroupFull, GroupArchived):
        return redirect(url_for("join.confirm"), 303)
    session.pop(JOIN_CODE)
    return carried_out(url_for("groups.group", group_id=group_id), _("You are in."))


def current_entrance() -> Entrance | None:
    """Return the group that this browser's code opens now."""
    group_id = store.group_of_code(db.session, session.get(JOIN_CODE, ""), JOIN, clock.now())
    return store.find_entrance(db.session, group_id, current_user.id) if group_id is not None else None


def ask_again() -> ResponseReturnValue:
    """Lead to the form; a code that has ended since it was typed is as one that there never was."""
    if session.pop(JOIN_CODE, None):
        flash(str(UNKNOWN), "bad")
    return redirect(url_for("join.code"), 303)
