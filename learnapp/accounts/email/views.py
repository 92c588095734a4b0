"""E-mail pages: the address of an account, and the link by which it is confirmed."""

from datetime import datetime

from flask import Blueprint, Flask, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts import service
from learnapp.accounts.email import confirmations
from learnapp.accounts.errors import LinkEnded, TooManyTries
from learnapp.accounts.forms import EmailForm
from learnapp.accounts.limits.throttle import MAILS, throttle_key
from learnapp.accounts.models import User
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.accounts.passwords.mail import deliver, may_mail
from learnapp.accounts.responses import (
    answer_again,
    carry_out,
    client_network,
    current_throttle,
    form_page,
    limit_in_flight,
)
from learnapp.accounts.submissions import Outcome
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.policy import policy

bp = Blueprint("email", __name__, url_prefix="/account")
limit_in_flight(bp)
answer_again(bp)


@bp.route("/email", methods=["GET", "POST"])
@policy("member", once=True)
def address() -> ResponseReturnValue:
    """Let people give, change or remove the address for password resets."""
    user_id, now = current_user.id, clock.now()
    user = db.session.get_one(User, user_id)
    form, unconfirmed = EmailForm(obj=user), bool(user.email and user.email_confirmed_at is None)
    if form.validate_on_submit():
        password, email = form.password.data, form.email.data
        with form.show_errors():
            service.set_email(db.session, user_id, password, email, now, throttle=current_throttle())
            kept = _("Your e-mail address is kept.") if email else _("No e-mail address is kept.")
            response = carry_out(Outcome(url_for("accounts.account"), message=kept), user_id)
            ask_to_confirm(user_id)
            return response
    return form_page("email/address.html", form, unconfirmed=unconfirmed)


@bp.post("/email/confirmation")
@policy("member", once=True)
def send_confirmation() -> ResponseReturnValue:
    """Mail the link once more."""
    sent = _("If no more than three mails went there in an hour, another link is on its way.")
    response = carry_out(Outcome(url_for("accounts.account"), 303, message=sent), current_user.id)
    ask_to_confirm(current_user.id)
    return response


@bp.get("/email/confirm/<token>")
@policy("everyone")
def link(token: str) -> ResponseReturnValue:
    """Take the token out of the page's address at once, so that no history or referrer keeps it."""
    session["email_token"] = token[:100]
    return redirect(url_for("email.confirm"))


@bp.route("/email/confirm", methods=["GET", "POST"])
@policy("everyone", once=True)
def confirm() -> ResponseReturnValue:
    """Confirm an address at a press: what only looks at links, as some mailboxes do, confirms nothing."""
    token, now, form = session.get("email_token", ""), clock.now(), ThrottledForm()
    try:
        email = confirmations.find_address(db.session, token, now)
        if form.validate_on_submit():
            confirmations.confirm_address(db.session, token, now)
            confirmed = _("Your e-mail address is confirmed.")
            return carry_out(Outcome(url_for("lessons.home"), message=confirmed))
    except LinkEnded:
        db.session.rollback()
        session.pop("email_token", None)
        return render_template("email/ended.html"), 410
    return form_page("email/confirm.html", form, email=email)


def ask_to_confirm(user_id: int) -> None:
    """Have a link mailed after this answer, if the account has an address that is not confirmed.

    Nothing is mailed, and nothing said, where too many mails were asked for from this network.
    """
    try:
        current_throttle().count(MAILS, throttle_key("address", client_network()))
    except TooManyTries:
        return
    app, now = current_app._get_current_object(), clock.now()  # type: ignore[attr-defined]
    app.extensions["passwords.queue"].submit(lambda: mail_confirmation(app, user_id, now))


def mail_confirmation(app: Flask, user_id: int, now: datetime) -> None:
    """Make a link for an account's address and mail it, with no word of whoever typed that; runs in no request."""
    with app.app_context():
        made = confirmations.create_confirmation(db.session, user_id, now)
        db.session.commit()
        if made is None or not may_mail(current_throttle(), str(made[0].email_key)):
            return
        user, token = made
        settings = current_settings()
        with force_locale(user.language or settings.language_codes[0]):
            goal = f"{settings.address}/account/email/confirm/{token}"
            text = render_template("email/confirm_mail.txt", address=goal, site=settings.site_name)
            subject = _("Confirm your e-mail address for %(site)s", site=settings.site_name)
        deliver(settings, user_id, str(user.email), subject, text, now)
