"""Marks: what readers would see as it was typed, in every text of every YAML file and front matter."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.markdown import inline_tokens
from learnapp.content.load.marks import Fault, faults_in, plain_faults
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import GLOSSARY, SOURCE, Report
from learnapp.quiz.types.cloze import BLANK

# All other values are held to the rule, names too, which keep it anyway: a new key is never forgotten.
UNREAD = {"caveat", "url", "where", "copy", "may_tell"}
# What quizzes show in a form or compare with what is typed, where no Markdown is read.
PLAIN = {"unit", "units", "accept", "answers"}


def check_marks(draft: CourseDraft, report: Report) -> None:
    """Report every mark in a text that would be shown as typed, and what our Markdown does not have."""
    for document in draft.documents:
        for where, fault in _faults(document):
            report.error(document.find(where, fault.pattern), fault.rule, fault.message)


def _faults(document: Document) -> Iterator[tuple[Where, Fault]]:
    texts = dict(document.texts())
    for where, text in texts.items():
        keys = [step for step in where if isinstance(step, str)]
        if UNREAD.isdisjoint(keys):
            markdown = _has_markdown(document.path, keys)
            for piece in _pieces(document.path, texts, where, text):
                for fault in _faults_of(piece, markdown):
                    yield where, fault


@lru_cache(maxsize=8192)
def _faults_of(piece: str, markdown: bool) -> tuple[Fault, ...]:
    """Return what is wrong with a text; of files that are checked again, nearly all are as they were."""
    return tuple(faults_in(inline_tokens(piece), piece) if markdown else plain_faults(piece))


def _has_markdown(path: str, keys: Sequence[str]) -> bool:
    if path.startswith("quizzes/"):
        return "feedback" in keys or PLAIN.isdisjoint(keys)
    return path == GLOSSARY and keys[-1] == "meaning"


def _pieces(path: str, texts: Mapping[Where, str], where: Where, text: str) -> Sequence[str]:
    """Return a text as it is shown: a gap text in the pieces between its gaps, a stimulus line by line.

    A citation stands with its section.
    """
    if texts.get((*where[:-1], "type")) == "cloze" and where[-1] == "text":
        return [piece.strip() for piece in BLANK.split(text)[::2]]
    if where[-2:] == ("stimulus", "text"):
        return [line.strip() for line in text.split("\n")]
    return [text.replace("{section}", "section") if path == SOURCE and where[-1] == "cite" else text]
