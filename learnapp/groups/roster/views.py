"""Pages of accounts that a group makes: its list, new ones, another user name; and how somebody takes theirs over."""

from collections.abc import Sequence

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from learnapp.accounts.errors import NameTaken
from learnapp.accounts.forms import ConfirmForm
from learnapp.accounts.responses import answer_again, current_throttle, form_page, limit_in_flight
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_class_or_404
from learnapp.groups.errors import GroupArchived, GroupFull
from learnapp.groups.membership.service import count_members
from learnapp.groups.roster import pages, service, store
from learnapp.groups.roster.forms import (
    AccountRow,
    NamesForm,
    PseudonymsForm,
    UserNameForm,
    new_accounts,
    read_rows,
    seats_left,
)
from learnapp.groups.roster.pseudonyms import propose_pseudonyms
from learnapp.groups.roster.user_names import propose_names
from learnapp.groups.values import GroupSummary
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.errors import NotFound
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

ACCOUNT = f"{GROUP}/accounts/<int(max=2147483647):user_id>"
bp = Blueprint("roster", __name__)
limit_in_flight(bp)
answer_again(bp)


@bp.get(f"{GROUP}/accounts")
@policy("leader", obj="group")
def accounts(group_id: int) -> ResponseReturnValue:
    """List the accounts that a group manages, to make cards for them."""
    group = led_class_or_404(group_id)
    managed = store.managed_accounts(db.session, group.id)
    return render_template("roster/accounts.html", group=group, accounts=managed, now=clock.now())


@bp.route(f"{GROUP}/accounts/new", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def make(group_id: int) -> ResponseReturnValue:
    """Make accounts in a group: names are typed, user names shown for them, and after that all are made or none."""
    group = led_class_or_404(group_id)
    if "user-0" in request.form:
        return _make(group)
    form = PseudonymsForm() if group.pseudonymous else NamesForm()
    form.room = _room(group)
    if form.validate_on_submit():
        return _show_rows(group, _proposed(form))
    return form_page("roster/make.html", form, group=group, rows=None, room=form.room)


@bp.route(f"{ACCOUNT}/name", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def rename(group_id: int, user_id: int) -> ResponseReturnValue:
    """Give an account of a group another user name."""
    group = led_class_or_404(group_id)
    account = store.find_managed(db.session, group.id, user_id)
    if account is None:
        raise NotFound
    form = UserNameForm(name=_new_pseudonym() if group.pseudonymous else account.user_name)
    form.pseudonymous = group.pseudonymous
    if form.validate_on_submit():
        with form.show_errors():
            service.rename(db.session, group.id, current_user.id, user_id, form.clean_name)
            said = _("The user name is changed.")  # what it is now would outlive the account by a day
            return carried_out(url_for("roster.accounts", group_id=group.id), said)
    return form_page("roster/rename.html", form, group=group, account=account)


@bp.route("/account/own", methods=["GET", "POST"])
@policy("member", once=True)
def own() -> ResponseReturnValue:
    """Let somebody whose account a group manages take it over; there is nothing here for anybody else."""
    group = pages.managing_group()
    if group is None:
        raise NotFound
    form = ConfirmForm()
    if form.validate_on_submit():
        with form.show_errors():
            service.give_away(db.session, current_user.id, form.password.data, throttle=current_throttle())
            said = _("This is your own account now. Nobody else can change its name or its password.")
            return carried_out(url_for("accounts.account"), said)
    return form_page("roster/own.html", form, group=group)


def _proposed(form: NamesForm | PseudonymsForm) -> list[AccountRow]:
    """Return a line for each account that a form asks for."""
    if isinstance(form, PseudonymsForm):
        return [AccountRow("", name) for name in propose_pseudonyms(form.count.data, _find_taken)]
    names = propose_names(form.listed, _find_taken, current_settings().site_name)
    return [AccountRow(*pair) for pair in zip(form.listed, names, strict=True)]


def _new_pseudonym() -> str:
    return propose_pseudonyms(1, _find_taken)[0]


def _make(group: GroupSummary) -> ResponseReturnValue:
    """Make the accounts that were shown, or show them again with what is wrong."""
    rows = read_rows(_find_taken, pseudonymous=group.pseudonymous)
    if any(row.problem for row in rows) or len(rows) > _room(group) or group.archived:
        return _show_rows(group, rows, 422)
    try:
        service.make_accounts(db.session, group.id, current_user.id, new_accounts(rows), clock.now())
    except (NameTaken, GroupArchived, GroupFull):  # a moment ago, by somebody else
        db.session.rollback()
        again = read_rows(_find_taken, pseudonymous=group.pseudonymous)
        return _show_rows(led_class_or_404(group.id), again, 422)
    said = ngettext(
        "%(num)s account is made. Now make its login card.",
        "%(num)s accounts are made. Now make their login cards.",
        len(rows),
    )
    return carried_out(url_for("roster.accounts", group_id=group.id), said)


def _show_rows(group: GroupSummary, rows: list[AccountRow], status: int = 200) -> ResponseReturnValue:
    room = _room(group)
    problems = [(f"user-{number}", row.problem) for number, row in enumerate(rows) if row.problem]
    if len(rows) > room:
        problems.append(("", seats_left(room)))
    return render_template("roster/make.html", group=group, rows=rows, room=room, problems=problems), status


def _find_taken(wanted: Sequence[str]) -> set[str]:
    return store.find_taken(db.session, wanted)


def _room(group: GroupSummary) -> int:
    return max(0, group.seats - count_members(db.session, group.id))


def init_app(app: Flask) -> None:
    """Give templates what they say of accounts that groups manage."""
    add_template_functions(app, pages)
