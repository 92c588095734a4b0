"""Pages of assignments: assign, change, copy, what differs for one member."""

from typing import Any

from flask import Blueprint, Flask, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from learnapp.accounts.responses import answer_again, carry_out, form_page
from learnapp.accounts.submissions import Outcome
from learnapp.database.db import db
from learnapp.groups.access import GROUP, led_class_or_404, member_or_404, require_running
from learnapp.groups.assignments import service, store, wording
from learnapp.groups.assignments.dates import effective_dates
from learnapp.groups.assignments.errors import AssignmentChanged, MemberGone, TooManyAssignments
from learnapp.groups.assignments.forms import AssignmentForm, CopyForm
from learnapp.groups.assignments.local_time import LocalTime, local_moment
from learnapp.groups.assignments.member_forms import ExtensionForm, StandingForm
from learnapp.groups.assignments.models import ARCHIVED, DRAFT, PUBLISHED
from learnapp.groups.assignments.values import AssignmentSummary, recipient_rows
from learnapp.groups.store import groups_of, members_of
from learnapp.groups.values import GroupSummary
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, register_error_page, register_error_pages
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("assignments", __name__)
answer_again(bp)

ASSIGNMENTS = f"{GROUP}/assignments"
ASSIGNMENT = f"{ASSIGNMENTS}/<int(max=2147483647):assignment_id>"
MEMBER = "<int(max=2147483647):user_id>"
STATES = {"publish": PUBLISHED, "archive": ARCHIVED, "bring_back": DRAFT}


def assignment_or_404(group: GroupSummary, assignment_id: int) -> AssignmentSummary:
    """Return an assignment of a group; raises NotFound for any other."""
    found = store.find_assignment(db.session, group.id, assignment_id)
    if found is None:
        raise NotFound
    return found


@bp.route(f"{ASSIGNMENTS}/new", methods=["GET", "POST"])
@policy("leader", obj="group", repeated=("members",), once=True)
def new(group_id: int) -> ResponseReturnValue:
    """Assign something to a class, or keep it as a draft."""
    group = led_class_or_404(group_id)
    require_running(group)
    members = members_of(db.session, group.id)
    form = AssignmentForm(current_catalog(), group, members)
    if form.validate_on_submit():
        publish = request.form.get("action") != "draft"
        with form.show_errors():
            made = service.assign(db.session, group.id, form.plan(), clock.now(), publish=publish)
            words = _("It is assigned.") if publish else _("The draft is kept. Nobody sees it yet.")
            return carried_out(group, made, f"{words}{moved_words(form.moved_times(), group)}")
    return form_page("assignments/new.html", form, group=group, members=members)


@bp.get(ASSIGNMENT)
@policy("leader", obj="group")
def assignment(group_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show a leader what is asked, of whom and until when, and what differs for whom."""
    group = led_class_or_404(group_id)
    asked = store.assignments_of(db.session, group.id, group.local_zone)
    found = next((one for one in asked.assignments if one.id == assignment_id), None)
    if found is None:
        raise NotFound
    rows = recipient_rows(asked, found, members_of(db.session, group.id))
    dates = effective_dates(found.chosen, group.local_zone)
    return render_template(
        "assignments/assignment.html", group=group, assignment=found, dates=dates, rows=rows, now=clock.now()
    )


@bp.route(f"{ASSIGNMENT}/edit", methods=["GET", "POST"])
@policy("leader", obj="group", repeated=("members",), once=True)
def edit(group_id: int, assignment_id: int) -> ResponseReturnValue:
    """Change an assignment; whoever was second is shown what is stored now, and keeps what they typed."""
    group = led_class_or_404(group_id)
    require_running(group)
    found, members = assignment_or_404(group, assignment_id), members_of(db.session, group.id)
    asked = store.assignments_of(db.session, group.id, group.local_zone)
    form = AssignmentForm(current_catalog(), group, members, found, asked.recipients.get(found.id, ()))
    about: dict[str, Any] = {"group": group, "members": members, "assignment": found}
    if form.validate_on_submit():
        try:
            service.change(db.session, found, form.read_version, form.plan())
        except AssignmentChanged:
            return changed_page(form, **about)
        return carried_out(group, found.id, f"{_('The change is kept.')}{moved_words(form.moved_times(), group)}")
    return form_page("assignments/edit.html", form, **about)


def changed_page(form: AssignmentForm, group: GroupSummary, assignment: AssignmentSummary, **about: Any) -> Response:
    """Show what somebody else has stored meanwhile, below it what was typed, to be kept after all."""
    db.session.rollback()
    newest = assignment_or_404(group, assignment.id)
    form.version.data = newest.version
    about |= {"group": group, "assignment": assignment, "newest": newest, "now": clock.now()}
    dates = effective_dates(newest.chosen, group.local_zone)
    return make_response(render_template("assignments/edit.html", form=form, dates=dates, **about), 409)


@bp.post(f"{ASSIGNMENT}/state")
@policy("leader", obj="group")
def state(group_id: int, assignment_id: int) -> ResponseReturnValue:
    """Publish a draft, archive an assignment or bring it back as a draft; again it stays as it is."""
    group = led_class_or_404(group_id)
    found = assignment_or_404(group, assignment_id)
    action = request.form.get("action", "")
    if action not in STATES:
        raise BadRequest
    service.set_state(db.session, found, STATES[action], clock.now())
    db.session.commit()
    words = {
        "publish": _("It is assigned."),
        "archive": _("It is archived, and asked of nobody any more. What was done is kept."),
        "bring_back": _("It is a draft again. Nobody sees it until you assign it."),
    }
    flash(words[action], "good")
    return redirect(url_for("assignments.assignment", group_id=group.id, assignment_id=found.id), 303)


@bp.route(f"{ASSIGNMENT}/copy", methods=["GET", "POST"])
@policy("leader", obj="group", once=True)
def copy(group_id: int, assignment_id: int) -> ResponseReturnValue:
    """Make a draft of the same, for this class or another of the leader's, its dates later by some weeks."""
    group = led_class_or_404(group_id)
    found = assignment_or_404(group, assignment_id)
    led = [one for one in groups_of(db.session, current_user.id) if one.led and not one.archived and not one.is_team]
    form = CopyForm(led, group)
    if form.validate_on_submit():
        goal = led_class_or_404(form.group.data)
        asked = store.assignments_of(db.session, group.id, group.local_zone)
        recipients = asked.recipients.get(found.id, frozenset())
        with form.show_errors():
            made = service.copy_assignment(db.session, found, group, goal, form.weeks.data, clock.now(), recipients)
            return carried_out(goal, made, _("This is the copy, a draft. Nobody sees it until you assign it."))
    return form_page("assignments/copy.html", form, group=group, assignment=found)


@bp.route(f"{ASSIGNMENT}/members/{MEMBER}", methods=["GET", "POST"])
@policy("leader", obj="group")
def extension(group_id: int, assignment_id: int, user_id: int) -> ResponseReturnValue:
    """Let something differ for one member: later dates, further tries, or nothing is asked; or take that back."""
    group = led_class_or_404(group_id)
    require_running(group)
    found, member = assignment_or_404(group, assignment_id), member_or_404(group, user_id)
    asked = store.assignments_of(db.session, group.id, group.local_zone)
    dates = effective_dates(found.chosen, group.local_zone)
    form = ExtensionForm(dates, asked.extensions.get((found.id, member.user_id)))
    if form.validate_on_submit():
        extended, reason = form.extension()
        service.extend(db.session, found, member.user_id, extended, reason, clock.now())
        db.session.commit()
        words = _("%(name)s has these dates now.", name=member.name)
        flash(f"{words}{moved_words(form.moved_times(), group)}", "good")
        return redirect(url_for("assignments.assignment", group_id=group.id, assignment_id=found.id), 303)
    own = asked.dates(found, member.user_id, member.standing_days)
    about = {"group": group, "assignment": found, "member": member, "dates": dates, "own": own, "now": clock.now()}
    return form_page("assignments/extension.html", form, **about)


@bp.post(f"{ASSIGNMENT}/members/{MEMBER}/remove")
@policy("leader", obj="group")
def remove_extension(group_id: int, assignment_id: int, user_id: int) -> ResponseReturnValue:
    """Take back what differs for one member: from now on they have the dates of the others."""
    group = led_class_or_404(group_id)
    found, member = assignment_or_404(group, assignment_id), member_or_404(group, user_id)
    service.remove_extension(db.session, found, member.user_id)
    db.session.commit()
    flash(_("%(name)s has the dates of the others again.", name=member.name), "good")
    return redirect(url_for("assignments.assignment", group_id=group.id, assignment_id=found.id), 303)


@bp.route(f"{GROUP}/members/{MEMBER}/days", methods=["GET", "POST"])
@policy("leader", obj="group")
def standing(group_id: int, user_id: int) -> ResponseReturnValue:
    """Let all dates of one member be later by some days, or by none again."""
    group = led_class_or_404(group_id)
    require_running(group)
    member = member_or_404(group, user_id)
    form = StandingForm(days=member.standing_days)
    if form.validate_on_submit():
        service.set_standing_days(db.session, group.id, member.user_id, form.days.data)
        db.session.commit()
        days = ngettext("%(name)s has %(num)s day more.", "%(name)s has %(num)s days more.", form.days.data,
                        name=member.name)  # fmt: skip
        flash(days if form.days.data else _("%(name)s has the dates of the others.", name=member.name), "good")
        return redirect(url_for("assignments.standing", group_id=group.id, user_id=member.user_id), 303)
    return form_page("assignments/standing.html", form, group=group, member=member)


def carried_out(group: GroupSummary, assignment_id: int, message: str) -> ResponseReturnValue:
    """Commit an assignment that was made, and lead to it; the same form sent again leads there, too."""
    location = url_for("assignments.assignment", group_id=group.id, assignment_id=assignment_id)
    return carry_out(Outcome(location, 303, message=message), current_user.id)


def moved_words(moved: list[LocalTime], group: GroupSummary) -> str:
    """Return what becomes of times that the clocks leave out, after a space; nothing where there is none."""
    return "".join(
        " "
        + _(
            "%(time)s is left out on that day, as clocks are put forward: it is %(later)s.",
            time=f"{one.at:%H:%M}",
            later=wording.moment_words(local_moment(one.day, one.at, group.local_zone), group.local_zone),
        )
        for one in moved
    )


def init_app(app: Flask) -> None:
    """Give templates the words of assignments, and errors their pages."""
    add_template_functions(app, wording)
    text = _l("Open the page again, and you see who is in it.")
    register_error_pages(409, AssignmentChanged, TooManyAssignments)
    register_error_page(MemberGone, 409, _l("This person is not in it any more"), text)
