"""Statistics of lessons and of the item bank: what the guide bounds, as numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from learnapp.content.checks.lessons.prose import attributions, open_paragraphs
from learnapp.content.checks.quizzes.bank import key_is_longest, key_position
from learnapp.content.checks.quizzes.talks import best_is_longest, turns_of
from learnapp.content.load.drafts import CourseDraft, LessonDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.readability import measure
from learnapp.content.reports.coverage import table
from learnapp.quiz.types import ITEM_TYPES
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse

HEADS = "lesson words grade sentence minutes items types short recall unseen kinds said turns longest goods"


@dataclass(frozen=True, slots=True)
class LessonStats:
    """One lesson's measures; from `words` on they are the columns of the table.

    `recall` and `unseen` are items of the main quiz, `kinds` the voices that speak in the lesson, `attributions` those
    in its open prose. Of its turns `longest` have a best reply that is the longest, `two_goods` are between goods.
    """

    key: str
    title: str
    words: int
    grade: float
    mean_sentence: float
    minutes: int
    items: int
    types: int
    short_items: int
    recall: int
    unseen: int
    kinds: int
    attributions: int
    turns: int
    longest: int
    two_goods: int


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

    @property
    def turns(self) -> int:
        """Return how many turns the conversations of the course have."""
        return sum(lesson.turns for lesson in self.lessons)

    def as_text(self) -> str:
        """Return a table of the lessons and, below it, the bank's figures."""
        heads = tuple(HEADS.split())
        rows = [heads, *((lesson.key, *map(str, astuple(lesson)[2:])) for lesson in self.lessons)]
        places = ", ".join(f"{chr(65 + position)} {count}" for position, count in enumerate(self.positions))
        lines = [
            "types           " + ", ".join(f"{name} {count}" for name, count in self.types.items()),
            f"single choice   {self.singles}: key {places}; key longest {_percent(self.longest_key)}",
            f"true/false      {self.true_false}: true {_percent(self.true_key)}",
            f"turns           {self.turns}: best reply longest {self._of_turns('longest')}, "
            f"between two goods {self._of_turns('two_goods')}",
            f"main quizzes    {self._sum('items')} items: recall {self._sum('recall')}, unseen {self._sum('unseen')}",
        ]
        return "\n".join([*table(rows), "", *lines])

    def _sum(self, name: str) -> int:
        return sum(getattr(lesson, name) for lesson in self.lessons)

    def _of_turns(self, name: str) -> str:
        return _percent(self._sum(name) / self.turns if self.turns else None)


def bank_stats(draft: CourseDraft) -> BankStats:
    """Measure every lesson and the bank as a whole, short quizzes included."""
    items = [item for lesson in draft.lessons for item in lesson.items()]
    singles = [item.item for item in items if isinstance(item.item, Single)]
    verdicts = [item.item.key for item in items if isinstance(item.item, TrueFalse)]
    types = Counter[str](item.item.type for item in items)
    places = Counter(key_position(single) for single in singles)
    return BankStats(
        lessons=tuple(_lesson_stats(lesson, draft.ledger) for lesson in draft.lessons),
        types={name: types[name] for name in ITEM_TYPES},
        positions=tuple(places[number] for number in range(max([2, *places]) + 1)),
        longest_key=_share([key_is_longest(single) for single in singles]),
        true_key=_share(verdicts),
        singles=len(singles),
        true_false=len(verdicts),
    )


def _lesson_stats(lesson: LessonDraft, ledger: Ledger) -> LessonStats:
    text = measure(lesson.body.text())
    items, short = (lesson.quiz.model.items, lesson.quiz.model.short) if lesson.quiz else ((), ())
    turns = [turn.turn for item in lesson.items() for turn in turns_of(item)]
    recall = sum(item.is_recall for item in items)
    cited = [ledger.facts[fact] for fact in (*lesson.cited(), *lesson.shown()) if fact in ledger.facts]
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
        recall=recall,
        unseen=len(items) - recall,
        kinds=len({fact.voice for fact in cited}),
        attributions=sum(len(attributions(paragraph.text)) for paragraph in open_paragraphs(lesson)),
        turns=len(turns),
        longest=sum(map(best_is_longest, turns)),
        two_goods=sum(turn.two_goods for turn in turns),
    )


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
