"""Statistics of the item bank: types, where keys stand, how long they are, how often true is the key."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from learnapp.content.checks.bank import key_is_longest, key_position
from learnapp.content.load.drafts import CourseDraft, LessonDraft
from learnapp.content.readability import measure
from learnapp.content.reports.coverage import table
from learnapp.quiz.types import ITEM_TYPES
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse


@dataclass(frozen=True, slots=True)
class LessonStats:
    """One lesson's measures; from `words` on they are the columns of the table."""

    key: str
    title: str
    words: int
    grade: float
    mean_sentence: float
    minutes: int
    items: int
    types: int
    short_items: int


@dataclass(frozen=True, slots=True)
class BankStats:
    """The whole bank. Positions count from 0; shares are between 0 and 1, or None without such items."""

    lessons: tuple[LessonStats, ...]
    types: Mapping[str, int]
    positions: tuple[int, ...]
    longest_key: float | None
    true_key: float | None
    singles: int
    true_false: int

    def as_text(self) -> str:
        """Return a table of the lessons and, below it, the bank's figures."""
        heads = ("lesson", "words", "grade", "sentence", "minutes", "items", "types", "short")
        rows = [heads, *((lesson.key, *map(str, astuple(lesson)[2:])) for lesson in self.lessons)]
        places = ", ".join(f"{chr(65 + position)} {count}" for position, count in enumerate(self.positions))
        lines = [
            "types           " + ", ".join(f"{name} {count}" for name, count in self.types.items()),
            f"single choice   {self.singles}: key {places}; key longest {_percent(self.longest_key)}",
            f"true/false      {self.true_false}: true {_percent(self.true_key)}",
        ]
        return "\n".join([*table(rows), "", *lines])


def bank_stats(draft: CourseDraft) -> BankStats:
    """Measure every lesson and the bank as a whole, short quizzes included."""
    items = [item for lesson in draft.lessons for item in lesson.items()]
    singles = [item.item for item in items if isinstance(item.item, Single)]
    verdicts = [item.item.key for item in items if isinstance(item.item, TrueFalse)]
    types = Counter[str](item.item.type for item in items)
    places = Counter(key_position(single) for single in singles)
    return BankStats(
        lessons=tuple(_lesson_stats(lesson) for lesson in draft.lessons),
        types={name: types[name] for name in ITEM_TYPES},
        positions=tuple(places[number] for number in range(max([2, *places]) + 1)),
        longest_key=_share([key_is_longest(single) for single in singles]),
        true_key=_share(verdicts),
        singles=len(singles),
        true_false=len(verdicts),
    )


def _lesson_stats(lesson: LessonDraft) -> LessonStats:
    text = measure(lesson.body.text())
    items, short = (lesson.quiz.model.items, lesson.quiz.model.short) if lesson.quiz else ((), ())
    return LessonStats(
        key=lesson.key,
        title=lesson.front.title,
        words=text.words,
        grade=text.grade,
        mean_sentence=round(text.mean_sentence, 1),
        minutes=lesson.front.minutes,
        items=len(items),
        types=len({item.type for item in items}),
        short_items=len(short),
    )


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
