"""States of courses, modules and lessons in words."""

from dataclasses import dataclass
from itertools import takewhile

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.catalog import Lesson
from learnapp.learning.lessons.pages import module_steps
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, LessonTotals, ModuleProgress
from learnapp.web.i18n import duration


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A state in words; `icon` stands before them, `look` is that of their tag, `note` is said below it."""

    text: str
    icon: str = ""
    look: str = ""
    note: str = ""


def is_here(course: CourseProgress, module: ModuleProgress) -> bool:
    """Tell whether the lesson to go on with is in this module."""
    return course.next is not None and course.next.lesson.module == module.module.slug


def module_label(course: CourseProgress, module: ModuleProgress) -> str:
    """Return what stands above a module's title: its number, and where the person is in it."""
    number = module.module.number
    if module.complete:
        return str(_("Module %(number)s · Done", number=number))
    if not is_here(course, module):
        return str(_("Module %(number)s", number=number))
    if course.next and course.next.status == "new" and number == 1 and not module.done:
        return str(_("Module %(number)s · Start here", number=number))
    return str(_("Module %(number)s · You are here", number=number))


def done_of(totals: LessonTotals, *, begun: bool = True) -> str:
    """Return how many lessons are done and how long the rest takes, not called left before the first."""
    words = _("%(done)s of %(total)s lessons done", done=totals.done, total=totals.total)
    if not totals.minutes_left:
        return str(words)
    if begun:
        left = ngettext("about %(num)s minute left", "about %(num)s minutes left", totals.minutes_left)
    else:
        left = ngettext("about %(num)s minute", "about %(num)s minutes", totals.minutes_left)
    return f"{words} · {left}"


def course_so_far(course: CourseProgress) -> str:
    """Return how many lessons of a course are done and how long the rest takes, as a sentence."""
    words = ngettext("%(done)s of %(num)s lesson done", "%(done)s of %(num)s lessons done", course.total,
                     done=course.done)  # fmt: skip
    if course.minutes_left:
        words += ", " + _("about %(time)s left", time=duration(course.minutes_left))
    return f"{words}."


def opening_note(course: CourseProgress) -> str:
    """Return in which order the lessons open, or nothing where all are open."""
    if course.course.sequencing != "sequential":
        return ""
    if len(course.modules) == 1:
        return str(_("The lessons open one after another."))
    return str(_("In each module the lessons open one after another; you may begin with any module."))


def ages_asked(totals: LessonTotals) -> str:
    """Return how many lessons wait for an age group, or nothing."""
    if not totals.asking_age:
        return ""
    return str(ngettext("%(num)s more lesson asks which age group fits you.",
                        "%(num)s more lessons ask which age group fits you.", totals.asking_age))  # fmt: skip


def module_age_note(module: ModuleProgress) -> str:
    """Return that lessons of a module wait for an age group, or are kept for older readers; else nothing."""
    if module.asking_age and not module.total:
        return str(ngettext("Its lesson asks which age group fits you.",
            "Its %(num)s lessons ask which age group fits you.", module.asking_age))  # fmt: skip
    return ages_asked(module) or _kept_note(module)


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
        notes.append(StatusLine(_kept_note(module), "lock"))
    return notes


def _kept_note(module: ModuleProgress) -> str:
    if module.total:
        return ""
    return str(_("We keep its lessons for older readers. Nothing of them is asked of you."))


def lesson_label(progress: LessonProgress, here: bool) -> str:
    """Return what stands above a lesson's title: its number, and whether it is done or the next one."""
    number = progress.lesson.number
    if progress.complete:
        return str(_("Lesson %(number)s · Done", number=number))
    if not here:
        return str(_("Lesson %(number)s", number=number))
    if progress.status == "new":
        return str(_("Lesson %(number)s · Start here", number=number))
    return str(_("Lesson %(number)s · You are here", number=number))


def lesson_card_note(module: ModuleProgress, progress: LessonProgress) -> StatusLine:
    """Return a lesson's state on the map: its result, why it is closed, or how long it takes."""
    minutes = progress.minutes_left
    if progress.complete:
        return StatusLine(_("Best quiz %(percent)s%%", percent=progress.percent), "check")
    if progress.asks_age:
        return StatusLine(_("Asks for your age group first"), "lock")
    if not progress.fits:
        return StatusLine(_("For older readers"), "lock")
    if not progress.open:
        return StatusLine(_("Opens after lesson %(number)s", number=opener(module, progress).number), "lock")
    if progress.status == "new":
        words = ngettext("About %(num)s minute with the quiz", "About %(num)s minutes with the quiz", minutes)
        return StatusLine(words, "clock")
    return StatusLine(ngettext("About %(num)s minute left", "About %(num)s minutes left", minutes), "clock")


def lesson_status(progress: LessonProgress) -> StatusLine:
    """Return a lesson's state in a list, with the best result."""
    line = _status(progress)
    if progress.percent is None:
        return line
    best = _("best quiz %(percent)s%%", percent=progress.percent)
    return StatusLine(f"{line.text} · {best}", line.icon)


def _status(progress: LessonProgress) -> StatusLine:
    attempt, status = progress.attempt, progress.status
    if progress.complete:
        return StatusLine(_("Done"), "check")
    if progress.asks_age:
        return StatusLine(_("Asks for your age group first"), "lock")
    if not progress.fits:
        return StatusLine(_("For older readers, not asked of you"), "lock")
    if not progress.open:
        return StatusLine(_("Not open yet"), "lock")
    if attempt:
        return StatusLine(_("Quiz begun: question %(number)s of %(total)s",
                            number=attempt.number, total=attempt.total))  # fmt: skip
    words = {"quiz": _("Read, the quiz is left"), "reading": _("Quiz passed, the reading is left")}
    return StatusLine(words.get(status) or (_("Begun") if status == "begun" else _("Not begun")))


def lesson_tag(module: ModuleProgress, progress: LessonProgress, here: bool) -> StatusLine:
    """Return a lesson's state on the page of its module: a tag, which may be empty, and a note below it."""
    if progress.complete:
        note = _("Best quiz: %(percent)s%%.", percent=progress.percent)
        return StatusLine(_("Done"), "check", "good", note)
    if progress.asks_age:
        return StatusLine(_("Not open yet"), "lock", note=_("Asks for your age group first."))
    if not progress.fits:
        return StatusLine(_("For older readers"), "lock", note=_("Nothing of it is asked of you."))
    if not progress.open:
        note = _("Opens when “%(title)s” is done.", title=opener(module, progress).title)
        return StatusLine(_("Not open yet"), "lock", note=note)
    new = progress.status == "new"
    words = (_("Start here") if new else _("You are here")) if here else ""
    return StatusLine(words, look="here", note="" if new else lesson_status(progress).text)


def opener(module: ModuleProgress, closed: LessonProgress) -> Lesson:
    """Return the lesson after which this closed one opens: the last before it that is asked of the reader."""
    before = takewhile(lambda one: one is not closed, module.lessons)
    return [one.lesson for one in before if one.fits][-1]


def init_app(app: Flask) -> None:
    """Give templates these words."""
    functions = (
        ages_asked, course_so_far, done_of, is_here, lesson_card_note, lesson_label, lesson_status,
        lesson_tag, module_age_note, module_card_notes, module_label, module_steps, opening_note,
    )  # fmt: skip
    app.jinja_env.globals.update({function.__name__: function for function in functions})
