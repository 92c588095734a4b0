"""Pages for whoever forgot the password: ask for a link, follow it, choose a new one."""

from __future__ import annotations

import smtplib
from datetime import datetime

from flask import Flask, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from learnapp.accounts import forms, identity, names
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.passwords import resets, rules
from learnapp.accounts.passwords.mail import compose, deliver
from learnapp.accounts.responses import bp, later, page, postbox, reset_address, throttle
from learnapp.accounts.throttle import FAILURES, RESETS, TooManyTries, account_key, address_key
from learnapp.db import db
from learnapp.web import clock
from learnapp.web.limits import client_network
from learnapp.web.policy import policy


@bp.route("/reset", methods=["GET", "POST"])
@policy("everyone")
def reset() -> ResponseReturnValue:
    """Mail a link to whoever forgot the password; the answer does not tell whether there is an account."""
    form = forms.ResetForm()
    if form.validate_on_submit():
        try:
            throttle().count(RESETS, address_key(client_network()))
        except TooManyTries as many:
            form.until = many.until
        else:
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            typed, now = form.name.data, clock.now()
            # After the answer: looking for the account and mailing take time that would tell.
            later().do(lambda: mail_links(app, typed, now))
            return redirect(url_for("accounts.reset_sent"))
    return page("accounts/reset.html", form)


@bp.get("/reset/sent")
@policy("everyone")
def reset_sent() -> ResponseReturnValue:
    """Say what to do now."""
    return render_template("accounts/reset_sent.html", minutes=current_app.config["SETTINGS"].reset_minutes)


@bp.get("/reset/<token>")
@policy("everyone")
def reset_link(token: str) -> ResponseReturnValue:
    """Take the token out of the address at once, so that no history or referrer keeps it."""
    session["reset_token"] = token[:100]
    return redirect(url_for("accounts.choose_password"))


@bp.route("/reset/new", methods=["GET", "POST"])
@policy("everyone")
def choose_password() -> ResponseReturnValue:
    """Let whoever came by a link choose a new password; every browser is signed out."""
    token, now = session.get("reset_token", ""), clock.now()
    try:
        opened = resets.open_link(db.session, token, now)
        form = forms.NewPasswordForm().for_whom(opened.name, opened.is_staff)
        if form.validate_on_submit():
            resets.reset_password(db.session, token, form.new_password.data, now)
            db.session.commit()
            throttle().forget(FAILURES, account_key(names.digest(names.key(opened.name))))
            identity.leave()
            flash(_("Your new password is kept. Sign in with it."), "good")
            return redirect(url_for("accounts.sign_in"))
    except LinkEnded:
        session.pop("reset_token", None)
        return render_template("accounts/link_ended.html"), 410
    return page(
        "accounts/choose_password.html",
        form,
        name=opened.name,
        shortest=rules.shortest_for(opened.is_staff),
    )


def mail_links(app: Flask, typed: str, now: datetime) -> None:
    """Make the links for a name or an address and mail them; runs after the answer, in no request."""
    settings = app.config["SETTINGS"]
    with app.app_context():
        links = resets.request_reset(db.session, typed, now, settings.reset_minutes)
        db.session.commit()
        for link in links:
            with force_locale(link.language or settings.languages.split(",")[0].strip()):
                text = render_template(
                    "accounts/reset_mail.txt",
                    link=link,
                    address=reset_address(link.token),
                    minutes=settings.reset_minutes,
                )
                mail = compose(postbox(), link.email, _("Choose a new password for Learnapp"), text, now)
            try:
                deliver(postbox(), mail, link.user_id, now)
            except (OSError, smtplib.SMTPException) as failure:
                # Only the kind: the words of a mail server may quote an address.
                app.logger.error("a password mail could not be sent: %s", type(failure).__name__)
