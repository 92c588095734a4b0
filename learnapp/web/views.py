"""Pages that no feature owns: display settings, support, health."""

from flask import Blueprint, current_app, flash, jsonify, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from learnapp.db import db
from learnapp.web import health
from learnapp.web.display import current_display, save
from learnapp.web.forms import DisplayForm
from learnapp.web.policy import policy

bp = Blueprint("web", __name__)


@bp.get("/healthz")
@policy("everyone")
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(ok=True)


@bp.get("/readyz")
@policy("everyone")
def readyz() -> ResponseReturnValue:
    """Say whether this installation can serve; 503 with the reason where it cannot."""
    problem = health.recent_problem(db.engine)
    if problem is None:
        return jsonify(ready=True)
    return jsonify(ready=False, problem=problem), 503, {"Retry-After": "5"}


@bp.get("/support")
@policy("everyone")
def support() -> ResponseReturnValue:
    """Name whom to turn to: what the operator has set, and always someone near."""
    return render_template("web/support.html", links=current_app.config["SETTINGS"].help)


@bp.route("/display", methods=["GET", "POST"])
@policy("everyone")
def display() -> ResponseReturnValue:
    """Let anybody choose how pages look, on this device and, if signed in, in their account."""
    before = current_display()
    form = DisplayForm(obj=before)
    if form.validate_on_submit():
        response = make_response(redirect(url_for("web.display")))
        save(form.choices(before), response)
        db.session.commit()
        flash(_("Your choices are kept."), "good")
        return response
    return render_template("web/display.html", form=form), 422 if form.errors else 200
