"""Pages that no feature owns: support, about and privacy, health; files that browsers and robots ask for unasked."""

from time import monotonic

from flask import Blueprint, current_app, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue

from learnapp.config.derived_keys import believed_secrets
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.web.monitoring import health
from learnapp.web.monitoring.access import is_operator
from learnapp.web.policy import policy

bp = Blueprint("web", __name__)


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
    """Say what is kept of people, and whom they can ask about it."""
    return render_template("web/about.html", settings=current_settings())


@bp.get("/favicon.ico")
@policy("everyone", handed_out=True)
def favicon() -> ResponseReturnValue:
    """Lead to the icon: browsers ask for it here, whatever pages say."""
    return redirect(current_app.extensions["assets"]["img/icon.svg"])


@bp.get("/robots.txt")
@policy("everyone", handed_out=True)
def robots() -> ResponseReturnValue:
    """Keep robots from what is a person's own; lessons may be found."""
    root = current_settings().prefix
    private = ("/account/", "/attempts/", "/me", "/author")
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in private)]
    return "\n".join(lines) + "\n", {"Content-Type": "text/plain; charset=utf-8"}
