"""Pages of an event: to coordinators who is ready, as a page, a list and a file; to volunteers how they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.groups.access import is_leader
from learnapp.groups.values import GroupSummary
from learnapp.learning.attempts.release import release_results
from learnapp.learning.review.pages import current_queue
from learnapp.quiz.item import read_digits
from learnapp.teams.errors import EventClosed
from learnapp.teams.events.access import led_event_or_404, own_event_or_404
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.events.views import EVENT
from learnapp.teams.standings import service, wording
from learnapp.teams.standings.store import expected_volunteers
from learnapp.teams.standings.values import EventStandings, ExpectedVolunteer
from learnapp.training.overview.review import program_recalls
from learnapp.training.overview.views import current_statuses
from learnapp.training.readiness.facts import facts_of
from learnapp.training.readiness.rules import PARTS, readiness
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, register_error_page
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy
from learnapp.web.spreadsheets import ascii_words, csv_response, csv_text, file_name_of

bp = Blueprint("standings", __name__)


@bp.get(EVENT)
@policy("member", obj="event")
def event(group_id: int, event_id: int) -> ResponseReturnValue:
    """Show coordinators who is ready and what is missing to whom, volunteers their own part alone."""
    team, found = own_event_or_404(group_id, event_id)
    if is_leader(team):
        return render_template("standings/event.html", leads=True, **_about(team, found))
    if team.led:
        raise NotFound
    return _own_page(team, found)


@bp.get(f"{EVENT}/list")
@policy("leader", obj="event")
def paper(group_id: int, event_id: int) -> ResponseReturnValue:
    """Show the list to print: the same rows as the page."""
    team, found = led_event_or_404(group_id, event_id)
    about = _about(team, found)
    return render_template("standings/paper.html", rows=_rows(about), **about)


@bp.get(f"{EVENT}/ready.csv")
@policy("leader", obj="event")
def file(group_id: int, event_id: int) -> Response:
    """Send the same rows for a spreadsheet."""
    team, found = led_event_or_404(group_id, event_id)
    name = file_name_of(ascii_words(found.title) or "event", f"{found.day}")
    return csv_response(csv_text(_rows(_about(team, found))), name)


@bp.post(f"{EVENT}/partner")
@policy("leader", obj="event")
def partner(group_id: int, event_id: int) -> ResponseReturnValue:
    """Note that a volunteer comes with an experienced partner, or take that back; they are not ready by that."""
    _team, found = led_event_or_404(group_id, event_id)
    user_id = read_digits(request.form.get("volunteer"))
    people = expected_volunteers(db.session, current_catalog(), found)
    if user_id is None or all(one.user_id != user_id for one in people):
        raise NotFound
    takes_back = request.form.get("action") == "take_back"
    service.note_partner(db.session, found, user_id, current_user.id, None if takes_back else clock.now())
    db.session.commit()
    flash(_("Taken back.") if takes_back else _("Noted: they come with an experienced partner."), "good")
    return _to(found, f"volunteer-{user_id}")


@bp.post(f"{EVENT}/close")
@policy("leader", obj="event")
def close(group_id: int, event_id: int) -> ResponseReturnValue:
    """Close an event and keep who was ready; pressed twice, it was closed once."""
    _team, found = led_event_or_404(group_id, event_id)
    zone = current_settings().time_zone
    try:
        service.close_event(db.session, current_catalog(), found, zone, clock.now())
        flash(_("It is closed. Who was ready is kept for 90 days."), "good")
        db.session.commit()
    except EventClosed:
        db.session.rollback()
    return _to(found)


@bp.post(f"{EVENT}/reopen")
@policy("leader", obj="event")
def reopen(group_id: int, event_id: int) -> ResponseReturnValue:
    """Let an event go on that was closed before its day was over; what was kept of it is forgotten."""
    _team, found = led_event_or_404(group_id, event_id)
    if found.closed and not found.over(clock.now()):
        service.reopen_event(db.session, found)
        db.session.commit()
        flash(_("It goes on. What was kept is forgotten."), "good")
    return _to(found)


def _about(team: GroupSummary, event: TeamEvent) -> dict[str, Any]:
    """Return what pages of an event show a coordinator: `standings` while it is open, `kept` once it is closed."""
    catalog, now = current_catalog(), clock.now()
    people = expected_volunteers(db.session, catalog, event)
    about = {"group": team, "event": event, "now": now, "program": catalog.program_by_name(event.program)}
    about |= {"has_card": catalog.card is not None}
    if event.closed:
        return {**about, "kept": service.kept_standings(people)}
    return {**about, "standings": _settled_standings(event, people, now)}


def _settled_standings(event: TeamEvent, people: Sequence[ExpectedVolunteer], now: datetime) -> EventStandings | None:
    """Return how volunteers stand for an event, after they have got the results that are due."""
    catalog, zone = current_catalog(), current_settings().time_zone
    found = service.event_standings(db.session, catalog, event, people, zone, now)
    if found and found.waiting and release_results(db.session, found.waiting, now):
        db.session.commit()
        found = service.event_standings(db.session, catalog, event, people, zone, now)
    return found


def _rows(about: dict[str, Any]) -> list[list[str]]:
    """Return the rows of an event for paper and spreadsheets, the heading first."""
    if about["event"].closed:
        return list(wording.kept_rows(about["kept"]))
    return list(wording.standing_rows(about["standings"])) if about["standings"] else []


def _own_page(team: GroupSummary, event: TeamEvent) -> str:
    """Return an event as a volunteer of its team sees it: whether they are expected, and how they stand."""
    catalog, now = current_catalog(), clock.now()
    people = expected_volunteers(db.session, catalog, event)
    own = next((one for one in people if one.user_id == current_user.id), None)
    program = catalog.program_by_name(event.program)
    status = next((one for one in current_statuses() if one.program is program), None)
    found = None
    if own is not None and status is not None and not event.closed and now <= event.moment:
        recalls = program_recalls(status.program, current_queue(), event.day)
        found = readiness(facts_of(status, recalls, event.day, event.moment))
    about = {"group": team, "event": event, "own": own, "status": status, "found": found, "now": now}
    about |= {"has_card": catalog.card is not None}
    return render_template("standings/event.html", leads=False, parts=PARTS, **about)


def _to(event: TeamEvent, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for("standings.event", group_id=event.group_id, event_id=event.id, _anchor=anchor)
    return redirect(address, 303)


def init_app(app: Flask) -> None:
    """Give templates the words of standings, and errors their pages."""
    add_template_functions(app, wording)
    register_error_page(EventClosed, 409, _l("This event is closed"), _l("What was kept of it stays as it is."))
