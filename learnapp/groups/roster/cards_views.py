"""Login cards: first passwords for accounts that a group manages, shown on the page that makes them and nowhere else.

The same form sent again (a double press, a reload) gives the same cards for as long as they work: their words come
from the form's key and the secret of the app, so that nothing need be kept (docs/decisions/0024-first-passwords.md).
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts import submissions
from learnapp.accounts.errors import SentBefore
from learnapp.accounts.limits.throttle import FAILURES
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords import hashing
from learnapp.accounts.responses import client_network, current_throttle
from learnapp.accounts.submissions import Outcome, SentForm
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_class_or_404
from learnapp.groups.membership.pages import keys_of_failures
from learnapp.groups.roster import service, store
from learnapp.groups.roster.values import LoginCard, ManagedAccount
from learnapp.groups.values import GroupSummary
from learnapp.web import clock
from learnapp.web.forms import KEY_FIELD, form_key
from learnapp.web.policy import policy
from learnapp.web.spreadsheets import safe_cell

SHOWN_AS = ("as", "only")  # fields that choose how cards are shown: the form is the same with others
TICKED = "user-"  # what the names of boxes begin with; the number of an account follows
bp = Blueprint("cards", __name__)


@bp.route(f"{GROUP}/accounts/cards", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def cards(group_id: int) -> ResponseReturnValue:
    """Make login cards and show them; to whoever only comes here, say that they were shown once."""
    group = led_class_or_404(group_id)
    if request.method != "POST":
        return _page(group, [])
    sent = _sent_form()
    handed_out_at = submissions.carried_out_at(db.session, sent, current_user.id) if sent else None
    chosen = _chosen(store.managed_accounts(db.session, group.id))
    if handed_out_at is None and not 0 < len(chosen) <= service.ACCOUNTS_AT_ONCE:
        flash(_("Tick at least one account, and %(most)s at most.", most=service.ACCOUNTS_AT_ONCE), "bad")
        return redirect(url_for("roster.accounts", group_id=group.id), 303)
    with hashing.IN_FLIGHT.place(client_network()):
        key = sent.key if sent else form_key()
        handed_out_at = handed_out_at or _hand_out(group, sent, key, chosen)
        made = service.cards_of(db.session, group.id, key, handed_out_at, clock.now())
    only = request.form.get("only")
    shown = [card for card in made if str(card.user_id) == only] or made
    return _table(shown) if request.form.get("as") == "csv" else _page(group, made, shown)


def _hand_out(group: GroupSummary, sent: SentForm | None, key: str, chosen: Sequence[ManagedAccount]) -> datetime:
    """Give accounts new first passwords and return when that was: a moment ago, where the same form was quicker."""
    now, user_ids = clock.now(), [one.user_id for one in chosen]
    try:
        service.hand_out_cards(db.session, group.id, current_user.id, user_ids, key, now)
        outcome = Outcome(url_for("cards.cards", group_id=group.id), 303)
        submissions.keep_outcome(db.session, sent, outcome, current_user.id, now)
    except SentBefore:
        db.session.rollback()
        return (sent and submissions.carried_out_at(db.session, sent, current_user.id)) or now
    db.session.commit()
    for one in chosen:  # whoever was locked out gets a new start with the new card
        for key in keys_of_failures(group.id, names.key(one.user_name)):
            current_throttle().reset(FAILURES, key)
    return now


def _sent_form() -> SentForm | None:
    """Return this request's form, the same one however the cards are to be shown."""
    left_out = {KEY_FIELD, "csrf_token", *SHOWN_AS}
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in left_out]
    return submissions.read_sent_form(request.form.get(KEY_FIELD, ""), request.path, fields)


def _chosen(accounts: Sequence[ManagedAccount]) -> list[ManagedAccount]:
    """Return the accounts that this form asks cards for: those without one, all, or those that are ticked.

    A number that is none of theirs is as one that there is not.
    """
    who = request.form.get("who")
    if who == "without":
        return [one for one in accounts if not one.has_password][: service.ACCOUNTS_AT_ONCE]
    if who == "all":
        return list(accounts)
    numbers = {name.removeprefix(TICKED) for name in filter(None, request.form) if name.startswith(TICKED)}
    found = [one for one in accounts if str(one.user_id) in numbers]
    return found if len(found) == len(numbers) else abort(404)


def _page(group: GroupSummary, made: list[LoginCard], shown: Sequence[LoginCard] = ()) -> ResponseReturnValue:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", *SHOWN_AS)]
    page = render_template("cards/cards.html", group=group, made=made, shown=shown, fields=fields)
    return make_response(page, 200, {"Cache-Control": "no-store"})


def _table(cards: Sequence[LoginCard]) -> Response:
    """Return the cards as a table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([_("Name"), _("User name"), _("First password"), _("Sign in at")])
    address = f"{current_settings().address}{url_for('accounts.sign_in')}"
    for card in cards:
        writer.writerow(map(safe_cell, (card.full_name or "", card.user_name, card.secret, address)))
    headers = {"Content-Disposition": 'attachment; filename="login-cards.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)
