"""Rows of a board, made of what members have done: their cells, and why they may need help. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from learnapp.content.catalog import Lesson
from learnapp.groups.assignments.values import is_care_lesson
from learnapp.groups.outcomes.counting import HANDED_IN, NOT_ASKED, for_leaders
from learnapp.groups.outcomes.values import MemberWork
from learnapp.groups.values import GroupSummary
from learnapp.reports.board.needs_help import FinishedTry, LessonEvidence, help_reasons, is_handled
from learnapp.reports.board.values import BoardCell, BoardRow, HelpEntry


@dataclass
class RowMaker:
    """Makes the rows of one board and collects who needs help; `lessons` is all that is asked, `shown` has columns."""

    group: GroupSummary
    lessons: Sequence[Lesson]
    shown: Sequence[Lesson]
    now: datetime
    rows: list[BoardRow] = field(default_factory=list)
    results_due: set[int] = field(default_factory=set)
    help: list[HelpEntry] = field(default_factory=list)
    handled: list[HelpEntry] = field(default_factory=list)
    _cells: dict[BoardCell, BoardCell] = field(default_factory=dict)

    def add(self, work: MemberWork) -> None:
        """Make the row of a member."""
        if work.result_due:
            self.results_due.add(work.member.user_id)
        entry = self._entry(work)
        at = {reason.lesson for reason in entry.reasons} if entry else set()
        cells = (lesson_cell(lesson, work, self.now, needs_help=lesson.key in at) for lesson in self.shown)
        # Cells that are equal are one: of a large group only so many are held as differ.
        own = tuple(self._cells.setdefault(cell, cell) for cell in cells)
        member = work.member
        self.rows.append(BoardRow(member.user_id, member.name, member.user_name, own, entry is not None))

    def _entry(self, work: MemberWork) -> HelpEntry | None:
        """Note why a member may need help, and return it unless a leader has handled it."""
        member, zone = work.member, self.group.local_zone
        asked_at = member.help_asked_at if self.group.takes_help_requests else None
        evidence = _evidence(self.lessons, work)
        reasons = help_reasons(evidence, asked_at, work.last_active_at, self.now, zone)
        if not reasons:
            return None
        entry = HelpEntry(member.user_id, member.name, reasons)
        if is_handled(reasons, member.help_handled_at, self.now, zone):
            self.handled.append(entry)
            return None
        self.help.append(entry)
        return entry


def lesson_cell(lesson: Lesson, work: MemberWork, now: datetime, *, needs_help: bool = False) -> BoardCell:
    """Return what leaders see of a member's lesson; the mark stands where it is done."""
    care = is_care_lesson(lesson)
    seen = for_leaders(work.outcomes[lesson.key], care=care)
    if seen.state == NOT_ASKED:
        return BoardCell(NOT_ASKED)
    if seen.done:
        return BoardCell(seen.state, seen.percent, seen.late_days)
    due = work.dates[lesson.key].due
    overdue = due is not None and due < now and seen.state != HANDED_IN
    return BoardCell(seen.state, overdue=overdue, needs_help=needs_help and not care)


def _evidence(lessons: Iterable[Lesson], work: MemberWork) -> Iterable[LessonEvidence]:
    for lesson in lessons:
        outcome = work.outcomes[lesson.key]
        if outcome.state == NOT_ASKED:
            continue
        care = is_care_lesson(lesson)
        due = work.dates[lesson.key].due if outcome.state != HANDED_IN else None
        if care:
            yield LessonEvidence(lesson.key, care, outcome.complete, due)
        else:
            since = (one for one in outcome.counted if one.whole and one.at >= work.member.joined_at)
            tries = tuple(FinishedTry(one.share, one.at) for one in since)
            yield LessonEvidence(lesson.key, care, outcome.done or outcome.complete or outcome.passed, due, tries)
