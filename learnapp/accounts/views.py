"""Pages for coming in and going out. The blueprint's other pages are in own_data and passwords."""

from __future__ import annotations

from flask import Flask, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts import forms, identity, responses, service, sessions
from learnapp.accounts.errors import NameTaken, WrongPassword
from learnapp.accounts.own_data import age_views
from learnapp.accounts.own_data import views as own_data_views
from learnapp.accounts.passwords import rules
from learnapp.accounts.passwords import views as password_views
from learnapp.accounts.responses import bp, farewell, goal, guest_id, page, throttle
from learnapp.accounts.throttle import SIGN_UPS, TooManyTries, address_key
from learnapp.db import db
from learnapp.web import clock, display
from learnapp.web.errors import register_error_page
from learnapp.web.limits import client_network
from learnapp.web.policy import policy

__all__ = ["age_views", "bp", "init_app", "own_data_views", "password_views"]


@bp.route("/sign-up", methods=["GET", "POST"])
@policy("visitor")
def sign_up() -> ResponseReturnValue:
    """Make a learner's account; what was done as a guest stays with it."""
    form = forms.SignUpForm()
    if form.validate_on_submit():
        look = display.chosen()
        try:
            throttle().count(SIGN_UPS, address_key(client_network()))
            who = service.sign_up(
                db.session, form.name.data, form.password.data, form.kept_email, clock.now(), guest_id()
            )
        except NameTaken:
            form.name.errors = [forms.TAKEN]
        except TooManyTries as many:
            form.until = many.until
        else:
            service.save_settings(db.session, who.user_id, own_data_views.from_display(look))
            db.session.commit()
            identity.enter(who.token, stay=form.stay.data)
            flash(_("Your account is ready, and you are signed in."), "good")
            return redirect(goal())
    return page("accounts/sign_up.html", form, next=request.args.get("next"))


@bp.route("/sign-in", methods=["GET", "POST"])
@policy("visitor")
def sign_in() -> ResponseReturnValue:
    """Let somebody in who has an account."""
    form = forms.SignInForm()
    if form.validate_on_submit():
        try:
            who = service.sign_in(
                db.session,
                form.name.data,
                form.password.data,
                clock.now(),
                throttle=throttle(),
                network=client_network(),
                guest_id=guest_id(),
            )
        except WrongPassword:
            form.form_errors.append(forms.NO_ENTRY)
        except TooManyTries as many:
            form.until = many.until
        else:
            db.session.commit()
            identity.enter(who.token, stay=form.stay.data)
            return redirect(goal())
        db.session.commit()  # failures count
    return page("accounts/sign_in.html", form, next=request.args.get("next"), ended=_has_ended())


@bp.post("/sign-out")
@policy("everyone")
def sign_out() -> ResponseReturnValue:
    """End this browser's session, here and in the database."""
    if current_user.session_id is not None:
        sessions.close_session(db.session, current_user.session_id)
        db.session.commit()
    return farewell("accounts.signed_out")


@bp.post("/sign-out-everywhere")
@policy("member")
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of this person."""
    sessions.close_all(db.session, current_user.id)
    db.session.commit()
    return farewell("accounts.signed_out", everywhere=1)


@bp.get("/signed-out")
@policy("everyone")
def signed_out() -> ResponseReturnValue:
    """Confirm that this browser is signed out."""
    return render_template("accounts/signed_out.html", everywhere="everywhere" in request.args)


def init_app(app: Flask) -> None:
    """Connect accounts to the app."""
    identity.init_app()
    responses.init_app(app)
    display.on_save(own_data_views.keep_display)
    register_error_page(
        rules.Busy,
        503,
        _l("Very many people are signing in just now"),
        _l("Wait a few seconds and try again. Nothing is lost."),
        retry_after=5,
    )


def _has_ended() -> bool:
    """Tell, once, whether this browser holds the token of a session that has ended."""
    return current_user.id is None and session.pop("_user_id", None) is not None
