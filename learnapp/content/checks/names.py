"""Names: no module, lesson or item takes a name that another one has or had, for progress follows names."""

from learnapp.content.load.drafts import CourseDraft, items_in
from learnapp.content.problems import Position, Report


def check_names(draft: CourseDraft, report: Report) -> None:
    """Report every current or former name that stands for two things."""
    modules, lessons = _Names("module", report), _Names("lesson", report)
    for module in draft.modules:
        modules.add(module.slug, module.document.place())
    for lesson in draft.lessons:
        lessons.add(lesson.key, lesson.document.place())
    # Former names come after all current ones, so that it is `was` that is reported.
    for module in draft.modules:
        for number, name in enumerate(module.entry.was):
            modules.add(name, module.document.place("was", number))
    for lesson in draft.lessons:
        for key in lesson.former:
            lessons.add(key, lesson.document.place("was"))
    for quiz in draft.quizzes:
        items = _Names("item", report)
        for item in items_in(quiz):
            items.add(item.item.id, item.place("id"))
        for item in items_in(quiz):
            for number, name in enumerate(item.item.was):
                items.add(name, item.place("was", number))


class _Names:
    """The names of one kind of thing, with where each was given first."""

    def __init__(self, kind: str, report: Report) -> None:
        self.kind = kind
        self.report = report
        self.positions: dict[str, Position] = {}

    def add(self, name: str, position: Position) -> None:
        first = self.positions.setdefault(name, position)
        if first is not position:
            words = f"“{name}” is or was another {self.kind}, see {first.path}:{first.line}; give a new name"
            self.report.error(position, "name-taken", words)
