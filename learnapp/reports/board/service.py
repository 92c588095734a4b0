"""Board of a group: one call reads what is asked and what was done, and makes the value that is shown and exported."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from learnapp.content.catalog import Catalog, Lesson, Module
from learnapp.database.db import AnySession
from learnapp.groups.assignments.dates import EffectiveDates, effective_dates, most_lenient
from learnapp.groups.assignments.models import PUBLISHED
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.assignments.values import GroupAssignments, is_care_lesson, target_lessons
from learnapp.groups.outcomes.service import read_work
from learnapp.groups.store import members_of
from learnapp.groups.values import GroupSummary
from learnapp.reports.board.arrange import arrange_entries, arrange_rows
from learnapp.reports.board.rows import RowMaker
from learnapp.reports.board.values import Board, BoardColumn, BoardRow, BoardView


def build_board(session: AnySession, catalog: Catalog, group: GroupSummary, view: BoardView, now: datetime) -> Board:
    """Return the board of a group, of the module that the view names or else of the one that is due nearest to now.

    For a class it takes six statements, however much is asked and done.
    """
    asked = assignments_of(session, group.id, group.local_zone, PUBLISHED)
    due = _dates_for_all(catalog, asked)
    modules = [module for module in catalog.modules.values() if any(lesson.key in due for lesson in module.lessons)]
    module = _choose_module(modules, view.module, due, now)
    lessons = [lesson for one in modules for lesson in one.lessons if lesson.key in due]
    shown = [lesson for lesson in lessons if module and lesson.module == module.slug]
    members = members_of(session, group.id)
    maker = RowMaker(group, lessons, shown, now)
    for work in read_work(session, catalog, asked, members, lessons, now):
        maker.add(work)
    entries = arrange_entries(maker.help)
    return Board(
        group=group,
        view=view,
        at=now,
        modules=tuple(modules),
        module=module,
        columns=tuple(_columns(shown, module, due, maker.rows)) if module else (),
        rows=arrange_rows(maker.rows, view, entries),
        member_count=len(members),
        lessons={lesson.key: lesson for lesson in lessons},
        help=entries,
        handled=arrange_entries(maker.handled),
        results_due=frozenset(maker.results_due),
    )


def _dates_for_all(catalog: Catalog, asked: GroupAssignments) -> dict[str, EffectiveDates]:
    """Return the dates of each lesson that is asked, as they hold for whoever has none of their own, by its key."""
    several: dict[str, list[EffectiveDates]] = {}
    for assignment in asked.assignments:
        for lesson in target_lessons(catalog, assignment):
            several.setdefault(lesson.key, []).append(effective_dates(assignment.chosen, asked.zone))
    return {key: most_lenient(dates) for key, dates in several.items()}


def _choose_module(
    modules: Sequence[Module], slug: str | None, dates: Mapping[str, EffectiveDates], now: datetime
) -> Module | None:
    """Return the module of this name, else the one with the date that is nearest, else the first one."""
    for module in modules:
        if module.slug == slug:
            return module

    def distance(module: Module) -> float:
        due = (dates[lesson.key].due for lesson in module.lessons if lesson.key in dates)
        return min((abs((moment - now).total_seconds()) for moment in due if moment), default=float("inf"))

    return min(modules, key=distance, default=None)


def _columns(
    lessons: Sequence[Lesson], module: Module, dates: Mapping[str, EffectiveDates], rows: Sequence[BoardRow]
) -> Iterator[BoardColumn]:
    for number, lesson in enumerate(lessons):
        cells = [row.cells[number] for row in rows]
        asked, done = sum(cell.asked for cell in cells), sum(cell.done for cell in cells)
        yield BoardColumn(lesson, module.number, is_care_lesson(lesson), dates[lesson.key].due, asked, done)
