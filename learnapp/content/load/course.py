"""Read one lesson, its front matter, body and quiz, each as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from learnapp.content.figures import Told
from learnapp.content.load.body import read_body
from learnapp.content.load.drafts import Fragment, LessonDraft
from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import LessonFront
from learnapp.content.load.validate import validate
from learnapp.content.load.yaml import Document, parse
from learnapp.content.problems import Place, Report
from learnapp.quiz.quiz import Quiz

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
# What may be left out while it is faulty: the rules know of a lost figure, and none asks for the others.
SPARE = frozenset({"figure", "keep_in_mind", "rests_note"})
QUIZ_SPARE = frozenset({"pass_mark", "certainty", "shuffle_items", "count"})


def read_lesson(
    module: str,
    slug: str,
    number: int,
    listed_at: Place,
    folder: Folder,
    report: Report,
    told: Mapping[str, Told],
) -> LessonDraft | Fragment:
    """Return a lesson with its quiz, or what there is of it where its front matter cannot be read.

    `told` is what figures take from the ledger.
    """
    path = f"modules/{module}/{slug}.md"
    text = folder.read(path, listed_at, report)
    quiz, quiz_document = _read_quiz(f"quizzes/{module}/{slug}.yaml", folder, listed_at, report)
    if text is None:
        return Fragment(path, None, None, quiz_document)
    match = _FRONT.match(text)
    if match is None:
        report.error(Place(path), "front-matter", "start with the front matter, between two lines of ---")
        return Fragment(path, None, None, quiz_document)
    body = read_body(text[match.end() :], path, text[: match.end()].count("\n") + 1, report)
    written = parse(match[1], path, report, first_line=2)
    if written is None:
        return Fragment(path, None, body, quiz_document)
    front, document = validate(LessonFront, written, report, context=told, spare=SPARE)
    if front is None or document is None:
        return Fragment(path, written, body, quiz_document)
    return LessonDraft(
        module=module,
        slug=slug,
        number=number,
        path=path,
        listed_at=listed_at,
        front=front,
        document=document,
        body=body,
        quiz=quiz,
        quiz_document=quiz_document,
        lost_figure=written if "figure" in written.data and "figure" not in document.data else None,
    )


def _read_quiz(
    path: str, folder: Folder, listed_at: Place, report: Report
) -> tuple[Quiz | None, Document | None]:
    """Return a quiz with its document, or the document alone where no quiz can be made of it."""
    text = folder.read(path, listed_at, report)
    written = None if text is None else parse(text, path, report)
    if written is None:
        return None, None
    quiz, document = validate(Quiz, written, report, ("items", "short"), spare=QUIZ_SPARE)
    return quiz, document or written
