"""Pages of groups: the current user's groups, one of them, what its leaders choose, and its end."""

from collections.abc import Sequence

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.forms import ConfirmForm
from learnapp.accounts.own_data.readable import register_reader
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.accounts.passwords.service import confirm_password
from learnapp.accounts.purges import register_purge
from learnapp.accounts.responses import answer_again, carry_out, current_throttle, form_page, limit_in_flight
from learnapp.accounts.submissions import Outcome
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.database.sqlite import scrub
from learnapp.groups import ending, service, store, wording
from learnapp.groups.access import GROUP, is_leader, led_group_or_404, own_group_or_404
from learnapp.groups.assignments.dates import weeks_to_come
from learnapp.groups.assignments.models import DRAFT, PUBLISHED
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.errors import GroupEnded, StaleGroup, TooFewSeats, TooManyGroups
from learnapp.groups.forms import (
    ClassSettingsForm,
    CopyClassForm,
    CopyGroupForm,
    GroupForm,
    NewClassForm,
    TeamSettingsForm,
    VersionForm,
)
from learnapp.groups.membership.service import lock_group
from learnapp.groups.models import CLASS, NAME_ROOM, TEAM
from learnapp.groups.outcomes.pages import LedAssignment, led_assignments
from learnapp.groups.values import GroupEnd, GroupSummary, Member
from learnapp.learning.attempts.release import release_results
from learnapp.web import clock
from learnapp.web.errors import register_error_page, register_error_pages
from learnapp.web.login import LEADING_ROLES
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("groups", __name__)
limit_in_flight(bp)
answer_again(bp)


@bp.get("/groups")
@policy("member")
def groups() -> ResponseReturnValue:
    """List the groups that the current user leads or is in."""
    own, may_lead = store.groups_of(db.session, current_user.id), current_user.role in LEADING_ROLES
    counts = store.member_counts(db.session, [group.id for group in own if group.led]) if may_lead else {}
    return render_template("groups/groups.html", groups=own, may_lead=may_lead, counts=counts)


@bp.route("/groups/new", methods=["GET", "POST"])
@policy("leader", once=True)
def new() -> ResponseReturnValue:
    """Make a class that the current user leads."""
    form = NewClassForm()
    if form.validate_on_submit():
        chosen, pseudonymous = form.settings, form.pseudonymous.data
        with form.show_errors():
            group_id = service.create_group(
                db.session, current_user.id, CLASS, chosen, clock.now(), pseudonymous=pseudonymous
            )
            return carried_out(url_for("groups.group", group_id=group_id))
    return form_page("groups/new.html", form)


@bp.route("/groups/new/team", methods=["GET", "POST"])
@policy("leader", once=True)
def new_team() -> ResponseReturnValue:
    """Make a team that the current user leads."""
    form = GroupForm()
    if form.validate_on_submit():
        with form.show_errors():
            group_id = service.create_group(db.session, current_user.id, TEAM, form.settings, clock.now())
            return carried_out(url_for("groups.group", group_id=group_id))
    return form_page("groups/new_team.html", form)


@bp.get(GROUP)
@policy("member", obj="group")
def group(group_id: int) -> ResponseReturnValue:
    """Show a group: to its leaders with what they do there, to its members what is asked of them."""
    group = own_group_or_404(group_id)
    leads = is_leader(group)
    members = store.members_of(db.session, group.id) if leads else []
    assigned = settled_assignments(group, members) if leads and not group.is_team else ()
    people = {"members": members, "assigned": assigned} if leads else {}
    leaders = [one for one in store.leaders_of(db.session, group.id) if one.may_lead]
    return render_template("groups/group.html", group=group, leads=leads, leaders=leaders, **people)


@bp.get(f"{GROUP}/members")
@policy("leader", obj="group")
def members(group_id: int) -> ResponseReturnValue:
    """Show the members of a group, each to be removed."""
    group = led_group_or_404(group_id)
    return render_template("groups/members.html", group=group, members=store.members_of(db.session, group.id))


@bp.route(f"{GROUP}/settings", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def settings(group_id: int) -> ResponseReturnValue:
    """Let a leader rename a group and choose what it has; if another was quicker, what was typed stays."""
    group = led_group_or_404(group_id)
    settings_form = TeamSettingsForm if group.is_team else ClassSettingsForm
    form = settings_form(obj=group, **({} if group.is_team else {"band": str(group.band or "")}))
    if form.validate_on_submit():
        with form.show_errors():
            try:
                service.change_group(db.session, group.id, form.seen_version, form.settings)
            except StaleGroup:
                return stale_page(form, group.id)
            return carried_out(url_for("groups.group", group_id=group.id), _("Your changes are kept."))
    return form_page("groups/settings.html", form, group=group)


@bp.route(f"{GROUP}/duplicate", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def duplicate(group_id: int) -> ResponseReturnValue:
    """Make a group like this one: what was asked as drafts, dates some weeks later, and nobody in it."""
    group = led_group_or_404(group_id)
    asked = assignments_of(db.session, group.id, group.local_zone, DRAFT, PUBLISHED).assignments
    weeks = weeks_to_come((one.chosen for one in asked), group.local_zone, clock.now())
    suffix = _(" (copy)")
    copy_form = CopyGroupForm if group.is_team else CopyClassForm
    form = copy_form(name=group.name[: NAME_ROOM - len(suffix)] + suffix, weeks=weeks)
    if form.validate_on_submit():
        with form.show_errors():
            made = service.duplicate_group(db.session, current_user.id, group, form.clean_name, form.later, clock.now())
            return carried_out(url_for("groups.group", group_id=made))
    return form_page("groups/duplicate.html", form, group=group, asked=asked)


@bp.post(f"{GROUP}/archive")
@policy("leader", obj="group")
def archive(group_id: int) -> ResponseReturnValue:
    """Archive a group: nobody comes in, and nothing new is asked."""
    service.archive_group(db.session, led_group_or_404(group_id).id, clock.now())
    db.session.commit()
    return redirect(url_for("groups.group", group_id=group_id), 303)


@bp.post(f"{GROUP}/bring-back")
@policy("leader", obj="group")
def bring_back(group_id: int) -> ResponseReturnValue:
    """Bring an archived group back."""
    service.bring_back_group(db.session, led_group_or_404(group_id).id)
    db.session.commit()
    return redirect(url_for("groups.group", group_id=group_id), 303)


@bp.route(f"{GROUP}/end", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def end(group_id: int) -> ResponseReturnValue:
    """Say what goes with a group, and end it for good when its leader gives the password."""
    group, form = led_group_or_404(group_id), ConfirmForm()
    if form.validate_on_submit():
        with form.show_errors():
            confirm_password(db.session, current_user.id, form.password.data, throttle=current_throttle())
            lock_group(db.session, group.id)
            led_group_or_404(group.id)  # once more: a password takes its time, and its leader may lead it no longer
            accounts = ending.end_group(db.session, group.id)
            ended = carried_out(url_for("groups.groups"), _("“%(name)s” has ended.", name=group.name))
            scrub(db.engine)
            for user_id in accounts:
                erase_outbox(current_settings().outbox, user_id)
            return ended
    return form_page("groups/end.html", form, group=group, contents=ending.contents_of(db.session, group.id))


def stale_page(form: VersionForm, group_id: int) -> ResponseReturnValue:
    """Show what another leader has made of a group meanwhile, below it what was typed, to be kept after all."""
    db.session.rollback()
    group = led_group_or_404(group_id)
    form.version.data = str(group.version)
    return render_template("groups/settings.html", form=form, group=group, newer=group), 409


def settled_assignments(group: GroupSummary, members: Sequence[Member]) -> tuple[LedAssignment, ...]:
    """Return what is asked of a group, after its members have got the results that are due."""
    assigned, due = led_assignments(group, members)
    if due and release_results(db.session, due, clock.now()):
        db.session.commit()
        assigned, _due = led_assignments(group, members)
    return assigned


def group_end(group: GroupSummary) -> GroupEnd | None:
    """Return when a group ends by itself, None for one that goes on."""
    return ending.end_of(group.archived_at, group.ends_at, clock.now())


def carried_out(location: str, message: str = "") -> ResponseReturnValue:
    """Commit what the form of this request has changed, and lead on; sent again it leads there, too."""
    return carry_out(Outcome(location, 303, message=message), current_user.id)


def init_app(app: Flask) -> None:
    """Give templates the words for groups, errors their pages, and have groups ended that are over."""
    add_template_functions(app, wording)
    app.jinja_env.globals.update(group_end=group_end)
    for table in ("memberships", "invitations"):
        register_reader(table, store.with_group_names, "group")
    register_error_page(GroupEnded, 404)
    register_error_pages(409, StaleGroup, TooFewSeats, TooManyGroups)
    register_purge(ending.purge_groups)
