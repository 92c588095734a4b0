"""Results of finals: what a form earned by theme, what of it to go over again, and how sure its holder was. Pure."""

from dataclasses import dataclass

from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.values import FULL_MARKS, AttemptDetail, AttemptItem
from learnapp.quiz.certainty import CertaintyLevel, count_by_certainty


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """Points of one theme, which is a module or a safety point, with the lessons that teach what was missed."""

    name: str
    title: str
    points: float
    out_of: int
    full_marks: bool
    lessons: tuple[Lesson, ...]

    @property
    def whole(self) -> bool:
        """Tell whether nothing was missed."""
        return self.points > self.out_of - (1 - FULL_MARKS)

    @property
    def lacking(self) -> bool:
        """Tell whether it alone keeps from passing, as it asks for full marks."""
        return self.full_marks and not self.whole


@dataclass(frozen=True, slots=True)
class FinalResult:
    """What came of a form: points in all and by theme, and answers by how sure their holder was."""

    points: float
    out_of: int
    pass_points: int
    passed: bool
    themes: tuple[ThemeResult, ...]
    certainty: tuple[CertaintyLevel, ...]

    @property
    def lacking(self) -> tuple[ThemeResult, ...]:
        """Return the safety points without full marks."""
        return tuple(theme for theme in self.themes if theme.lacking)

    @property
    def to_go_over(self) -> tuple[ThemeResult, ...]:
        """Return the themes in which something was missed, safety points first."""
        missed = (theme for theme in self.themes if not theme.whole)
        return tuple(sorted(missed, key=lambda theme: not theme.full_marks))


def final_result(catalog: Catalog, attempt: AttemptDetail) -> FinalResult:
    """Return the result of a finished form, with lessons as the course has them now."""
    titles = {module.slug: module.title for module in catalog.modules.values()}
    titles |= {point.id: point.title for point in catalog.safety}
    answered = {item.item.id: item for item in attempt.items}
    themes = []
    for stratum in attempt.quiz.strata:
        items = [answered[item] for item in stratum.items if item in answered]
        if items:
            title = titles.get(stratum.name, stratum.name)
            lessons = () if stratum.full_marks else _lessons(catalog, stratum.name, items)
            points = round(sum(map(_points, items)), 9)
            themes.append(ThemeResult(stratum.name, title, points, len(items), stratum.full_marks, lessons))
    levels = count_by_certainty((item.certainty, _points(item)) for item in attempt.items if item.answered)
    summary = attempt.summary
    return FinalResult(
        points=summary.points or 0.0,
        out_of=len(attempt.items),
        pass_points=attempt.quiz.pass_points or 0,
        passed=bool(summary.passed),
        themes=tuple(themes),
        certainty=tuple(level for level in levels if level.count),
    )


def _points(item: AttemptItem) -> float:
    return item.state.points or 0.0


def _lessons(catalog: Catalog, module: str, items: list[AttemptItem]) -> tuple[Lesson, ...]:
    """Return the lessons that teach what these items missed, those of the module first, in the order of the course."""
    found = set()
    for item in items:
        places = catalog.places_of(item.item.facts[0]) if _points(item) < FULL_MARKS else ()
        lessons = [lesson for lesson, _place in places]
        found |= {lesson.key for lesson in [one for one in lessons if one.module == module][:1] or lessons[:1]}
    return tuple(lesson for lesson in catalog.lessons.values() if lesson.key in found)
