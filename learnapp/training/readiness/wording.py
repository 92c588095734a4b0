"""Words of readiness: how somebody stands for a day, what makes ready, and what of each part is missing."""

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.programs import Program
from learnapp.training.overview.review import FRESH
from learnapp.training.readiness.rules import SOON_MINUTES, Part, Readiness, ReadinessFacts
from learnapp.web.i18n import date_words


def rule_words(program: Program) -> str:
    """Return what makes somebody ready, made of the rule's own numbers."""
    asked = (
        _("Ready means: all lessons and conversations are done, the final is passed,")
        if program.practice
        else _("Ready means: all lessons are done, the final is passed,")
    )
    rest = _(
        "the certificate is valid on the day, all changes are read, and %(known)s of 100 questions are likely known.",
        known=round(FRESH * 100),
    )
    soon = _("Nearly means that each thing that is missing takes an hour at most (%(minutes)s minutes).",
             minutes=SOON_MINUTES)  # fmt: skip
    return f"{asked} {rest} {soon}"


def standing_words(found: Readiness) -> str:
    """Return in a sentence how somebody stands for the day."""
    day = date_words(found.facts.day)
    if found.standing == "ready":
        return _("As of today, you are ready on %(day)s.", day=day)
    if found.standing == "nearly":
        return _("As of today, you are nearly ready for %(day)s.", day=day)
    return _("As of today, you are not ready yet for %(day)s.", day=day)


def part_words(found: Readiness, part: Part) -> str:
    """Return what is there of a part, or what is missing."""
    facts, there = found.facts, found.parts[part] == "yes"
    if part == "program":
        return _("Lessons and conversations are done") if there else _program_words(facts)
    if part == "final":
        return _("The final is passed") if there else _("The final is not passed yet")
    if part == "certificate":
        return _certificate_words(facts, there=there)
    if part == "updates":
        missing = ngettext("%(num)s change to read", "%(num)s changes to read", facts.updates_left)
        return _("All changes are read") if there else missing
    return _review_words(facts, there=there)


def _program_words(facts: ReadinessFacts) -> str:
    lessons = ngettext("%(num)s lesson left", "%(num)s lessons left", facts.lessons_left)
    talks = ngettext("%(num)s conversation to practice", "%(num)s conversations to practice", facts.conversations_left)
    parts = [words for words, left in ((lessons, facts.lessons_left), (talks, facts.conversations_left)) if left]
    return ", ".join(parts)


def _certificate_words(facts: ReadinessFacts, *, there: bool) -> str:
    if facts.certificate is None:
        return _("No certificate yet")
    day = date_words(facts.certificate.valid_until)
    if there:
        return _("Certificate until %(day)s", day=day)
    if facts.certificate.revoked_at is not None:
        return _("The certificate was withdrawn")
    return _("The certificate ends on %(day)s, before the day", day=day)


def _review_words(facts: ReadinessFacts, *, there: bool) -> str:
    if not facts.questions:
        return _("No questions to review yet")
    known = _("You will likely know %(known)s of 100 questions on that day", known=round(facts.known * 100))
    if there:
        return known
    minutes = ngettext(
        "about %(num)s minute of review just before it makes up for that",
        "about %(num)s minutes of review just before it make up for that",
        facts.review_minutes,
    )
    return f"{known}; {minutes}"
