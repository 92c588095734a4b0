"""Rows: parts to fill with one select each, as matching, ordering and categorise items have them.

Each row gets a target: a match, a place, a category. A type says what its rows and targets are.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple

from learnapp.quiz.display import Choice, Explanation, Input, ItemForm, Message, Words, explain_part, numbered_choices
from learnapp.quiz.item import BaseItem, FormFields, ItemResponse, Missing, Presentation, read_digits, share
from learnapp.quiz.model import ItemPart

Targets = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class RowsResponse(ItemResponse):
    """The target given to each row, None for none, in the order of the file."""

    targets: Targets


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
    by: ClassVar[Literal["order", "match", "sort"]]
    """How its rows are filled by hand."""
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
    def targets(self) -> Mapping[int, str]:
        """Return what a row may be given, in words."""

    def target_given(self, target: int) -> Words:
        """Return what is said of the target that a learner gave."""
        return self.targets[target]

    def fields(self, presentation: Presentation) -> list[tuple[str, int]]:
        """Return the (name of the field, row) of each row in the order of the page."""
        rows = range(len(self.rows)) if self.targets_shuffled else presentation.order
        return [(f"{self.field}-{at}", row) for at, row in enumerate(rows)]

    def graded_targets(self, response: RowsResponse | None) -> Targets:
        """Return the target of each row that is graded, None where the row counts as not filled in."""
        return response.targets if response else (None,) * len(self.rows)

    def response(self, targets: Iterable[object]) -> RowsResponse | None:
        """Return the response that gives the rows these targets, without those that there are not."""
        choosable = self.targets
        kept = tuple(target if type(target) is int and target in choosable else None for target in targets)
        return RowsResponse(kept) if any(target is not None for target in kept) else None

    def parse(self, data: dict[str, Any]) -> RowsResponse | None:
        table = data.get(self.stored_as)
        targets = table if isinstance(table, dict) else {}
        return self.response(targets.get(str(row)) for row in range(len(self.rows)))

    def to_json(self, response: RowsResponse) -> dict[str, Any]:
        """Return {"matches": {"0": target}} with the rows that have one."""
        return {self.stored_as: {str(row): target for row, target in enumerate(response.targets) if target is not None}}

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: RowsResponse | None = None
    ) -> RowsResponse | None:
        sent = {row: form.get(name) for name, row in self.fields(presentation)}
        read = presentation.index_at if self.targets_shuffled else read_digits
        return self.response(read(sent[row]) for row in range(len(self.rows)))

    def form_values(self, response: RowsResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        for name, row in self.fields(presentation):
            if (target := response.targets[row]) is not None:
                yield name, str(presentation.order.index(target) if self.targets_shuffled else target)

    def missing(self, response: RowsResponse | None, presentation: Presentation) -> tuple[Missing, ...]:
        given, fields = self.graded_targets(response), self.fields(presentation)
        return tuple(Missing(name, self.row_missing) for name, row in fields if given[row] is None)

    def share_right(self, response: RowsResponse | None) -> float:
        """Return the share of rows with the right target, as points."""
        pairs = zip(self.rows, self.graded_targets(response), strict=True)
        return share([target == row.target for row, target in pairs])

    def form(self, response: RowsResponse | None, presentation: Presentation) -> ItemForm:
        rows, targets = self.rows, self.targets
        choices = tuple(Choice(str(target), text) for target, text in targets.items())
        if self.targets_shuffled:
            choices = numbered_choices(targets[target] for target in presentation.order)
        fields = self.fields(presentation)
        inputs = tuple(Input("select", name, rows[row].label, choices, self.prompt) for name, row in fields)
        return ItemForm("rows", inputs, self.task, self.all_missing, by=self.by)

    def explain(self, response: RowsResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        pairs = list(zip(self.rows, self.graded_targets(response), strict=True))
        for row, target in (pairs[index] for _name, index in self.fields(presentation)):
            given = "" if target is None else self.target_given(target)
            right, feedback, fact = target == row.target, row.part.feedback, self.fact_behind(row.part)
            yield explain_part(right, feedback, fact, row.answer, row.label, given)

    def answer_key(self) -> Iterator[Explanation]:
        return self.explain(RowsResponse(tuple(row.target for row in self.rows)), self.file_order)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from ((("entries", n, "text"), row.label) for n, row in enumerate(self.rows))
