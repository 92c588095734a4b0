"""Pages about the own account: settings, e-mail address, password, data to take away or to delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts import forms, identity, service, sessions
from learnapp.accounts.errors import WrongPassword
from learnapp.accounts.models import User
from learnapp.accounts.own_data import export
from learnapp.accounts.own_data.forms import SettingsForm
from learnapp.accounts.passwords import rules
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.accounts.responses import bp, farewell, page, postbox, throttle
from learnapp.accounts.throttle import TooManyTries
from learnapp.db import db
from learnapp.sqlite import scrub
from learnapp.web import clock, display
from learnapp.web.policy import policy


@bp.get("")
@policy("member")
def account() -> ResponseReturnValue:
    """Show the account: what can be changed, and where it is signed in."""
    return render_template(
        "accounts/account.html",
        user=db.session.get_one(User, current_user.id),
        sessions=sessions.list_sessions(db.session, current_user.id),
    )


@bp.route("/settings", methods=["GET", "POST"])
@policy("member")
def settings() -> ResponseReturnValue:
    """Let people choose how they read: look, language, time zone, age band."""
    before = display.chosen()
    form = SettingsForm(obj=before, band=str(current_user.band or ""))
    if form.validate_on_submit():
        response = make_response(redirect(url_for("accounts.settings")))
        display.save(form.choices(before), response)
        service.save_settings(db.session, current_user.id, {"band": form.chosen_band()})
        db.session.commit()
        flash(_("Your settings are kept."), "good")
        return response
    return page("accounts/settings.html", form)


@bp.route("/email", methods=["GET", "POST"])
@policy("member")
def email() -> ResponseReturnValue:
    """Let people give, change or remove the address for password resets."""
    user_id = current_user.id
    form = forms.EmailForm(obj=db.session.get_one(User, user_id))
    if form.validate_on_submit() and done(
        form,
        lambda: service.set_email(
            db.session, user_id, form.password.data, form.kept_email, throttle=throttle()
        ),
    ):
        db.session.commit()
        flash(
            _("Your e-mail address is kept.") if form.kept_email else _("No e-mail address is kept."), "good"
        )
        return redirect(url_for("accounts.account"))
    return page("accounts/email.html", form)


@bp.route("/password", methods=["GET", "POST"])
@policy("member")
def password() -> ResponseReturnValue:
    """Let people change their password; every other browser is signed out."""
    user = current_user._get_current_object()
    form = forms.PasswordForm().for_whom(user.name, user.is_staff)
    tokens: list[str] = []

    def change() -> None:
        who = service.change_password(
            db.session, user.id, form.password.data, form.new_password.data, clock.now(), throttle=throttle()
        )
        tokens.append(who.token)

    if form.validate_on_submit() and done(form, change):
        db.session.commit()
        identity.enter(tokens[0], stay=session.permanent)
        flash(_("Your password is changed. All other browsers are signed out."), "good")
        return redirect(url_for("accounts.account"))
    return page("accounts/password.html", form, shortest=rules.shortest_for(user.is_staff))


@bp.route("/data", methods=["GET", "POST"])
@policy("guest", "member")
def data() -> ResponseReturnValue:
    """Explain what is kept, hand it over, delete it for good."""
    user = current_user._get_current_object()
    form: forms.AccountForm = forms.ForgetForm() if user.is_guest else forms.DeleteForm()
    given = None if user.is_guest else form.password.data
    if form.validate_on_submit() and done(
        form, lambda: service.delete_account(db.session, user.id, given, throttle=throttle())
    ):
        db.session.commit()
        scrub(db.engine)
        erase_outbox(postbox().outbox, user.id)
        return farewell("accounts.deleted")
    return page("accounts/data.html", form)


@bp.get("/data/export")
@policy("guest", "member")
def export_data() -> ResponseReturnValue:
    """Hand over all that is kept about whoever asks, as a zip."""
    archive = export.build_archive(db.session, current_user.id, clock.now())
    response = Response(archive, mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="learnapp-my-data.zip"'
    return response


@bp.get("/deleted")
@policy("everyone")
def deleted() -> ResponseReturnValue:
    """Confirm that everything is gone."""
    return render_template("accounts/deleted.html")


def done(form: forms.AccountForm, action: Callable[[], None]) -> bool:
    """Do what needs the owner's password and tell whether it was done; the caller commits if so.

    A wrong password is counted, hence the commit here.
    """
    try:
        action()
    except WrongPassword:
        form.password.errors = [forms.WRONG]
    except TooManyTries as many:
        form.until = many.until
    else:
        return True
    db.session.commit()
    return False


def from_display(look: display.Display) -> dict[str, Any]:
    """Return display choices as an account keeps them."""
    return {
        "theme": look.theme,
        "contrast": look.contrast,
        "language": look.language or None,
        "time_zone": look.time_zone or None,
        "neutral_titles": look.neutral_titles,
    }


def keep_display(look: display.Display) -> None:
    """Keep display choices in the account of whoever is signed in; guests have their device."""
    if current_user.is_authenticated:
        service.save_settings(db.session, current_user.id, from_display(look))
