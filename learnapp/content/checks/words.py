"""Words: those that the guide rules out, wording that does not put people first, and stray Markdown."""

import re

from learnapp.content.checks.texts import POOR, Words, all_words, document_words
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.markdown import faults_in, inline_tokens, typed_mark
from learnapp.content.problems import GLOSSARY, Position, Report

BANNED = (
    (r"brainwash\w*", "nobody is “brainwashed”; say what people are told, and what they make of it"),
    (r"hermit (?:kingdom|state|nation)", "say “North Korea”"),
    (r"robots?|robotic", "people are not robots; say what they do, and why"),
    (r"sex slaves?|sexual slaves?", "say “a person who was trafficked”, or what was done to them"),
    (r"illegals|illegal (?:immigrants?|migrants?|aliens?)", "a person is not illegal; say “without papers”"),
)
DEFECTOR = re.compile(r"\bdefect(?:ors?|ed|ing|ion|ions)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
PEOPLE_FIRST = (
    (r"(?<!“)North Koreans(?!”)", "say “North Korean people”"),
    (r"(?:flood|wave|stream|influx|swarm|horde)s? of (?:refugees|migrants|people|escapees)", "people are no flood"),
    (r"prostitutes?", "say what was done to the person, such as “was sold”"),
    (r"(?:the|as) slaves?", "say “enslaved people”, or what they were made to do"),
    (r"voiceless|helpless victims?", "name a person and what they did"),
)
# A passer-by in a conversation may say anything: the item is about the reply.
SPOKEN = "says"


def check_words(draft: CourseDraft, report: Report) -> None:
    """Report banned words (errors) and wording that puts something before the person (warnings)."""
    for words in all_words(draft):
        if words.key == SPOKEN:
            continue
        for pattern, advice in BANNED:
            for match in re.finditer(rf"\b(?:{pattern})\b", words.text, re.IGNORECASE):
                report.error(_at(words, match.start()), "banned-word", f"“{match[0]}”: {advice}")
        for match in DEFECTOR.finditer(words.text):
            if not any(quote.start() < match.start() < quote.end() for quote in QUOTED.finditer(words.text)):
                advice = "say “refugee” or “escapee”; quote it where someone used it"
                report.error(_at(words, match.start()), "banned-word", f"“{match[0]}”: {advice}")
        for pattern, advice in PEOPLE_FIRST if words.key != POOR else ():
            for match in re.finditer(rf"\b(?:{pattern})\b", words.text, re.IGNORECASE):
                report.warning(_at(words, match.start()), "people-first", f"“{match[0]}”: {advice}")


def check_markup(draft: CourseDraft, report: Report) -> None:
    """Report Markdown that would be shown as typed, and what our Markdown does not have."""
    documents = [lesson.quiz.document for lesson in draft.lessons if lesson.quiz]
    documents += [draft.ledger.documents[GLOSSARY]] if GLOSSARY in draft.ledger.documents else []
    for words in (words for document in documents for words in document_words(document)):
        for fault in faults_in(inline_tokens(words.text)):
            report.error(words.place, fault.rule, fault.message)
    plain = [lesson.document for lesson in draft.lessons]
    plain += [module.document for module in draft.modules]
    for words in (words for document in plain for words in document_words(document)):
        if mark := typed_mark(words.text):
            report.error(words.place, "plain-text", f"“{mark}” would be shown as typed; this text has no Markdown")


def _at(words: Words, offset: int) -> Position:
    """Return the place of a word; in YAML, where folding hides it, the text's own start."""
    return words.place._replace(column=words.place.column + offset) if words.key == "" else words.place
