"""Orphans: files that nothing lists, such as a forgotten lesson or a quiz under a wrong name."""

from pathlib import Path

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import BANKS, FOLDERS, PRACTICE, REVIEWED, Position, Report


def check_orphans(root: Path, draft: CourseDraft, report: Report) -> None:
    """Report each file that no list leads to, but hidden ones and those that a skipped list may name."""
    if any(file.kind == "course" for file in draft.skipped):
        return
    modules = [Path(file.path).parent.name for file in draft.skipped if file.kind == "module"]
    below = tuple(f"{folder}/{name}/" for folder in FOLDERS for name in modules)
    below += (f"{BANKS}/", f"{PRACTICE}/") if any(file.kind == "programs" for file in draft.skipped) else ()
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in path.split("/"))
            is_known = path in draft.listed or path == REVIEWED or path.startswith(below)
            if not hidden and not is_known and not file.is_dir():
                report.error(Position(path), "orphan", "nothing lists this file; list it or remove it")
