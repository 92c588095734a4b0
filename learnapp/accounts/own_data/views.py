"""Own-data pages: settings, age band, all that is kept about a person, to take away or to delete."""

from dataclasses import asdict

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.guests.service import delete_guest
from learnapp.accounts.identity import forget_guest
from learnapp.accounts.own_data import kept_words
from learnapp.accounts.own_data.export import build_archive
from learnapp.accounts.own_data.forms import AgeForm, DeleteForm, SettingsForm, band_of
from learnapp.accounts.own_data.holds import holds_on
from learnapp.accounts.own_data.kept import kept_tables
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.accounts.responses import (
    answer_again,
    current_throttle,
    form_page,
    keep_outcome,
    limit_in_flight,
    outcome_response,
)
from learnapp.accounts.service import delete_account, save_settings
from learnapp.accounts.submissions import Outcome
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.database.sqlite import scrub
from learnapp.web import clock
from learnapp.web.display import current_display, set_cookie
from learnapp.web.forms import DisplayForm
from learnapp.web.http.addresses import same_site_path
from learnapp.web.http.requests import wants_json
from learnapp.web.policy import policy

bp = Blueprint("own_data", __name__)
limit_in_flight(bp)
answer_again(bp)


@bp.route("/display", methods=["GET", "POST"])
@policy("everyone", handed_out=True)
def display() -> ResponseReturnValue:
    """Let anybody choose how pages look, on this device and, if signed in, in their account.

    A lesson asks for some of it in place: what a form does not ask stays, and `next` leads back.
    """
    form, after = DisplayForm(obj=current_display()), same_site_path(request.args.get("next"))
    if form.validate_on_submit():
        response = _save_display(form, after or url_for("own_data.display"))
        db.session.commit()
        if not wants_json():
            flash(_("Your choices are kept."), "good")
        return response
    return render_template("own_data/display.html", form=form), 422 if form.errors else 200


@bp.route("/account/settings", methods=["GET", "POST"])
@policy("member")
def settings() -> ResponseReturnValue:
    """Let people choose how they read: display, language, time zone, age band."""
    form = SettingsForm(obj=current_display(), band=str(current_user.band or ""))
    if form.validate_on_submit():
        response = _save_display(form, url_for("own_data.settings"), band=band_of(form))
        db.session.commit()
        flash(_("Your settings are kept."), "good")
        return response
    return form_page("own_data/settings.html", form)


@bp.route("/account/age", methods=["GET", "POST"])
@policy("learning")
def age() -> ResponseReturnValue:
    """Let anybody say which age band fits, or take it back; without an answer nobody becomes a guest."""
    form, after = AgeForm(band=str(current_user.band or "")), same_site_path(request.args.get("next"))
    if form.validate_on_submit():
        band = band_of(form)
        if band is not None or current_user.id is not None:
            save_settings(db.session, get_or_create_user().id, {"band": band})
            db.session.commit()
        flash(_("Your choice is kept."), "good")
        return redirect(after or url_for("own_data.age"), 303)
    return form_page("own_data/age.html", form, next=after)


@bp.get("/privacy")
@policy("everyone", handed_out=True)
def privacy() -> ResponseReturnValue:
    """Say what is stored and for how long, table by table, from the rules of the columns themselves."""
    site = current_settings()
    headings = {
        kept_words.YOU: _("Stored: who you are here"),
        kept_words.LEARNING: _("Stored: what you read and answer"),
        kept_words.CLASSES: _("Stored: classes and teams"),
        kept_words.SAFETY: _("Stored: so that the site is safe"),
    }
    parts = [(part, words, list(kept_tables(kept_words.WORDS, part, site))) for part, words in headings.items()]
    return render_template("own_data/privacy.html", parts=parts, settings=site)


@bp.route("/account/data", methods=["GET", "POST"])
@policy("guest", "member", once=True)
def data() -> ResponseReturnValue:
    """Explain what is kept, hand it over, delete it for good; guests, who have no password, on a page of its own."""
    if current_user.is_guest and request.method == "POST":
        return redirect(url_for("own_data.forget"), 303)
    form = DeleteForm()
    if form.validate_on_submit():
        user_id = current_user.id
        with form.show_errors():
            outcome = Outcome(url_for("own_data.deleted"), 303, ends=True, clears=True)
            delete_account(db.session, user_id, form.password.data, throttle=current_throttle())
            keep_outcome(outcome)
            db.session.commit()
            scrub(db.engine)
            erase_outbox(current_settings().outbox, user_id)
            return outcome_response(outcome)
    holds = [] if current_user.is_guest else holds_on(db.session, current_user.id)
    return form_page("own_data/data.html", form, holds=holds)


@bp.route("/account/forget", methods=["GET", "POST"])
@policy("signed_out")
def forget() -> ResponseReturnValue:
    """Say what a guest has left here, and delete it at one press, here and in this browser."""
    if request.method != "POST":
        return render_template("own_data/forget.html")
    if current_user.id is not None:
        delete_guest(db.session, current_user.id)
        db.session.commit()
        scrub(db.engine)
    forget_guest()
    return outcome_response(Outcome(url_for("own_data.deleted"), 303, ends=True, clears=True))


@bp.get("/account/data/export")
@policy("guest", "member")
def export_data() -> ResponseReturnValue:
    """Hand over all that is kept about the current user, as a zip."""
    archive = build_archive(db.session, current_user.id, clock.now())
    disposition = {"Content-Disposition": 'attachment; filename="learnapp-my-data.zip"'}
    return Response(archive, mimetype="application/zip", headers=disposition)


@bp.get("/account/deleted")
@policy("everyone")
def deleted() -> ResponseReturnValue:
    """Confirm that everything is gone."""
    return render_template("own_data/deleted.html")


def _save_display(form: DisplayForm, after: str, **more: int | None) -> Response:
    """Store display choices on this device and in an account; return a redirect. Guests have their device."""
    display = form.chosen_display(current_display())
    if current_user.is_authenticated:
        save_settings(db.session, current_user.id, {**asdict(display), **more})
    response = make_response(redirect(after))
    set_cookie(response, display)
    return response
