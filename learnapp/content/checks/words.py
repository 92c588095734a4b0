"""Words: all that a reader meets, those that the guide rules out, and those that do not put people first."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.lesson.blocks import BodyDraft, CardDraft, PieceDraft
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import GLOSSARY, Position, Report

# Keys whose values name things and are not read by anyone.
NAMES = {"id", "type", "facts", "see", "next", "rating", "kind", "evidence", "icon", "cells", "slug", "lessons"}
NAMES |= {"sections", "gated", "skip", "sensitivity", "behaviour", "fact", "from", "to", "at", "drawing"}
NAMES |= {"place", "province", "border"}

# Keys of what an item answers.
FEEDBACK = frozenset({"feedback", "right", "low", "high", "true", "false"})

# The key of a reply that is not the best one: it may be worded as badly as people word it.
POOR = "poor reply"

DEFECTOR = r"defect(?:ors?|ed|ing|ion|ions)"  # may stand in quotation marks
BANNED = (
    (DEFECTOR, "say “refugee” or “escapee”; quote it where someone used it"),
    (r"brainwash\w*", "nobody is “brainwashed”; say what people are told, and what they make of it"),
    (r"hermit (?:kingdom|state|nation)", "say “North Korea”"),
    (r"robots?|robotic", "people are not robots; say what they do, and why"),
    (r"sex slaves?|sexual slaves?", "say “a person who was trafficked”, or what was done to them"),
    (r"illegals|illegal (?:immigrants?|migrants?|aliens?)", "a person is not illegal; say “without papers”"),
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
PEOPLE_FIRST = (
    (r"(?<!“)North Koreans(?!”)", "say “North Korean people”"),
    (r"(?:flood|wave|stream|influx|swarm|horde)s? of (?:refugees|migrants|people|escapees)", "people are no flood"),
    (r"prostitutes?", "say what was done to the person, such as “was sold”"),
    (r"(?:the|as) slaves?", "say “enslaved people”, or what they were made to do"),
    (r"voiceless|helpless victims?", "name a person and what they did"),
)
# A passer-by in a conversation may say anything: it is about the reply. And a card says what not to say.
SPOKEN = ("says", "avoid")
# What they do is told by us; what they say then stands in quotation marks.
REACTION = "reaction"


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
    if draft.programs:
        yield from document_words(draft.programs.document)
    for bank in draft.banks:
        yield from document_words(bank.file.document)
    for conversation in draft.conversations:
        yield from document_words(conversation.file.document)
    if glossary := draft.ledger.documents.get(GLOSSARY):
        yield from document_words(glossary)


def _body_words(body: BodyDraft) -> Iterator[Words]:
    """Yield the body as typed, line by line, with headings, card titles and what stands in own= and note=."""
    for section in body.sections:
        yield Words(section.place, section.title, "")
    yield from (Words(card.place, card.title, "") for card in body.blocks(CardDraft))
    yield from (Words(piece.place, piece.title, "") for piece in body.blocks(PieceDraft))
    for paragraph in (
        *(text for _, text in body.questions()),
        *body.all_paragraphs(),
        *(body.pause or ()),
        *(body.short_pause or ()),
    ):
        for words in paragraph.beside():
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


def check_words(draft: CourseDraft, report: Report) -> None:
    """Report banned words (errors) and wording that puts something before the person (warnings)."""
    for words in all_words(draft):
        if words.key in SPOKEN:
            continue
        quotes = list(QUOTED.finditer(words.text))
        for pattern, advice in BANNED:
            for match in re.finditer(rf"\b(?:{pattern})\b", words.text, re.IGNORECASE):
                quotable = pattern == DEFECTOR or words.key == REACTION
                if not quotable or not any(quote.start() < match.start() < quote.end() for quote in quotes):
                    report.error(_at(words, match.start()), "banned-word", f"“{match[0]}”: {advice}")
        for pattern, advice in PEOPLE_FIRST if words.key != POOR else ():
            for match in re.finditer(rf"\b(?:{pattern})\b", words.text, re.IGNORECASE):
                report.warning(_at(words, match.start()), "people-first", f"“{match[0]}”: {advice}")


def _at(words: Words, offset: int) -> Position:
    """Return the place of a word; in YAML, where folding hides it, the text's own start."""
    return words.place._replace(column=words.place.column + offset) if words.key == "" else words.place
