"""Statistics of lessons and of the item bank: what the guide bounds, as numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from learnapp.content.checks.lessons.prose import attributions, open_paragraphs
from learnapp.content.checks.quizzes.bank import key_is_longest, key_position
from learnapp.content.checks.quizzes.talks import turns_of
from learnapp.content.checks.replies import best_is_longest
from learnapp.content.finals import item_traits
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
class FinalStats:
    """The items that finals are drawn from.

    `dated` have a figure with its year, `strong` rest on a strong fact; `positions` are those of the keys of single
    choice. Of the turns of conversations `longest` have a best reply that is the longest.
    """

    items: int
    recall: int
    unseen: int
    dated: int
    strong: int
    positions: tuple[int, ...]
    turns: int
    longest: int

    def as_text(self) -> str:
        """Return a line of these figures."""
        shown = f"recall {self.recall}, unseen {self.unseen}, dated figures {self.dated}, strong {self.strong}"
        best = _percent(self.longest / self.turns if self.turns else None)
        return f"{self.items} items: {shown}; key {_places(self.positions)}; best reply longest {best}"


@dataclass(frozen=True, slots=True)
class BankStats:
    """The whole bank, and apart from it that of finals, None where there is none.

    Positions count from 0; shares are between 0 and 1, or None without such items.
    """

    lessons: tuple[LessonStats, ...]
    types: Mapping[str, int]
    positions: tuple[int, ...]
    longest_key: float | None
    true_key: float | None
    singles: int
    true_false: int
    finals: FinalStats | None

    @property
    def turns(self) -> int:
        """Return how many turns the conversations of the course have."""
        return sum(lesson.turns for lesson in self.lessons)

    def as_text(self) -> str:
        """Return a table of the lessons and, below it, the bank's figures."""
        heads = tuple(HEADS.split())
        rows = [heads, *((lesson.key, *map(str, astuple(lesson)[2:])) for lesson in self.lessons)]
        lines = [
            "types           " + ", ".join(f"{name} {count}" for name, count in self.types.items()),
            f"single choice   {self.singles}: key {_places(self.positions)}; key longest {_percent(self.longest_key)}",
            f"true/false      {self.true_false}: true {_percent(self.true_key)}",
            f"turns           {self.turns}: best reply longest {self._of_turns('longest')}, "
            f"between two goods {self._of_turns('two_goods')}",
            f"main quizzes    {self._sum('items')} items: recall {self._sum('recall')}, unseen {self._sum('unseen')}",
        ]
        lines += [f"finals          {self.finals.as_text()}"] if self.finals else []
        return "\n".join([*table(rows), "", *lines])

    def _sum(self, name: str) -> int:
        return sum(getattr(lesson, name) for lesson in self.lessons)

    def _of_turns(self, name: str) -> str:
        return _percent(self._sum(name) / self.turns if self.turns else None)


def bank_stats(draft: CourseDraft) -> BankStats:
    """Measure every lesson, the bank as a whole, short quizzes included, and the bank of finals."""
    items = [item for lesson in draft.lessons for item in lesson.items()]
    singles = [item.item for item in items if isinstance(item.item, Single)]
    verdicts = [item.item.key for item in items if isinstance(item.item, TrueFalse)]
    types = Counter[str](item.item.type for item in items)
    return BankStats(
        lessons=tuple(_lesson_stats(lesson, draft.ledger) for lesson in draft.lessons),
        types={name: types[name] for name in ITEM_TYPES},
        positions=_positions(singles),
        longest_key=_share([key_is_longest(single) for single in singles]),
        true_key=_share(verdicts),
        singles=len(singles),
        true_false=len(verdicts),
        finals=_final_stats(draft) if draft.banks else None,
    )


def _final_stats(draft: CourseDraft) -> FinalStats:
    items = draft.bank_items()
    traits = [item_traits(item, draft.ledger.facts) for item in items]
    turns = [turn.turn for item in items for turn in turns_of(item)]
    recall = sum(item.item.is_recall for item in items)
    return FinalStats(
        items=len(items),
        recall=recall,
        unseen=len(items) - recall,
        dated=sum(one.dated for one in traits),
        strong=sum(one.strong for one in traits),
        positions=_positions([item.item for item in items if isinstance(item.item, Single)]),
        turns=len(turns),
        longest=sum(map(best_is_longest, turns)),
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


def _positions(singles: list[Single]) -> tuple[int, ...]:
    """Return how often the key stands at each position."""
    places = Counter(key_position(single) for single in singles)
    return tuple(places[number] for number in range(max([2, *places]) + 1))


def _places(positions: tuple[int, ...]) -> str:
    return ", ".join(f"{chr(65 + position)} {count}" for position, count in enumerate(positions))


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
