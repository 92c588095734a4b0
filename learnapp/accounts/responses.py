"""What the pages about accounts share: their blueprint, how a form's page is answered, the way out."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from learnapp.accounts import identity
from learnapp.accounts.destinations import onsite
from learnapp.accounts.forms import AccountForm
from learnapp.accounts.passwords.background import Later
from learnapp.accounts.passwords.mail import Postbox
from learnapp.accounts.throttle import Throttle
from learnapp.config import Settings
from learnapp.web import clock

bp = Blueprint("accounts", __name__, url_prefix="/account")

# What a browser shall forget when somebody goes.
FORGET = '"cache", "cookies", "storage"'


def page(template: str, form: AccountForm, **values: Any) -> Response:
    """Return a form's page: 200 as it is opened, 422 with what must be mended, 429 with when to try again."""
    status = 422 if form.errors else 200
    seconds = None
    if form.until is not None:
        status, seconds = 429, max(1, round((form.until - clock.now()).total_seconds()))
    response = make_response(render_template(template, form=form, seconds=seconds, **values), status)
    response.headers["Cache-Control"] = "no-store"
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def farewell(endpoint: str, **values: Any) -> Response:
    """Empty this browser's session, have it forget what it kept, and go to a last page."""
    identity.leave()
    response = redirect(url_for(endpoint, **values), 303)
    response.headers["Clear-Site-Data"] = FORGET
    response.headers["Cache-Control"] = "no-store"
    return make_response(response)


def goal() -> str:
    """Return where to go after coming in: the page that was asked for, if it is ours, else the course."""
    return onsite(request.args.get("next")) or url_for(current_app.config["HOME"])


def guest_id() -> int | None:
    """Return the guest of this browser."""
    return current_user.id if current_user.is_guest else None


def throttle() -> Throttle:
    """Return this app's throttle."""
    found: Throttle = current_app.extensions["accounts.throttle"]
    return found


def later() -> Later:
    """Return this app's worker for what is done after the answer."""
    found: Later = current_app.extensions["accounts.later"]
    return found


def reset_address(token: str) -> str:
    """Return the address of a link to choose a password; its host is the operator's word, not a request's."""
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.address}{bp.url_prefix}/reset/{token}"


def postbox() -> Postbox:
    """Return where this app's mail goes."""
    settings: Settings = current_app.config["SETTINGS"]
    return Postbox(settings.mail_url, settings.mail_from, settings.instance_path / "outbox")


def init_app(app: Flask) -> None:
    """Give the app its throttle and its worker."""
    enabled = app.config.get("RATELIMIT_ENABLED", True)
    app.extensions["accounts.throttle"] = Throttle(app.config["SETTINGS"].redis_url, enabled=enabled)
    app.extensions["accounts.later"] = Later()
