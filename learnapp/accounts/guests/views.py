"""Guest page: whoever signs in where a guest has learned decides what becomes of that."""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts import identity
from learnapp.accounts.forms import GuestForm
from learnapp.accounts.guests import service as guests
from learnapp.accounts.identity import CurrentUser
from learnapp.accounts.responses import next_url
from learnapp.database.db import db
from learnapp.database.sqlite import scrub
from learnapp.web.policy import policy

bp = Blueprint("guest", __name__, url_prefix="/account")


@bp.route("/guest", methods=["GET", "POST"])
@policy("member")
def left() -> ResponseReturnValue:
    """Ask a learner whether to take, leave or delete what a guest has left in this browser; leaving changes nothing."""
    guest = guest_to_ask_about()
    if guest is None:
        return redirect(next_url(), 303)
    form = GuestForm()
    if not form.validate_on_submit():
        page = render_template("guest/left.html", form=form, guest=guest, next=request.args.get("next"))
        return make_response(page, 422 if form.errors else 200, {"Cache-Control": "no-store"})
    response = redirect(next_url(), 303)
    if form.choice.data == "take":
        guests.take_guest(db.session, guest.id, current_user.id)
        db.session.commit()
        identity.forget_guest()
        flash(_("What was done here is in your account now."), "good")
    elif form.choice.data == "delete":
        guests.delete_guest(db.session, guest.id)
        db.session.commit()
        scrub(db.engine)
        identity.forget_guest()
        flash(_("What was done here is deleted."), "good")
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def guest_to_ask_about() -> CurrentUser | None:
    """Return the guest in this browser; None for staff, who never take what a learner did."""
    return None if current_user.is_staff else identity.browser_guest()
