"""Password pages: change it, ask for a link when it is forgotten, follow the link, choose a new one."""

from datetime import datetime

from flask import Blueprint, Flask, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.email.addresses import EMAIL_ROOM
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.identity import stays
from learnapp.accounts.limits.throttle import FAILURES, MAILS, throttle_key
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords import resets, service
from learnapp.accounts.passwords.background import BackgroundQueue
from learnapp.accounts.passwords.forms import FirstPasswordForm, NewPasswordForm, PasswordForm, ResetForm
from learnapp.accounts.passwords.mail import deliver, discard, may_mail
from learnapp.accounts.responses import (
    answer_again,
    carry_out,
    client_network,
    current_device,
    current_throttle,
    form_page,
    limit_in_flight,
    next_url,
    reset_address,
)
from learnapp.accounts.submissions import Outcome
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.policy import policy

bp = Blueprint("passwords", __name__, url_prefix="/account")
limit_in_flight(bp)
answer_again(bp)


@bp.route("/password", methods=["GET", "POST"])
@policy("member", once=True)
def change_password() -> ResponseReturnValue:
    """Let people change their password; every other browser is signed out."""
    user = current_user._get_current_object()
    form = PasswordForm().for_account(user.name, user.is_staff)
    if form.validate_on_submit():
        present, new = form.password.data, form.new_password.data
        with form.show_errors():
            token = service.change_password(
                db.session, user.id, present, new, clock.now(), current_device(), throttle=current_throttle()
            )
            changed = _("Your password is changed. All other browsers are signed out.")
            return carry_out(Outcome(url_for("accounts.account"), message=changed, token=token, stay=stays()))
    return form_page("passwords/change_password.html", form)


@bp.route("/password/first", methods=["GET", "POST"])
@policy("member", once=True, handed_out=True)
def first_password() -> ResponseReturnValue:
    """Have somebody whose password was handed out choose their own; nothing else is open to them before."""
    user = current_user._get_current_object()
    if user.secret_expires_at is None:
        return redirect(next_url())
    form = FirstPasswordForm().for_account(user.name, user.is_staff)
    if form.validate_on_submit():
        with form.show_errors():
            new = form.new_password.data
            token = service.choose_own_password(db.session, user.id, new, clock.now(), current_device())
            return carry_out(Outcome(next_url(), message=_("Your own password is kept."), token=token, stay=stays()))
    return form_page("passwords/first_password.html", form, next=request.args.get("next"))


@bp.route("/reset", methods=["GET", "POST"])
@policy("everyone", once=True)
def reset() -> ResponseReturnValue:
    """Mail a link to choose a new password; the answer does not tell whether there is an account."""
    form = ResetForm()
    if form.validate_on_submit():
        with form.show_errors():
            current_throttle().count(MAILS, throttle_key("address", client_network()))
            response = carry_out(Outcome(url_for("passwords.reset_sent")))
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            typed, now = form.name.data, clock.now()
            # After the answer: looking for the account and mailing take time that would tell.
            app.extensions["passwords.queue"].submit(lambda: mail_links(app, typed, now))
            return response
    return form_page("passwords/reset.html", form)


@bp.get("/reset/sent")
@policy("everyone")
def reset_sent() -> ResponseReturnValue:
    """Say what to do now."""
    return render_template("passwords/reset_sent.html", minutes=current_settings().reset_minutes)


@bp.get("/reset/<token>")
@policy("everyone")
def reset_link(token: str) -> ResponseReturnValue:
    """Take the token out of the address at once, so that no history or referrer keeps it."""
    session["reset_token"] = token[:100]
    return redirect(url_for("passwords.choose_password"))


@bp.route("/reset/new", methods=["GET", "POST"])
@policy("everyone", once=True)
def choose_password() -> ResponseReturnValue:
    """Let somebody who came by a link choose a new password; every browser is signed out."""
    token, now = session.get("reset_token", ""), clock.now()
    try:
        owner = resets.find_link_owner(db.session, token, now)
        form = NewPasswordForm().for_account(owner.name, owner.is_staff)
        if form.validate_on_submit():
            resets.reset_password(db.session, token, form.new_password.data, now)
            kept = _("Your new password is kept. Sign in with it.")
            response = carry_out(Outcome(url_for("accounts.sign_in"), message=kept, ends=True), owner.id)
            current_throttle().reset(FAILURES, throttle_key("account", names.key(owner.name)))
            return response
    except LinkEnded:
        db.session.rollback()
        session.pop("reset_token", None)
        return render_template("passwords/link_ended.html"), 410
    return form_page("passwords/choose_password.html", form, name=owner.name)


def mail_links(app: Flask, typed: str, now: datetime) -> None:
    """Make the links for a name or an address and mail them, at one go; runs after the answer, in no request.

    For nobody the same is done and thrown away: what it takes would tell whoever sends the next request.
    """
    with app.app_context():
        settings = current_settings()
        minutes = settings.reset_minutes
        links = resets.request_links(db.session, typed, now, minutes)
        db.session.commit()
        user = links[0][0]
        to = str(user.email_key) if user else typed[:EMAIL_ROOM]
        addresses = [(user.name if user else "", reset_address(token)) for user, token in links]
        language = user.language if user else None
        with force_locale(language or settings.language_codes[0]):
            words = {"links": addresses, "minutes": minutes, "site": settings.site_name}
            text = render_template("passwords/reset_mail.txt", **words)
            subject = _("Choose a new password for %(site)s", site=settings.site_name)
        if may_mail(current_throttle(), to):
            if user:
                deliver(settings, user.id, str(user.email), subject, text, now)
            else:
                discard(settings, subject, text, now)


def init_app(app: Flask) -> None:
    """Give the app its queue of mails."""
    app.extensions["passwords.queue"] = BackgroundQueue()
