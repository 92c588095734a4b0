"""Pages for operators' programs: metrics."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from learnapp.web.errors import NotFound
from learnapp.web.monitoring.access import is_operator
from learnapp.web.monitoring.metrics import CONTENT_TYPE, Meters
from learnapp.web.policy import policy

bp = Blueprint("monitoring", __name__)


@bp.get("/metrics")
@policy("everyone")
def metrics() -> ResponseReturnValue:
    """Return what was counted, for Prometheus; nothing is there for strangers, or while it is not switched on."""
    meters: Meters | None = current_app.extensions.get("meters")
    if meters is None or not is_operator():
        raise NotFound
    return meters.exposition(), {"Content-Type": CONTENT_TYPE}
