"""Pages of training: all programs, one with what comes next in it, the safety points, and reminders elsewhere."""

import secrets
from collections.abc import Sequence

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.learning.access import current_age
from learnapp.learning.attempts.results_views import settled_progress
from learnapp.learning.notices import NoticePlace, register_notices
from learnapp.learning.progress.overview import CourseProgress
from learnapp.learning.review.pages import current_queue
from learnapp.quiz.selection import NoFormFits
from learnapp.training import errors
from learnapp.training.certificates.store import certificates_of
from learnapp.training.final.store import finals_of
from learnapp.training.overview import wording
from learnapp.training.overview.service import (
    Certificates,
    FinalAttempts,
    ProgramStatus,
    begin_final,
    former_certificates,
    program_statuses,
)
from learnapp.training.programs.updates import acknowledge
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, register_error_page
from learnapp.web.page import add_template_functions
from learnapp.web.policy import MEMBERS, policy

bp = Blueprint("training", __name__)
PROGRAM = "/training/<program>"


@bp.get("/training")
@policy("everyone")
def training() -> ResponseReturnValue:
    """Show the programs for volunteers, and how far the current user is in each."""
    catalog, now = current_catalog(), clock.now()
    issued = certificates_of(db.session, current_user.id) if current_user.is_authenticated else {}
    statuses, former = current_statuses(certificates=issued), former_certificates(catalog, issued)
    has_card = catalog.card is not None
    return render_template("training/training.html", statuses=statuses, former=former, now=now, has_card=has_card)


@bp.get("/training/safety")
@policy("everyone")
def safety() -> ResponseReturnValue:
    """Show the safety points, which every final asks in full."""
    points = current_catalog().safety
    if not points:
        raise NotFound
    return render_template("training/safety.html", points=points)


@bp.get(PROGRAM)
@policy("everyone")
def program(program: str) -> ResponseReturnValue:
    """Show what a program asks, how far the current user is, what comes next, and what became of earlier forms."""
    catalog = current_catalog()
    found = catalog.program_by_name(program)
    if found is not None and found.slug != program:
        return redirect(url_for("training.program", program=found.slug), 301)
    return render_template("training/program.html", status=status_or_404(program), facts=catalog.facts)


@bp.post(f"{PROGRAM}/final")
@policy("member")
def begin(program: str) -> ResponseReturnValue:
    """Begin a form of the final, or go on with the one that is open."""
    status, seed = status_or_404(program), secrets.randbits(62)
    attempt_id = begin_final(db.session, current_catalog(), current_user.id, status, seed, clock.now())
    db.session.commit()
    return redirect(url_for("attempts.attempt", attempt_id=attempt_id), 303)


@bp.post(f"{PROGRAM}/updates")
@policy("member")
def updates(program: str) -> ResponseReturnValue:
    """Note that the current user has read a change of a program."""
    status = status_or_404(program)
    update_id = request.form.get("update", "")
    if update_id not in status.acknowledged:
        acknowledge(db.session, current_user.id, status.program, status.updates, update_id, clock.now())
    db.session.commit()
    present = status.program.slug
    return redirect(url_for("training.program", program=present, _anchor=f"next-{present}"), 303)


def current_statuses(
    courses: Sequence[CourseProgress] | None = None,
    finals: FinalAttempts | None = None,
    certificates: Certificates | None = None,
) -> tuple[ProgramStatus, ...]:
    """Return all programs for the current user, with what a page has read of them already."""
    catalog = current_catalog()
    if not catalog.programs:
        return ()
    progress = courses or [settled_progress(course) for course in catalog.courses.values()]
    zone, user_id, queue = current_settings().time_zone, current_user.id, current_queue()
    age, now = current_age(), clock.now()
    return program_statuses(db.session, catalog, progress, user_id, queue, zone, now, age, finals, certificates)


def status_or_404(slug: str) -> ProgramStatus:
    """Return the program that has or had this name, for the current user; raises NotFound."""
    program = current_catalog().program_by_name(slug)
    found = next((status for status in current_statuses() if status.program is program), None)
    if found is None:
        raise NotFound
    return found


def training_notice(place: NoticePlace) -> Markup:
    """Return, for the page of one's own learning, the programs that were begun and what is to be renewed."""
    if place.page != "me" or current_user.role not in MEMBERS or not current_catalog().programs:
        return Markup()
    finals = finals_of(db.session, current_user.id)
    if not finals:
        return Markup()  # most people volunteer for nothing: they are spared three statements
    begun = [status for status in current_statuses(place.courses, finals) if status.begun]
    return Markup(render_template("training/_notice.html", statuses=begun)) if begun else Markup()  # noqa: S704


def waits_words(error: errors.FinalWaits) -> str:
    """Return from when on a further form can be begun."""
    return _("You can try again %(when)s. Until then there is time to go over the lessons that your result names.",
             when=wording.when_words(error.again_at))  # fmt: skip


def init_app(app: Flask) -> None:
    """Give templates the words of training, pages of learning its notice, and errors their pages."""
    register_notices(app, training_notice)
    add_template_functions(app, wording)
    register_error_page(errors.UpdateNotFound, 404)
    text = _l("Something else in the program comes first. Its page says what.")
    links = (("training.training", _l("Go to the training")),)
    register_error_page(errors.FinalNotOpen, 409, _l("The final is not open yet"), text, links=links)
    text = _l("Its questions do not fit together. Tell whoever runs this site; nothing of yours is lost.")
    register_error_page(NoFormFits, 503, _l("The final cannot be drawn just now"), text)
    title = _l("You can try again a day after the last final")
    register_error_page(errors.FinalWaits, 409, title, told=waits_words, links=links)
