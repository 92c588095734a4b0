"""Status wording: the states of courses, modules and lessons in words."""

from dataclasses import dataclass
from itertools import takewhile

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, LessonTotals, ModuleProgress
from learnapp.web.i18n import duration


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A state in words; `icon` stands before them."""

    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class LessonStatus:
    """A lesson's state in words: on the map, in a list, and as a tag, which may be empty, with a note below it."""

    on_map: StatusLine
    in_list: StatusLine
    tag: StatusLine
    tag_note: str
    tag_look: str = ""


def has_next_lesson(course: CourseProgress, module: ModuleProgress) -> bool:
    """Tell whether the lesson to go on with is in this module."""
    return course.next is not None and course.next.lesson.module == module.module.slug


def module_label(course: CourseProgress, module: ModuleProgress) -> str:
    """Return what stands above a module's title: its number, and where the person is in it."""
    number = module.module.number
    new = course.next is not None and course.next.status == "new" and number == 1 and not module.done
    return _("Module %(number)s", number=number) + _label_suffix(module.complete, has_next_lesson(course, module), new)


def _label_suffix(done: bool, is_next: bool, new: bool) -> str:
    if done:
        return f" · {_('Done')}"
    return f" · {_('Start here') if new else _('You are here')}" if is_next else ""


def lessons_done(totals: LessonTotals, *, begun: bool = True) -> str:
    """Return how many lessons are done and how long the rest takes, not called left before the first."""
    words = _("%(done)s of %(total)s lessons done", done=totals.done, total=totals.total)
    if not totals.minutes_left:
        return words
    if begun:
        left = ngettext("about %(num)s minute left", "about %(num)s minutes left", totals.minutes_left)
    else:
        left = ngettext("about %(num)s minute", "about %(num)s minutes", totals.minutes_left)
    return f"{words} · {left}"


def course_summary(course: CourseProgress) -> str:
    """Return how many lessons of a course are done and how long the rest takes, as a sentence."""
    words = ngettext("%(done)s of %(num)s lesson done", "%(done)s of %(num)s lessons done", course.total,
                     done=course.done)  # fmt: skip
    if course.minutes_left:
        words += ", " + _("about %(time)s left", time=duration(course.minutes_left))
    return f"{words}."


def opening_note(course: CourseProgress) -> str:
    """Return what the order of the lessons is for: advice, or the order in which their quizzes open."""
    if course.course.sequencing == "advice":
        return _("Everything is open; the order is advice.")
    return _("You may read any lesson. In each module the quizzes open one after another.")


def ages_asked(totals: LessonTotals) -> str:
    """Return how many lessons wait for an age group, or nothing."""
    if not totals.asking_age:
        return ""
    return ngettext("%(num)s more lesson asks which age group fits you.",
                    "%(num)s more lessons ask which age group fits you.", totals.asking_age)  # fmt: skip


def module_age_note(module: ModuleProgress) -> str:
    """Return that lessons of a module wait for an age group, or are kept for older readers; else nothing."""
    if module.total:
        return ages_asked(module)
    if module.asking_age:
        return ngettext("Its lesson asks which age group fits you.",
                        "Its %(num)s lessons ask which age group fits you.", module.asking_age)  # fmt: skip
    return _("We keep its lessons for older readers. Nothing of them is asked of you.")


def module_card_notes(module: ModuleProgress) -> list[StatusLine]:
    """Return what else is said of a module on the map: strong lessons, lessons that are closed by age."""
    notes = []
    if module.strong:
        notes.append(StatusLine(ngettext("%(num)s strong lesson, with a note before you read",
            "%(num)s strong lessons, each with a note before you read", module.strong)))  # fmt: skip
    if module.asking_age:
        notes.append(StatusLine(ngettext("%(num)s more lesson asks for your age group first.",
            "%(num)s more lessons ask for your age group first.", module.asking_age), "lock"))  # fmt: skip
    elif not module.total:
        notes.append(StatusLine(module_age_note(module), "lock"))
    return notes


def lesson_status(module: ModuleProgress, progress: LessonProgress, is_next: bool = False) -> LessonStatus:
    """Return a lesson's state in words: its result, why it is closed, or how far it is and how long it takes."""
    best, icon, look = progress.state.percent, "lock", ""
    if progress.complete:
        icon, look = "check", "good"
        on_map, in_list, tag = _("Best quiz %(percent)s%%", percent=best), _("Done"), _("Done")
        note = _("Best quiz: %(percent)s%%.", percent=best)
    elif progress.asks_age:
        on_map = in_list = _("Asks for your age group first")
        tag, note = _("Not open yet"), _("Asks for your age group first.")
    elif not progress.allowed_by_age:
        on_map = tag = _("For older readers")
        in_list, note = _("For older readers, not asked of you"), _("Nothing of it is asked of you.")
    elif not progress.quiz_open:
        # It opens after the last lesson before it that is asked of the reader.
        before = takewhile(lambda other: other is not progress, module.lessons)
        *_rest, opener = (other.lesson for other in before if other.allowed_by_age)
        on_map = _("Quiz after lesson %(number)s", number=opener.number)
        in_list = _("Read, the quiz opens later") if progress.read else _("Open to read, the quiz opens later")
        tag, note = _("Open to read"), _("Its quiz opens when “%(title)s” is done.", title=opener.title)
        icon = ""
    else:
        return _open_status(progress, is_next)
    line = _with_best(in_list, best)
    return LessonStatus(StatusLine(on_map, icon), StatusLine(line, icon), StatusLine(tag, icon), note, look)


def _open_status(progress: LessonProgress, is_next: bool) -> LessonStatus:
    attempt, status, minutes = progress.attempt, progress.status, progress.minutes_left
    if status == "new":
        left = ngettext("About %(num)s minute with the quiz", "About %(num)s minutes with the quiz", minutes)
        line, tag = _("Not begun"), _("Start here")
    else:
        left = ngettext("About %(num)s minute left", "About %(num)s minutes left", minutes)
        words = {
            "quiz": _("Read, the quiz is left"),
            "waiting": _("Handed in, the result comes later"),
            "reading": _("Handed in, the reading is left")
            if progress.result_waits
            else _("Quiz passed, the reading is left"),
        }
        left = _("Handed in") if status == "waiting" else left
        line, tag = words.get(status) or _("Begun"), _("You are here")
    if attempt:
        line = _("Quiz begun: question %(number)s of %(total)s", number=attempt.number, total=attempt.total)
    line = _with_best(line, progress.state.percent)
    note = "" if status == "new" else line
    return LessonStatus(StatusLine(left, "clock"), StatusLine(line), StatusLine(tag if is_next else ""), note, "here")


def _with_best(line: str, percent: int | None) -> str:
    return line if percent is None else f"{line} · {_('best quiz %(percent)s%%', percent=percent)}"
