"""Boxes: guess, judgment and gap of a lesson, each at most once, and the question that it answers."""

from collections.abc import Sequence

from learnapp.content.load.drafts import CourseDraft, LessonDraft
from learnapp.content.load.lesson.blocks import GapDraft, GuessDraft, JudgeDraft
from learnapp.content.problems import Report


def check_boxes(draft: CourseDraft, report: Report) -> None:
    """Report a second box of a kind, a lesson that asks nothing, and a short version without words of its own."""
    for lesson in draft.lessons:
        _check_once(lesson, report)
        front, at = lesson.front, lesson.document.key
        if front.question is None and not front.title.endswith("?"):
            words = "the title is no question: give `question`, as readers are asked at the end"
            report.error(at("question"), "question-missing", words)
        if lesson.body.short and front.short is None:
            words = "the short version needs `short` with its own minutes, answer and key points"
            report.error(at("short"), "short-end", words)


def _check_once(lesson: LessonDraft, report: Report) -> None:
    body = lesson.body
    kinds: tuple[tuple[str, Sequence[GuessDraft | JudgeDraft | GapDraft]], ...] = (
        ("guess", body.blocks(GuessDraft)),
        ("judge", body.blocks(JudgeDraft)),
        ("gap", body.blocks(GapDraft)),
    )
    for name, blocks in kinds:
        for second in blocks[1:]:
            report.error(second.place, "box-twice", f"a lesson has one ::: {name} at most")
