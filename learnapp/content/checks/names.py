"""Names: no module, lesson or item takes a name that another one has or had, for progress follows names."""

from collections.abc import Iterable

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import Position, Report


def check_names(draft: CourseDraft, report: Report) -> None:
    """Report every current or former name that stands for two things."""
    now = [(module.slug, module.document.place()) for module in draft.modules]
    was = [
        (name, module.document.place("was", n)) for module in draft.modules for n, name in enumerate(module.entry.was)
    ]
    _require_unique("module", (*now, *was), report)
    now = [(lesson.key, lesson.document.place()) for lesson in draft.lessons]
    was = [(key, lesson.document.place("was")) for lesson in draft.lessons for key in lesson.former]
    _require_unique("lesson", (*now, *was), report)
    for items in draft.item_groups():
        now = [(item.item.id, item.place("id")) for item in items]
        was = [(name, item.place("was", n)) for item in items for n, name in enumerate(item.item.was)]
        _require_unique("item", (*now, *was), report)


def _require_unique(kind: str, names: Iterable[tuple[str, Position]], report: Report) -> None:
    """Report each name that stands here before; former names come last, so that it is `was` that is reported."""
    positions: dict[str, Position] = {}
    for name, position in names:
        if first := positions.get(name):
            words = f"“{name}” is or was another {kind}, see {first.path}:{first.line}; give a new name"
            report.error(position, "name-taken", words)
        positions.setdefault(name, position)
