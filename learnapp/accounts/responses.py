"""Responses of account pages: a form's page, what follows a form that was carried out, where to go after signing in."""

from dataclasses import replace
from typing import Any, cast

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from learnapp.accounts import identity, submissions
from learnapp.accounts.devices import Device, device_of
from learnapp.accounts.errors import AddressUnreadable
from learnapp.accounts.limits.networks import network_of
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.passwords import hashing
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.accounts.submissions import Outcome, SentForm
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.browser.cookies import KNOWN, delete_cookie
from learnapp.web.browser.form_tokens import is_of_this_browser
from learnapp.web.forms import KEY_FIELD
from learnapp.web.http.addresses import same_site_path
from learnapp.web.policy import policy_of


def form_page(template: str, form: ThrottledForm, **values: Any) -> Response:
    """Return a form's page: 200 as it is opened, 422 with what must be mended, 429 with when to try again."""
    status, seconds, headers = 422 if form.errors else 200, None, {"Cache-Control": "no-store"}
    if form.until is not None:
        status, seconds = 429, max(1, round((form.until - clock.now()).total_seconds()))
        headers["Retry-After"] = str(seconds)
    if status != 200:
        db.session.rollback()  # nothing was changed, and no lock is held while the page is made
    return make_response(render_template(template, form=form, seconds=seconds, **values), status, headers)


def keep_outcome(outcome: Outcome, user_id: int | None = None) -> None:
    """Keep what this request's form leads to, before the commit; raises SentBefore, see `submissions.keep_outcome`."""
    submissions.keep_outcome(db.session, current_sent_form(), outcome, user_id, clock.now())
    g.outcome_kept = True


def carry_out(outcome: Outcome, user_id: int | None = None) -> Response:
    """Commit what the form of this request has changed, and lead on; sent again, it leads there, too."""
    keep_outcome(outcome, user_id)
    db.session.commit()
    return outcome_response(outcome)


def outcome_response(outcome: Outcome) -> Response:
    """Do in this browser what follows a form that was carried out, and redirect."""
    if outcome.token:
        identity.log_in(outcome.token, stay=outcome.stay)
    elif outcome.ends:
        identity.log_out()
    waiting = [words for _, words in session.get("_flashes", ())]  # not shown yet, as the form was sent twice
    if outcome.message and outcome.message not in waiting:
        flash(outcome.message, "good")
    response = make_response(redirect(outcome.location, outcome.status))
    if outcome.clears:
        # Our cookies are deleted by themselves, too. Below a path the others on the host would lose theirs, and a
        # guest whom somebody left in this browser stays there.
        kept = outcome.keeps_known or current_settings().prefix or identity.browser_guest()
        cookies = "" if kept else '"cookies", '
        if not outcome.keeps_known:
            delete_cookie(response, KNOWN)
        response.headers["Clear-Site-Data"] = f'"cache", {cookies}"storage"'
        response.headers["Cache-Control"] = "no-store"
    return response


def current_sent_form() -> SentForm | None:
    """Return the form of this request, where it is one that must not be carried out twice and holds its key."""
    view_policy = policy_of(current_app, request.endpoint or "")
    if request.method != "POST" or view_policy is None or not view_policy.once:
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in (KEY_FIELD, "csrf_token")]
    return submissions.read_sent_form(request.form.get(KEY_FIELD, ""), request.full_path, fields)


def repeated_response() -> Response | None:
    """Return the answer that this very form got before, None where it is new.

    What it did to the session is done again where this is the browser that got the form; where the person has gone
    on meanwhile, the session stays as it is. Nobody else gets an answer, whatever key they send.
    """
    sent = current_sent_form()
    found = submissions.find_outcome(db.session, sent) if sent else None
    if found is None:
        return None
    outcome, owner = found
    if current_user.id is not None and current_user.id == owner:
        return outcome_response(replace(outcome, token=""))
    if not is_of_this_browser():
        return None
    if outcome.token and identity.find_user(outcome.token) is None:  # signed out since
        outcome = replace(outcome, token="", message="")
    return outcome_response(outcome)


def next_url() -> str:
    """Return where to go after signing in: the page that was asked for, if it is ours, else the course."""
    return same_site_path(request.args.get("next")) or url_for("lessons.home")


def current_throttle() -> Throttle:
    """Return this app's throttle, for the form of this request if it holds a key: sent again, it tries only once."""
    throttle = cast(Throttle, current_app.extensions["accounts.throttle"])
    sent = current_sent_form() if has_request_context() else None
    return throttle.of_form(sent.digest) if sent else throttle


def current_device() -> Device:
    """Return the words by which this browser is known again in a list."""
    return device_of(request.headers.get("User-Agent", ""))


def client_network() -> str:
    """Return the network of this request's client; raises AddressUnreadable, and says in the log what to mend.

    Were it some word for all whose address cannot be read, ten wrong tries would stop everybody.
    """
    try:
        return network_of(request.remote_addr or "")
    except ValueError as error:
        current_app.logger.warning(
            "no client’s address in what came as one: see what the reverse proxy writes into X-Forwarded-For, "
            "and LEARNAPP_PROXY_HOPS"
        )
        raise AddressUnreadable from error


def reset_address(token: str) -> str:
    """Return the address of a link to choose a password; the operator names its host, never a request."""
    return f"{current_settings().address}/account/reset/{token}"


def first_response(response: Response) -> Response:
    """Return in place of a refusal what the same form was answered that was carried out already."""
    try:
        if "outcome_kept" in g or current_sent_form() is None:
            return response
    except RequestEntityTooLarge:  # whoever was refused before the form was read
        return response
    db.session.rollback()
    return repeated_response() or response


def answer_again(bp: Blueprint) -> None:
    """Have a blueprint's forms answered as they were at first.

    Before the view, so that nothing is done or counted again; and after it, as the form itself may have ended the
    session that it came with, or the first one may have been carried out in that moment.
    """
    bp.before_request(repeated_response)
    bp.after_request(first_response)


def limit_in_flight(bp: Blueprint) -> None:
    """Let one network have only so many requests with a password of these pages answered at once."""

    @bp.before_request
    def enter() -> None:
        if request.method == "POST" and any("password" in (name or "") for name in request.form):
            hashing.IN_FLIGHT.enter(network := client_network())
            g.network_with_password = network

    @bp.teardown_request
    def leave(_error: BaseException | None) -> None:
        if (network := g.pop("network_with_password", None)) is not None:
            hashing.IN_FLIGHT.leave(network)
