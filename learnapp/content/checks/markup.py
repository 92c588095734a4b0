"""Markup: Markdown in quizzes, glossary and front matter, where little or none of it is read."""

from __future__ import annotations

from learnapp.content.checks.texts import document_words
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.markdown import faults_of, marks_in_plain
from learnapp.content.problems import GLOSSARY, Report


def check_markup(draft: CourseDraft, report: Report) -> None:
    """Report Markdown that would be shown as typed, and what our Markdown does not have."""
    documents = [lesson.quiz.document for lesson in draft.lessons if lesson.quiz]
    documents += [draft.ledger.documents[GLOSSARY]] if GLOSSARY in draft.ledger.documents else []
    for words in (words for document in documents for words in document_words(document)):
        for fault in faults_of(words.text):
            report.error(words.place, fault.rule, fault.message)
    plain = [lesson.document for lesson in draft.lessons]
    plain += [module.document for module in draft.modules]
    for words in (words for document in plain for words in document_words(document)):
        if mark := marks_in_plain(words.text):
            message = f"“{mark}” would be shown as typed; this text has no Markdown"
            report.error(words.place, "plain-text", message)
