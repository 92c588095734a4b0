"""Words of the board: cells, dates, why somebody may need help, and the rule by which that is told."""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from learnapp.groups.outcomes.counting import BEGUN, DONE, DONE_LATE, HANDED_IN, NOT_ASKED, NOT_DONE, NOT_STARTED
from learnapp.groups.wording import group_words
from learnapp.reports.board.needs_help import (
    HANDLED_DAYS,
    IDLE_DAYS,
    LOW_PERCENT,
    LOW_TRIES,
    MANY_TRIES,
    OVERDUE_DAYS,
    HelpReason,
)
from learnapp.reports.board.values import BoardCell, CellState
from learnapp.web.catalog import current_catalog

ICONS: dict[CellState, str] = {
    DONE: "tick",
    DONE_LATE: "late",
    HANDED_IN: "clock",
    BEGUN: "half",
    NOT_STARTED: "dash",
    NOT_DONE: "dash",
    "needs_help": "hand",
}
LOOKS: dict[CellState, str] = {
    DONE: "cell--done",
    DONE_LATE: "cell--late",
    HANDED_IN: "cell--part",
    BEGUN: "cell--part",
    NOT_STARTED: "cell--none",
    NOT_DONE: "cell--none",
    "needs_help": "cell--ask",
}
TITLE_ROOM = 26


def state_words(state: CellState) -> str:
    """Return what a state of a cell is called."""
    return {
        DONE: _("Done"),
        DONE_LATE: _("Done late"),
        HANDED_IN: _("Handed in"),
        BEGUN: _("Begun"),
        NOT_STARTED: _("Not started"),
        NOT_DONE: _("Not done"),
        NOT_ASKED: _("Not asked"),
        "needs_help": _("Needs help"),
    }[state]


def lateness_words(cell: BoardCell) -> str:
    """Return by how many days it was done late, or that it is overdue, unless it says more than that."""
    if cell.late_days:
        return days_late(cell.late_days)
    return _("overdue") if cell.overdue and not cell.needs_help else ""


def days_late(days: int) -> str:
    return ngettext("%(num)s day late", "%(num)s days late", days)


def cell_icon(state: CellState) -> str:
    """Return the icon of a state, "" for none."""
    return ICONS.get(state, "")


def cell_look(state: CellState) -> str:
    """Return the class by which a state looks as it does, "" where nothing is asked."""
    return LOOKS.get(state, "")


def due_words(due: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Return when a lesson is due, short enough for a column: due Fri, due 4 Dec; nothing without a date."""
    if due is None:
        return ""
    day, today = due.astimezone(zone).date(), now.astimezone(zone).date()
    if day == today:
        return _("due today")
    near = 0 < (day - today).days < 7
    return _("due %(day)s", day=format_date(day, "EEE" if near else "d MMM", rebase=False))


def short_title(title: str) -> str:
    """Return a title that fits a column: its first words, whole ones."""
    if len(title) <= TITLE_ROOM:
        return title
    end = title.rfind(" ", 0, TITLE_ROOM + 1)
    return title[: end if end > 0 else TITLE_ROOM].rstrip(" ;,:") + "…"


def reason_words(reason: HelpReason, zone: ZoneInfo) -> str:
    """Return why somebody may need help; the lesson's title is the page's to show."""
    day = format_date(reason.at.astimezone(zone).date(), "EEEE, d MMMM", rebase=False)
    if reason.kind == "asked":
        return _("Asked for help on %(day)s.", day=day)
    if reason.kind == "low":
        return ngettext(
            "%(num)s finished try below %(percent)s%%.",
            "%(num)s finished tries, the best below %(percent)s%%.",
            reason.tries,
            percent=LOW_PERCENT,
        )
    if reason.kind == "many_tries":
        return ngettext(
            "%(num)s finished try, not passed yet.", "%(num)s finished tries, not passed yet.", reason.tries
        )
    if reason.kind == "not_done":
        return ngettext("Not done %(num)s day after the date.", "Not done %(num)s days after the date.", OVERDUE_DAYS)
    return _(
        "More than %(days)s days past the date, and nothing done in lessons that are not strong for %(idle)s days.",
        days=OVERDUE_DAYS,
        idle=IDLE_DAYS,
    )


def help_lines(reasons: Iterable[HelpReason], zone: ZoneInfo) -> list[tuple[list[str], str]]:
    """Return why somebody may need help, each reason once, with the keys of the lessons for which it holds."""
    lines: dict[str, list[str]] = {}
    for reason in reasons:
        lines.setdefault(reason_words(reason, zone), []).extend([reason.lesson] if reason.lesson else [])
    return [(keys, text) for text, keys in lines.items()]


def lesson_numbers(keys: Collection[str]) -> str:
    """Return lessons by their numbers, in order: 3.1, 3.4."""
    catalog = current_catalog()
    lessons = (lesson for lesson in catalog.lessons.values() if lesson.key in keys)
    return ", ".join(f"{catalog.modules[lesson.module].number}.{lesson.number}" for lesson in lessons)


def help_rule(kind: str) -> str:
    """Return the rule of who stands in the list, in words made of its numbers."""
    return _(
        "A name stands here for one of three reasons: the %(member)s asked; of a lesson %(low)s tries are finished and"
        " the best is below %(percent)s%%, or %(many)s are finished and none is passed; or a lesson is %(overdue)s"
        " days past its date and nothing was done in the last %(idle)s days, whatever was done in strong lessons left"
        " aside. Of a strong lesson only the date counts: it is not done %(overdue)s days after that. A reason goes"
        " when the lesson is passed or done."
        " “Handled” lays a name aside for %(handled)s days, unless something newer comes. It is a reason to talk, not a"
        " judgment.",
        member=group_words(kind).member,
        low=LOW_TRIES,
        percent=LOW_PERCENT,
        many=MANY_TRIES,
        overdue=OVERDUE_DAYS,
        idle=IDLE_DAYS,
        handled=HANDLED_DAYS,
    )
