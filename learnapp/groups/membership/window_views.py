"""Pages of sign-in windows: a leader opens one for half an hour, and the class signs in there.

Behind one address a few who mistype would keep all others out. At a window failures count for the account and for the
window, not for the network; so it takes a code that stands on the wall, and lets nobody in but who is in the class.
"""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from learnapp.accounts import identity, service
from learnapp.accounts.limits.known_browsers import remember
from learnapp.accounts.names.rules import key
from learnapp.accounts.responses import (
    answer_again,
    carry_out,
    client_network,
    current_device,
    current_throttle,
    form_page,
    limit_in_flight,
)
from learnapp.accounts.submissions import Outcome
from learnapp.accounts.views import KNOWN_SECONDS
from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_class_or_404
from learnapp.groups.membership import pages
from learnapp.groups.membership.codes import LONGEST_TYPED
from learnapp.groups.membership.forms import WindowForm
from learnapp.groups.membership.service import WINDOW_LASTS, close_code, open_code
from learnapp.groups.membership.tries import sign_in_window
from learnapp.groups.models import SIGN_IN
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.browser.cookies import KNOWN, sent_cookie, set_cookie
from learnapp.web.policy import policy

LINKED = "window_code"  # where the session keeps what a link brought
bp = Blueprint("window", __name__)
limit_in_flight(bp)
answer_again(bp)


@bp.get(f"{GROUP}/window")
@policy("leader", obj="group")
def window(group_id: int) -> ResponseReturnValue:
    """Show a group's sign-in window, to be put on the wall."""
    group = led_class_or_404(group_id)
    return render_template("window/window.html", group=group, open=pages.window_code(group.id))


@bp.post(f"{GROUP}/window/open")
@policy("leader", obj="group", once=True)
def open_window(group_id: int) -> ResponseReturnValue:
    """Open the sign-in window of a group, with a new code, for half an hour."""
    group = led_class_or_404(group_id)
    open_code(db.session, group.id, SIGN_IN, clock.now(), WINDOW_LASTS)
    return carried_out(url_for("window.window", group_id=group.id))


@bp.post(f"{GROUP}/window/close")
@policy("leader", obj="group")
def close_window(group_id: int) -> ResponseReturnValue:
    """Close the sign-in window of a group before its time."""
    group = led_class_or_404(group_id)
    close_code(db.session, group.id, SIGN_IN)
    db.session.commit()
    return redirect(url_for("groups.group", group_id=group.id), 303)


@bp.route("/join/window", methods=["GET", "POST"])
@policy("signed_out", once=True)
def sign_in() -> ResponseReturnValue:
    """Let a member of the class in whose code is on the wall."""
    if request.method != "POST" and "code" in request.args:
        session[LINKED] = request.args["code"][:LONGEST_TYPED]
        return redirect(url_for("window.sign_in"), 303)
    form = WindowForm(code=session.get(LINKED))
    if form.validate_on_submit():
        with form.show_errors():
            return _let_in(form)
    return form_page("window/sign_in.html", form)


def _let_in(form: WindowForm) -> ResponseReturnValue:
    """Sign somebody in; raises CodeUnknown, WrongPassword, TooManyTries."""
    name, network, known = form.name.data, client_network(), sent_cookie(KNOWN)
    group_id = pages.group_behind(form.code.code, SIGN_IN)
    token = service.sign_in(
        db.session,
        name,
        form.password.data,
        clock.now(),
        current_throttle(),
        network,
        current_device(),
        known,
        sign_in_window(group_id, form.code.code),
    )
    goal = url_for("groups.group", group_id=group_id)
    response = carry_out(
        Outcome(
            url_for("guest.left", next=goal) if identity.browser_guest() else goal, token=token, stay=form.stay.data
        )
    )
    set_cookie(response, KNOWN, remember(key(name), known), KNOWN_SECONDS)
    return response
