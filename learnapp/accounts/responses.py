"""Responses of account pages: a form's page, the response to signing out, where to go after signing in."""

import ipaddress
from typing import Any, cast

from flask import Response, current_app, make_response, redirect, render_template, request, url_for

from learnapp.accounts import identity
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.accounts.throttle import Throttle
from learnapp.config import current_settings
from learnapp.db import db
from learnapp.web import clock
from learnapp.web.addresses import same_site_path


def form_page(template: str, form: ThrottledForm, **values: Any) -> Response:
    """Return a form's page: 200 as it is opened, 422 with what must be mended, 429 with when to try again."""
    status, seconds, headers = 422 if form.errors else 200, None, {"Cache-Control": "no-store"}
    if form.until is not None:
        status, seconds = 429, max(1, round((form.until - clock.now()).total_seconds()))
        headers["Retry-After"] = str(seconds)
    if status != 200:
        db.session.rollback()  # nothing was changed, and no lock is held while the page is made
    return make_response(render_template(template, form=form, seconds=seconds, **values), status, headers)


def logged_out_response(endpoint: str, **values: Any) -> Response:
    """Empty this browser's session, have it delete what it stored, and redirect to a last page."""
    identity.log_out()
    headers = {"Clear-Site-Data": '"cache", "cookies", "storage"', "Cache-Control": "no-store"}
    return make_response(redirect(url_for(endpoint, **values), 303), headers)


def next_url() -> str:
    """Return where to go after signing in: the page that was asked for, if it is ours, else the course."""
    return same_site_path(request.args.get("next")) or url_for("lessons.home")


def current_throttle() -> Throttle:
    """Return this app's throttle."""
    return cast(Throttle, current_app.extensions["accounts.throttle"])


def client_network() -> str:
    """Return the client's IPv4 address, or the /64 network that one IPv6 client owns."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))


def reset_address(token: str) -> str:
    """Return the address of a link to choose a password; the operator names its host, never a request."""
    return f"{current_settings().address}/account/reset/{token}"
