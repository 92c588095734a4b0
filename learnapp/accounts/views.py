"""Account pages: sign up, sign in, sign out, the account itself and where it is signed in."""

from dataclasses import asdict

from flask import Blueprint, Flask, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts import forms, identity, service, sessions
from learnapp.accounts.email.views import ask_to_confirm
from learnapp.accounts.errors import (
    AddressUnreadable,
    InvalidInput,
    LinkEnded,
    NameTaken,
    SentBefore,
    TooManyGuests,
    TooManyTries,
    WrongPassword,
)
from learnapp.accounts.guests.views import guest_to_ask_about
from learnapp.accounts.limits.counters import DatabaseCounter, RedisCounter
from learnapp.accounts.limits.known_browsers import remember
from learnapp.accounts.limits.throttle import SIGN_UPS, Throttle, throttle_key
from learnapp.accounts.models import User
from learnapp.accounts.names.rules import key
from learnapp.accounts.own_data.forms import band_words
from learnapp.accounts.own_data.holds import AccountHeld
from learnapp.accounts.passwords import hashing
from learnapp.accounts.passwords.service import confirm_password
from learnapp.accounts.responses import (
    answer_again,
    carry_out,
    client_network,
    current_device,
    current_throttle,
    form_page,
    limit_in_flight,
    next_url,
    outcome_response,
)
from learnapp.accounts.submissions import Outcome
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.browser.cookies import KNOWN, sent_cookie, set_cookie
from learnapp.web.browser.form_tokens import passes_after_login
from learnapp.web.display import current_display
from learnapp.web.errors import register_error_page, register_error_pages
from learnapp.web.policy import policy

KNOWN_SECONDS = 180 * 24 * 3600
bp = Blueprint("accounts", __name__, url_prefix="/account")
limit_in_flight(bp)
answer_again(bp)


@bp.route("/sign-up", methods=["GET", "POST"])
@policy("signed_out", once=True)
def sign_up() -> ResponseReturnValue:
    """Make a learner's account; what was done as a guest stays with it."""
    form = forms.SignUpForm(take=current_user.is_guest)
    if form.validate_on_submit():
        name, password, email = form.name.data, form.password.data, form.email.data
        settings, guest_id = asdict(current_display()), current_user.id if form.take.data else None
        with form.show_errors():
            current_throttle().count(SIGN_UPS, throttle_key("address", client_network()))
            token = service.sign_up(
                db.session, name, password, email, clock.now(), guest_id, current_device(), **settings
            )
            ready = _("Your account is ready, and you are signed in.")
            response = carry_out(Outcome(next_url(), message=ready, token=token, stay=form.stay.data))
            ask_to_confirm(current_user.id)
            return response
    return form_page("accounts/sign_up.html", form, next=request.args.get("next"))


@bp.route("/sign-in", methods=["GET", "POST"])
@policy("signed_out", once=True)
def sign_in() -> ResponseReturnValue:
    """Let somebody in who has an account."""
    form = forms.SignInForm()
    if form.validate_on_submit():
        name, password = form.name.data, form.password.data
        throttle, network, known = current_throttle(), client_network(), sent_cookie(KNOWN)
        with form.show_errors():
            token = service.sign_in(db.session, name, password, clock.now(), throttle, network, current_device(), known)
            # There whoever is staff is sent on.
            goal = url_for("guest.left", next=next_url()) if identity.browser_guest() else next_url()
            response = carry_out(Outcome(goal, token=token, stay=form.stay.data))
            set_cookie(response, KNOWN, remember(key(name), known), KNOWN_SECONDS)
            return response
    ended = identity.drop_ended_login()  # said once
    return form_page("accounts/sign_in.html", form, next=request.args.get("next"), ended=ended)


@bp.post("/sign-out")
@policy("everyone", handed_out=True)
@passes_after_login
def sign_out() -> ResponseReturnValue:
    """End this browser's session, here and in the database; pressed twice, or after its end, it is as at first.

    A guest has no account to come back to, and may forget all.
    """
    if current_user.is_guest and not identity.drop_ended_login():
        return redirect(url_for("own_data.forget"), 303)
    if current_user.session_id is not None:
        sessions.close_session(db.session, current_user.id, current_user.session_id)
        db.session.commit()
    return outcome_response(Outcome(url_for("accounts.signed_out"), 303, ends=True, clears=True, keeps_known=True))


@bp.route("/sign-out-everywhere", methods=["GET", "POST"])
@policy("member", once=True)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of this person, who gives the password, so that nobody else at this browser does it."""
    form, user_id = forms.ConfirmForm(), current_user.id
    if form.validate_on_submit():
        with form.show_errors():
            confirm_password(db.session, user_id, form.password.data, throttle=current_throttle())
            outcome = Outcome(
                url_for("accounts.signed_out", everywhere=1), 303, ends=True, clears=True, keeps_known=True
            )
            sessions.close_all(db.session, user_id)
            return carry_out(outcome, user_id)
    return form_page("accounts/sign_out_everywhere.html", form)


@bp.post("/sessions/end")
@policy("member", once=True)
def end_session() -> ResponseReturnValue:
    """End one session of this person; another person's is as one that there is not."""
    number = request.form.get("session", "")
    own = number.isascii() and number.isdecimal() and len(number) < 10
    if not own or not sessions.close_session(db.session, current_user.id, int(number)):
        abort(404)
    outcome = Outcome(url_for("accounts.account"), 303, message=_("That browser is signed out."))
    return carry_out(outcome, current_user.id)


@bp.get("/signed-out")
@policy("everyone", handed_out=True)
def signed_out() -> ResponseReturnValue:
    """Confirm that this browser is signed out."""
    return render_template("accounts/signed_out.html", everywhere="everywhere" in request.args)


@bp.get("")
@policy("member")
def account() -> ResponseReturnValue:
    """Show the account: what can be changed, and where it is signed in."""
    return render_template(
        "accounts/account.html",
        user=db.session.get_one(User, current_user.id),
        sessions=sessions.list_sessions(db.session, current_user.id),
        guest=guest_to_ask_about(),
    )


def init_app(app: Flask) -> None:
    """Connect accounts to the app: how many passwords are checked at once, where tries are counted."""
    identity.init_app(app)
    app.jinja_env.globals.update(band_words=band_words)
    settings = app.config["SETTINGS"]
    hashing.share_cores(settings.processes)
    app.extensions["password_wait_observers"] = hashing.wait_observers
    with app.app_context():
        redis = RedisCounter(settings.redis_url) if settings.redis_url else None
        app.extensions["accounts.throttle"] = Throttle(DatabaseCounter(db.engine), redis)
    register_error_pages(409, SentBefore, NameTaken, AccountHeld)
    register_error_pages(410, LinkEnded)
    register_error_pages(422, InvalidInput, WrongPassword)
    register_error_pages(429, TooManyTries)
    register_error_page(
        TooManyGuests,
        429,
        _l("Very many people have begun here today"),
        _l(
            "So many people have begun without an account from the network that you use (a school, for example) that we"
            " can keep nothing for one more just now. With an account you can go on at once; without one, try again in"
            " an hour. You can go on reading meanwhile."
        ),
        links=(("accounts.sign_in", _l("Sign in")), ("accounts.sign_up", _l("Make an account"))),
        retry_after=3600,
    )
    register_error_page(
        AddressUnreadable,
        400,
        _l("This site is not set up right"),
        _l(
            "It cannot tell where your request comes from, so nobody can sign in. Whoever runs it finds in the log why."
        ),
    )
    register_error_page(
        hashing.Busy,
        503,
        _l("Very many people are signing in just now"),
        _l("Wait a few seconds and try again. Nothing is lost."),
    )
