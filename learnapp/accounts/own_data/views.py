"""Own-data pages: settings, age group, all that is kept about a person, to take away or to delete."""

from dataclasses import asdict

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.identity import get_or_create_user
from learnapp.accounts.own_data.export import build_archive
from learnapp.accounts.own_data.forms import AgeForm, DeleteForm, ForgetForm, SettingsForm
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.accounts.responses import current_throttle, form_page, logged_out_response
from learnapp.accounts.service import delete_account, save_settings
from learnapp.db import db
from learnapp.sqlite import scrub
from learnapp.web import clock, display
from learnapp.web.addresses import same_site_path
from learnapp.web.policy import policy

bp = Blueprint("own_data", __name__, url_prefix="/account")


@bp.route("/settings", methods=["GET", "POST"])
@policy("member")
def settings() -> ResponseReturnValue:
    """Let people choose how they read: look, language, time zone, age group."""
    before = display.current_display()
    form = SettingsForm(obj=before, band=str(current_user.band or ""))
    if form.validate_on_submit():
        response = make_response(redirect(url_for("own_data.settings")))
        display.save(form.choices(before), response)
        save_settings(db.session, current_user.id, {"band": form.chosen_band()})
        db.session.commit()
        flash(_("Your settings are kept."), "good")
        return response
    return form_page("own_data/settings.html", form)


@bp.route("/age", methods=["GET", "POST"])
@policy("learning")
def age() -> ResponseReturnValue:
    """Let accounts and guests say which age group fits them, or take it back; no date of birth is asked.

    Without an answer nobody becomes a guest.
    """
    form, after = AgeForm(band=str(current_user.band or "")), same_site_path(request.args.get("next"))
    if form.validate_on_submit():
        band = form.chosen_band()
        if band is not None or current_user.id is not None:
            save_settings(db.session, get_or_create_user().id, {"band": band})
            db.session.commit()
        flash(_("Your choice is kept."), "good")
        return redirect(after or url_for("own_data.age"), 303)
    return form_page("own_data/age.html", form, next=after)


@bp.route("/data", methods=["GET", "POST"])
@policy("guest", "member")
def data() -> ResponseReturnValue:
    """Explain what is kept, hand it over, delete it for good."""
    user = current_user._get_current_object()
    form: ThrottledForm = ForgetForm() if user.is_guest else DeleteForm()
    password = None if user.is_guest else form.password.data
    if form.validate_on_submit():
        with form.show_errors():
            delete_account(db.session, user.id, password, throttle=current_throttle())
            db.session.commit()
            scrub(db.engine)
            erase_outbox(current_app.config["SETTINGS"].outbox, user.id)
            return logged_out_response("own_data.deleted")
    return form_page("own_data/data.html", form)


@bp.get("/data/export")
@policy("guest", "member")
def export_data() -> ResponseReturnValue:
    """Hand over all that is kept about the current user, as a zip."""
    archive = build_archive(db.session, current_user.id, clock.now())
    response = Response(archive, mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="learnapp-my-data.zip"'
    return response


@bp.get("/deleted")
@policy("everyone")
def deleted() -> ResponseReturnValue:
    """Confirm that everything is gone."""
    return render_template("own_data/deleted.html")


def save_display(look: display.Display) -> None:
    """Store display choices in the current user's account; guests have their device."""
    if current_user.is_authenticated:
        save_settings(db.session, current_user.id, asdict(look))
