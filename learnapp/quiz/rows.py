"""Rows to fill, one select each, as matching, ordering and categorise items have them.

Each row gets a target: a match, a place, a category. A type says what its rows and targets are.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from learnapp.quiz.display import RIGHT, Choice, Explanation, Input, ItemForm, Message, Words, explain_part
from learnapp.quiz.item import BaseItem, FormFields, ItemResponse, Missing, Presentation, Score, read_digits
from learnapp.quiz.model import ItemPart

Targets = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class RowsResponse(ItemResponse):
    """The target given to each row, None for none, in the order of the file; stored under the type's name."""

    stored_as: str
    targets: Targets

    def to_json(self) -> dict[str, Any]:
        """Return {"matches": {"0": target}} with the rows that have one."""
        given = {str(row): target for row, target in enumerate(self.targets) if target is not None}
        return {self.stored_as: given}


class ItemRow(NamedTuple):
    """A row: its label, the target that is right for it, this in words, and the part that says why."""

    label: str
    target: int
    answer: str
    part: ItemPart


class RowsItem(BaseItem[RowsResponse]):
    """An item with a select for each of its rows."""

    field: ClassVar[str]
    """The first half of the names of its fields, as in place-0."""
    stored_as: ClassVar[str]
    response_type: ClassVar[type[RowsResponse]] = RowsResponse
    targets_shuffled: ClassVar[bool] = False
    """Whether the page has the targets shuffled and sends their positions; else the rows are shuffled."""
    prompt: ClassVar[Message]
    task: ClassVar[Message]
    row_missing: ClassVar[Message]
    all_missing: ClassVar[Message]

    @property
    @abstractmethod
    def rows(self) -> Sequence[ItemRow]:
        """List the rows in the order of the file."""

    @property
    @abstractmethod
    def targets(self) -> Mapping[int, Words]:
        """Return what a row may be given, and what is then said of it."""

    @abstractmethod
    def choices(self, shown: Presentation) -> tuple[Choice, ...]:
        """Return what every select has to choose from."""

    def rows_shown(self, shown: Presentation) -> Sequence[int]:
        """Return the rows in the order of the page."""
        return range(len(self.rows)) if self.targets_shuffled else shown.shown

    def given(self, response: RowsResponse | None) -> Targets:
        """Return the target of each row as it counts."""
        return response.targets if response else (None,) * len(self.rows)

    def response(self, targets: Iterable[object]) -> RowsResponse | None:
        """Return the response that gives the rows these targets, without those that there are not."""
        known = self.targets
        kept = tuple(one if type(one) is int and one in known else None for one in targets)
        return self.response_type(self.stored_as, kept) if any(one is not None for one in kept) else None

    def parse(self, data: dict[str, Any]) -> RowsResponse | None:
        table = data.get(self.stored_as)
        targets = table if isinstance(table, dict) else {}
        return self.response(targets.get(str(row)) for row in range(len(self.rows)))

    def parse_form(self, form: FormFields, shown: Presentation) -> RowsResponse | None:
        sent = {row: form.get(f"{self.field}-{at}") for at, row in enumerate(self.rows_shown(shown))}
        read = shown.index_at if self.targets_shuffled else read_digits
        return self.response(read(sent[row]) for row in range(len(self.rows)))

    def form_values(self, response: RowsResponse, shown: Presentation) -> Iterator[tuple[str, str]]:
        for at, row in enumerate(self.rows_shown(shown)):
            if (target := response.targets[row]) is not None:
                value = shown.shown.index(target) if self.targets_shuffled else target
                yield f"{self.field}-{at}", str(value)

    def missing(self, response: RowsResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        given, message = self.given(response), self.row_missing
        rows = enumerate(self.rows_shown(shown))
        return tuple(Missing(f"{self.field}-{at}", message) for at, row in rows if given[row] is None)

    def share_right(self, response: RowsResponse | None) -> Score:
        """Return the share of rows with the right target."""
        pairs = zip(self.rows, self.given(response), strict=True)
        return Score.share_of([target == row.target for row, target in pairs])

    def form(self, response: RowsResponse | None, shown: Presentation) -> ItemForm:
        rows, choices, prompt = self.rows, self.choices(shown), self.prompt
        labels = enumerate(rows[row].label for row in self.rows_shown(shown))
        inputs = (Input("select", f"{self.field}-{at}", label, choices, prompt) for at, label in labels)
        return ItemForm("rows", tuple(inputs), self.task, self.all_missing)

    def explain(self, response: RowsResponse | None, shown: Presentation) -> Iterator[Explanation]:
        rows, words, targets = self.rows, self.targets, self.given(response)
        for row, target in ((rows[index], targets[index]) for index in self.rows_shown(shown)):
            given = "" if target is None else words[target]
            right, why, see = target == row.target, row.part.feedback, self.see_of(row.part)
            yield explain_part(right, why, see, row.answer, row.label, given)

    def answer_key(self) -> Iterator[Explanation]:
        for row in self.rows:
            see = self.see_of(row.part)
            yield Explanation("right", RIGHT, row.part.feedback, see, row.answer, row.label)
