"""Words of training: how far somebody is, what comes next, and when a certificate is to be renewed."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.training.final.rules import FinalAttempt
from learnapp.training.overview.service import ProgramStatus
from learnapp.training.programs.progress import ProgramProgress
from learnapp.web.i18n import clock_time, date_words, duration, local_time, on_day


def lessons_words(progress: ProgramProgress) -> str:
    """Return how many lessons and conversations of a program are done, and how long the others take."""
    done = ngettext(
        "%(done)s of %(num)s lesson done.",
        "%(done)s of %(num)s lessons done.",
        len(progress.lessons),
        done=progress.done_count,
    )
    if progress.practice:
        practiced = len(progress.practice) - len(progress.practice_left)
        talks = ngettext(
            "%(done)s of %(num)s conversation practiced.",
            "%(done)s of %(num)s conversations practiced.",
            len(progress.practice),
            done=practiced,
        )
        done = f"{done} {talks}"
    left = progress.minutes_left
    return f"{done} {_('About %(time)s left.', time=duration(left))}" if left else done


def when_words(moment: datetime) -> str:
    """Return a moment to come as people say it: tomorrow at 14:05."""
    return _("%(day)s at %(time)s", day=on_day(local_time(moment).date()), time=clock_time(moment))


def ended_words(attempt: FinalAttempt) -> str:
    """Return what became of a form."""
    if attempt.finished_at is None:
        return _("Set aside unfinished; it does not count")
    return _("Passed") if attempt.passed else _("Not passed")


def renewal_words(status: ProgramStatus) -> str:
    """Return that a certificate is to be renewed, in words that become plainer as its end comes near; "" before."""
    certificate = status.certificate
    if certificate is None or status.reminder is None:
        return ""
    day = date_words(certificate.valid_until)
    how = _("To renew it, review first, a few questions a day; then comes a short final.")
    if status.reminder == 0:
        return f"{_('Your certificate ended on %(day)s.', day=day)} {how}"
    if status.reminder == 7:
        return f"{_('Your certificate ends within a week, on %(day)s.', day=day)} {how}"
    if status.reminder == 30:
        return f"{_('Your certificate ends within a month, on %(day)s.', day=day)} {how}"
    return _("Your certificate ends on %(day)s. You can renew it from now on without losing a day.", day=day)


def program_url(status: ProgramStatus) -> str:
    """Return the address of a program's page."""
    return url_for("training.program", program=status.program.slug)
