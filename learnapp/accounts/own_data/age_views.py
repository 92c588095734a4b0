"""The page on which anybody says which age group fits them, or takes it back. No date of birth is asked."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts import service
from learnapp.accounts.destinations import onsite
from learnapp.accounts.identity import get_or_create_user
from learnapp.accounts.own_data.forms import AgeForm
from learnapp.accounts.responses import bp, page
from learnapp.db import db
from learnapp.web.policy import policy


@bp.route("/age", methods=["GET", "POST"])
@policy("learning")
def age() -> ResponseReturnValue:
    """Keep an age group for accounts and guests alike; who says nothing stays nobody."""
    form, goal = AgeForm(band=str(current_user.band or "")), onsite(request.args.get("next"))
    if form.validate_on_submit():
        band = form.chosen_band()
        if band is not None or current_user.id is not None:
            service.save_settings(db.session, get_or_create_user().id, {"band": band})
            db.session.commit()
        flash(_("Your choice is kept."), "good")
        return redirect(goal or url_for("accounts.age"), 303)
    return page("accounts/age.html", form, next=goal)
