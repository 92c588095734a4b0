"""Pages that no feature owns: support, health."""

from time import monotonic

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from learnapp.config import current_settings
from learnapp.db import db
from learnapp.web import health
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
    problem = health.recent_problem(db.engine, int(monotonic()))
    if problem is None:
        return jsonify(ready=True)
    return jsonify(ready=False, problem=problem), 503, {"Retry-After": "5"}


@bp.get("/support")
@policy("everyone")
def support() -> ResponseReturnValue:
    """Name whom to turn to: what the operator has set, and always someone near."""
    return render_template("web/support.html", links=current_settings().help)
