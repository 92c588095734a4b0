"""Teacher pages: make a teacher's account where that is open to all, or by a link that an operator handed out."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.email.views import ask_to_confirm
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.identity import stays
from learnapp.accounts.limits.throttle import SIGN_UPS, throttle_key
from learnapp.accounts.passwords.forms import PasswordForm
from learnapp.accounts.responses import (
    answer_again,
    carry_out,
    client_network,
    current_device,
    current_throttle,
    form_page,
    limit_in_flight,
)
from learnapp.accounts.service import sign_up as make_account
from learnapp.accounts.submissions import Outcome
from learnapp.accounts.teachers.forms import TeacherSignUpForm
from learnapp.accounts.teachers.invitations import become_teacher, require_open, sign_up_by_link
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.display import current_display
from learnapp.web.login import TEACHER
from learnapp.web.policy import policy

LINK = "teacher_token"  # in this browser's session, once it came by a link
bp = Blueprint("teachers", __name__, url_prefix="/account")
limit_in_flight(bp)
answer_again(bp)


@bp.route("/sign-up/teacher", methods=["GET", "POST"])
@policy("signed_out", once=True)
def sign_up() -> ResponseReturnValue:
    """Make a teacher's account, where the operator lets everybody."""
    if not current_settings().teachers_sign_up:
        return render_template("teachers/by_invitation.html"), 403
    return _sign_up(url_for("teachers.sign_up"))


@bp.get("/teacher/<token>")
@policy("everyone")
def link(token: str) -> ResponseReturnValue:
    """Take the token out of the address at once, so that no history or referrer keeps it."""
    session[LINK] = token[:100]
    return redirect(url_for("teachers.invited"))


@bp.route("/teacher", methods=["GET", "POST"])
@policy("everyone", once=True)
def invited() -> ResponseReturnValue:
    """Let somebody who came by a link make a teacher's account, or a learner their own account one."""
    token = session.get(LINK, "")
    try:
        require_open(db.session, token, clock.now())
        if current_user.is_staff:
            flash(_("Your account has more rights than a student’s already. The link was not used."))
            return redirect(url_for("accounts.account"))
        return _become_teacher(token) if current_user.is_authenticated else _sign_up(url_for("teachers.invited"), token)
    except LinkEnded:
        db.session.rollback()
        session.pop(LINK, None)
        return render_template("teachers/ended.html"), 410


def _sign_up(action: str, link_token: str = "") -> Response:
    """Answer the form of a new teacher's account, which a link pays for where there is one."""
    form = TeacherSignUpForm()
    if form.validate_on_submit():
        name, password, email, now = form.name.data, form.password.data, form.email.data, clock.now()
        about: dict[str, Any] = {"device": current_device(), **asdict(current_display())}
        with form.show_errors():
            current_throttle().count(SIGN_UPS, throttle_key("address", client_network()))
            if link_token:
                token = sign_up_by_link(db.session, link_token, name, password, email, now, **about)
            else:
                token = make_account(db.session, name, password, email, now, None, role=TEACHER, **about)
            ready = _("Your account is ready, and you are signed in. Now you can make your first class.")
            response = carry_out(Outcome(url_for("groups.groups"), message=ready, token=token, stay=form.stay.data))
            ask_to_confirm(current_user.id)
            return response
    return form_page("teachers/sign_up.html", form, action=action)


def _become_teacher(link_token: str) -> Response:
    """Answer the form by which a learner becomes a teacher."""
    user = current_user._get_current_object()
    form = PasswordForm().for_account(user.name, staff=True)
    if form.validate_on_submit():
        typed = form.password.data, form.new_password.data
        with form.show_errors():
            token = become_teacher(
                db.session, link_token, user.id, *typed, clock.now(), current_device(), throttle=current_throttle()
            )
            ready = _("You are a teacher here now. All other browsers are signed out.")
            return carry_out(Outcome(url_for("groups.groups"), message=ready, token=token, stay=stays()))
    return form_page("teachers/invited.html", form)
