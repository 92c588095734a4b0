"""Texts: all words that a reader meets, each with its position."""

from collections.abc import Iterator
from typing import NamedTuple

from learnapp.content.load.drafts import AskDraft, BodyDraft, CardDraft, CourseDraft
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import GLOSSARY, Position

# Keys whose values name things and are not read by anyone.
NAMES = {"id", "type", "facts", "see", "next", "rating", "kind", "icon", "cells", "slug", "lessons"}
NAMES |= {"sections", "gated", "skip", "sensitivity", "behaviour", "fact", "from", "to"}

# The key of a reply that is not the best one: it may be worded as badly as people word it.
POOR = "poor reply"


class Words(NamedTuple):
    """A text, where it starts, and the key under which it stands ("" in a lesson's body)."""

    place: Position
    text: str
    key: str


def all_words(draft: CourseDraft) -> Iterator[Words]:
    """Yield everything readers may see, the ledger left out: it keeps the sources' own words."""
    for module in draft.modules:
        yield from document_words(module.document)
    for lesson in draft.lessons:
        yield from document_words(lesson.document)
        yield from _body_words(lesson.body)
        if lesson.quiz:
            yield from document_words(lesson.quiz.document)
    if glossary := draft.ledger.documents.get(GLOSSARY):
        yield from document_words(glossary)


def _body_words(body: BodyDraft) -> Iterator[Words]:
    """Yield the body as typed, line by line, with headings, card titles and what stands in own= and note=."""
    for section in body.sections:
        yield Words(section.place, section.title, "")
    for card in body.blocks(CardDraft):
        yield Words(card.place, card.title, "")
    questions = (block.question for block in body.blocks(AskDraft))
    for paragraph in (*questions, *body.all_paragraphs(), *(body.pause or ())):
        for words in filter(None, (paragraph.own, paragraph.note)):
            yield Words(paragraph.attributes_at, words, "")
        yield from (Words(place, line, "") for place, line in paragraph.written())


def document_words(document: Document, where: Where = ()) -> Iterator[Words]:
    """Yield every text below this part of a document that is not a name."""
    texts = dict(document.texts(where))
    for at, text in texts.items():
        keys = [step for step in at if isinstance(step, str)]
        if NAMES.isdisjoint(keys):
            poor = keys[-1] == "text" and texts.get((*at[:-1], "rating")) in ("weak", "worse")
            yield Words(document.place(*at), text, POOR if poor else keys[-1])
