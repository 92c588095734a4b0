"""Files that nobody lists: a lesson that is forgotten, a quiz under a wrong name."""

from __future__ import annotations

from pathlib import Path

from learnapp.content.loader import Loaded
from learnapp.content.problems import Place, Report
from learnapp.content.reports.reviews import REVIEWED, read_reviews

FOLDERS = ("modules", "quizzes")


def check_orphans(root: Path, loaded: Loaded, report: Report) -> None:
    """Report every file below modules/ and quizzes/ that no list leads to; hidden ones are left alone.

    modules/reviewed.yaml, which nothing lists, is read instead. What a list that cannot be read may name is
    left alone, too.
    """
    read_reviews(root, report)
    bank = loaded.bank
    if bank.unread_course:
        return
    lists = [path.removeprefix("modules/").removesuffix("module.yaml") for path in bank.unread_modules]
    below = tuple(f"{folder}/{name}" for folder in FOLDERS for name in lists)
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in path.split("/"))
            known = path in loaded.asked or path == REVIEWED or path.startswith(below)
            if not hidden and not known and not file.is_dir():
                report.error(Place(path), "orphan", "nothing lists this file; list it or remove it")
