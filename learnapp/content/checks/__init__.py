"""The guide's rules, as far as a machine can hold them: `check` is what `flask content check` prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from learnapp.content.checks.bank import check_bank
from learnapp.content.checks.evidence import check_evidence
from learnapp.content.checks.items import check_items
from learnapp.content.checks.lessons import check_lessons
from learnapp.content.checks.markup import check_marks
from learnapp.content.checks.orphans import check_orphans
from learnapp.content.checks.words import check_words
from learnapp.content.loader import Loaded, load
from learnapp.content.problems import Report

RULES: tuple[Callable[[Loaded, Report], None], ...] = (
    check_lessons,
    check_words,
    check_marks,
    check_evidence,
    check_items,
    check_bank,
)


def check(root: Path) -> Loaded:
    """Load a content root and hold it against the guide; all problems of both are in the result."""
    loaded = load(root)
    report = Report(loaded.problems)
    for rule in RULES:
        rule(loaded, report)
    check_orphans(root, loaded, report)
    return replace(loaded, problems=report.problems)
