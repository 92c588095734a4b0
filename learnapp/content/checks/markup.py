"""Marks in quizzes, glossary and front matter, where only a few or none are read."""

from __future__ import annotations

from learnapp.content.checks.texts import document_words
from learnapp.content.load.ledger import GLOSSARY
from learnapp.content.load.markup_rules import faults_of, marks_in_plain
from learnapp.content.loader import Loaded
from learnapp.content.problems import Report


def check_marks(loaded: Loaded, report: Report) -> None:
    """Report Markdown that would be shown as typed, and what our Markdown does not have."""
    documents = [lesson.quiz_document for lesson in loaded.bank.lessons]
    for document in (*documents, loaded.ledger.documents.get(GLOSSARY)):
        for words in document_words(document) if document else ():
            for fault in faults_of(words.text):
                report.error(words.place, fault.rule, fault.message)
    plain = [lesson.document for lesson in loaded.bank.lessons]
    for document in (*plain, *(module.document for module in loaded.bank.modules)):
        for words in document_words(document):
            if mark := marks_in_plain(words.text):
                message = f"“{mark}” would be shown as typed; this text has no Markdown"
                report.error(words.place, "plain-text", message)
