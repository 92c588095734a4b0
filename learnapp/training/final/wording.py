"""Words of finals: how one is called, what a form is like before it is begun, and what its result means."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.ages import AgeAccess
from learnapp.content.programs import FinalBlueprint, FormKind
from learnapp.learning.attempts.feedback import points_text
from learnapp.learning.attempts.values import AttemptSummary
from learnapp.learning.other_quizzes import QuizLabels
from learnapp.training.final.results import FinalResult, ThemeResult
from learnapp.training.final.rules import is_over
from learnapp.training.final.store import program_of
from learnapp.web.catalog import current_catalog

MINUTES_A_QUESTION = 1.5


class Finals:
    """What pages of attempts ask about those at a final."""

    def labels(self, name: str) -> QuizLabels:
        """Return how the final is called, and the page of its program."""
        program = current_catalog().program_by_name(program_of(name))
        title = program.title if program else _("a program that has ended")
        url = url_for("training.program", program=program.slug) if program else url_for("training.training")
        return QuizLabels(_("Final"), title, url, _("Back to the program"))

    def is_over(self, summary: AttemptSummary, now: datetime) -> bool:
        """Tell whether a form has been open for too long."""
        return is_over(summary.started_at, now)

    def is_open_to(self, name: str, access: AgeAccess) -> bool:
        """Tell whether every lesson of the program is open to an age band, as the final asks of all of them.

        Of a program that has left the course nobody knows what it asked of, so every lesson has to be open.
        """
        catalog = current_catalog()
        program = catalog.program_by_name(program_of(name))
        modules = program.modules if program else catalog.modules
        return all(access.can_open(lesson) for slug in modules for lesson in catalog.modules[slug].lessons)

    def ended_url(self, summary: AttemptSummary) -> str:
        """Return the page of its result, or that it was set aside."""
        return url_for("finals.result", attempt_id=summary.id)


def form_words(kind: FormKind) -> str:
    """Return what a form is called."""
    return _("the shorter final") if kind == "renewal" else _("the final")


def form_minutes(form: FinalBlueprint) -> int:
    """Return about how many minutes a form takes."""
    return round(form.total * MINUTES_A_QUESTION)


def pass_words(form: FinalBlueprint) -> str:
    """Return by what a form is passed."""
    return ngettext(
        "%(points)s of %(num)s point, and full marks on the safety points",
        "%(points)s of %(num)s points, and full marks on the safety points",
        form.total,
        points=form.pass_points,
    )


def result_words(result: FinalResult) -> str:
    """Return what came of a form in a sentence or two."""
    reached = _("%(points)s of %(total)s points.", points=points_text(result.points), total=result.out_of)
    if result.passed:
        return f"{reached} {_('Full marks on all safety points.')}"
    if not (lacking := len(result.lacking)):
        needed = _("You need %(points)s. You have full marks on all safety points.", points=result.pass_points)
        return f"{reached} {needed}"
    needed = _("You need %(points)s, and full marks on the safety points.", points=result.pass_points)
    safety = ngettext("One safety point is not fully right.", "%(num)s safety points are not fully right.", lacking)
    return f"{reached} {needed} {safety}"


def theme_words(theme: ThemeResult) -> str:
    """Return the points of a theme."""
    return _("%(points)s of %(total)s", points=points_text(theme.points), total=theme.out_of)
