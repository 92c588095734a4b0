"""Pages that no feature owns: support, about, contact, health; files that browsers and robots ask for unasked."""

from time import monotonic

from flask import Blueprint, current_app, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue

from learnapp.config.derived_keys import believed_secrets
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.web.catalog import current_catalog
from learnapp.web.monitoring import health
from learnapp.web.monitoring.access import is_operator
from learnapp.web.policy import policy

bp = Blueprint("web", __name__)
# Beginnings of addresses behind which nothing is for everybody.
PRIVATE = ("/account", "/attempts/", "/author", "/groups", "/join", "/me", "/search", "/teaching/")


@bp.get("/healthz")
@policy("everyone", handed_out=True)
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(ok=True)


@bp.get("/readyz")
@policy("everyone", handed_out=True)
def readyz() -> ResponseReturnValue:
    """Say whether this installation can serve; 503 where it cannot, and to an operator why."""
    problem = health.recent_problem(db.engine, believed_secrets(), int(monotonic()))
    if problem is None:
        return jsonify(ready=True)
    why = {"problem": problem} if is_operator() else {}
    return jsonify(ready=False, **why), 503, {"Retry-After": "5"}


@bp.get("/support")
@policy("everyone", handed_out=True)
def support() -> ResponseReturnValue:
    """Name whom to turn to: what the operator has set, and always someone near."""
    return render_template("web/support.html", links=current_settings().help)


@bp.get("/about")
@policy("everyone", handed_out=True)
def about() -> ResponseReturnValue:
    """Say what the course is and how it is checked."""
    holder = current_app.extensions["catalog"]
    return render_template("web/about.html", source=holder.source, lessons=len(current_catalog().lessons))


@bp.get("/contact")
@policy("everyone", handed_out=True)
def contact() -> ResponseReturnValue:
    """Say how to reach whoever runs the site, or that no address is set."""
    return render_template("web/contact.html", settings=current_settings())


@bp.get("/favicon.ico")
@policy("everyone", handed_out=True)
def favicon() -> ResponseReturnValue:
    """Lead to the icon: browsers ask for it here, whatever pages say."""
    return redirect(current_app.extensions["assets"]["img/favicon.ico"])


@bp.get("/robots.txt")
@policy("everyone", handed_out=True)
def robots() -> ResponseReturnValue:
    """Keep robots from what is a person's own, and from strong lessons: nobody shall come upon them unprepared."""
    root = current_settings().prefix
    strong = (one.key for one in current_catalog().lessons.values() if one.sensitivity == "strong")
    closed = (*PRIVATE, *(f"/modules/{key}" for key in strong))
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in closed)]
    return "\n".join(lines) + "\n", {"Content-Type": "text/plain; charset=utf-8"}
