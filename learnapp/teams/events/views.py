"""Pages of events: a coordinator makes one for a team, changes it, and deletes it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import exists as exists_row

from learnapp.accounts.identity import register_fact
from learnapp.accounts.models import User
from learnapp.accounts.own_data.readable import register_reader
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.accounts.purges import register_purge
from learnapp.accounts.responses import answer_again, form_page
from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_team_or_404, require_running
from learnapp.groups.assignments.local_time import exists, local_moment
from learnapp.groups.models import MEMBER, Membership
from learnapp.groups.store import members_of
from learnapp.groups.views import carried_out
from learnapp.learning.notices import NoticePlace, register_notices
from learnapp.teams.errors import EventClosed, StaleEvent, TooManyEvents
from learnapp.teams.events import service, store, wording
from learnapp.teams.events.access import led_event_or_404
from learnapp.teams.events.forms import EventForm
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.models import Event
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_pages
from learnapp.web.i18n import today
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("events", __name__)
answer_again(bp)

EVENTS = f"{GROUP}/events"
EVENT = f"{EVENTS}/<int(max=2147483647):event_id>"
IN_TEAM_WITH_EVENT = "in-a-team-with-an-open-event"  # the fact that spares everybody else a statement


@bp.route(f"{EVENTS}/new", methods=["GET", "POST"])
@policy("leader", obj="group", repeated=("members",), once=True)
def new(group_id: int) -> ResponseReturnValue:
    """Make an event of a team."""
    team = led_team_or_404(group_id)
    require_running(team)
    members = members_of(db.session, team.id)
    form = EventForm(current_catalog(), team, members, today())
    if form.validate_on_submit():
        with form.show_errors():
            made = service.create_event(db.session, team.id, form.plan, form.recipients, clock.now())
            goal = url_for("standings.event", group_id=team.id, event_id=made)
            return carried_out(goal, _("The event is made.") + moved_words(form))
    return form_page("events/new.html", form, group=team, members=members)


@bp.route(f"{EVENT}/edit", methods=["GET", "POST"])
@policy("leader", obj="event", repeated=("members",), once=True)
def edit(group_id: int, event_id: int) -> ResponseReturnValue:
    """Change an event; whoever was second is shown what is stored now, and keeps what they typed."""
    team, event = led_event_or_404(group_id, event_id)
    require_running(team)
    if event.closed:
        raise EventClosed
    members, expected = members_of(db.session, team.id), store.expected_of(db.session, event.id)
    form = EventForm(current_catalog(), team, members, today(), event, expected)
    if form.validate_on_submit():
        try:
            service.change_event(db.session, event, form.seen_version, form.plan, form.recipients)
        except StaleEvent:
            db.session.rollback()
            team, newer = led_event_or_404(group_id, event_id)
            form.version.data = str(newer.version)
            page = render_template("events/edit.html", form=form, group=team, event=newer, members=members, newer=newer)
            return make_response(page, 409)
        goal = url_for("standings.event", group_id=team.id, event_id=event.id)
        return carried_out(goal, _("Your changes are kept.") + moved_words(form))
    return form_page("events/edit.html", form, group=team, event=event, members=members)


@bp.route(f"{EVENT}/delete", methods=["GET", "POST"])
@policy("leader", obj="event", once=True)
def delete(group_id: int, event_id: int) -> ResponseReturnValue:
    """Say what goes with an event, and delete it."""
    team, event = led_event_or_404(group_id, event_id)
    form = ThrottledForm()
    if form.validate_on_submit():
        service.delete_event(db.session, event)
        goal = url_for("groups.group", group_id=team.id)
        return carried_out(goal, _("“%(title)s” is deleted.", title=event.title))
    return form_page("events/delete.html", form, group=team, event=event)


def moved_words(form: EventForm) -> str:
    """Return what becomes of a time that the clocks leave out on its day, after a space; nothing for any other."""
    day, starts, zone = form.day.data, form.starts.data, ZoneInfo(form.zone.data)
    if exists(day, starts, zone):
        return ""
    later = local_moment(day, starts, zone).astimezone(zone)
    told = _("%(time)s is left out on that day, as clocks are put forward: it is %(later)s.",
             time=f"{starts:%H:%M}", later=f"{later:%H:%M}")  # fmt: skip
    return f" {told}"


def team_events(group_id: int) -> list[TeamEvent]:
    """Return the events of a team, those to come first, then those behind, the newest first."""
    found, now = store.events_of(db.session, group_id), clock.now()
    to_come = [event for event in found if not event.closed and not event.over(now)]
    return [*to_come, *(event for event in reversed(found) if event not in to_come)]


def event_notice(place: NoticePlace) -> Markup:
    """Return, for the first page and that of one's own learning, the events at which somebody is expected."""
    if place.lesson is not None or IN_TEAM_WITH_EVENT not in current_user.facts:
        return Markup()
    now = clock.now()
    found = store.events_expecting(db.session, current_user.id, (now - timedelta(days=1)).date())
    coming = [event for event in found if not event.over(now)]
    return Markup(render_template("events/_notice.html", events=coming, now=now)) if coming else Markup()  # noqa: S704


def init_app(app: Flask) -> None:
    """Give templates what they show of events, pages of learning their notice, and have old events deleted."""
    add_template_functions(app, wording)
    app.jinja_env.globals.update(team_events=team_events)
    member = (Membership.user_id == User.id) & (Membership.role == MEMBER) & (Membership.group_id == Event.group_id)
    register_fact(app, IN_TEAM_WITH_EVENT, exists_row().where(member, Event.closed_at.is_(None)))
    register_notices(app, event_notice)
    register_reader("event_volunteers", store.with_event_titles, "event")
    register_purge(service.purge_events)
    register_error_pages(409, StaleEvent, TooManyEvents)
