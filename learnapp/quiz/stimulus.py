"""Stimulus: something unseen that stands above a question, such as a headline or a series of numbers."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.model import LIST_MAX, FactId, FrozenModel, Text
from learnapp.quiz.numerals import read_number

StimulusKind = Literal["headline", "text", "quotation", "law", "series", "table", "map", "case", "sign", "form"]
ROWS_MAX = 24
COLUMNS_MAX = 4  # what fits a phone
# Where words stand beside a number, as in "about 1,047", it is the first that is drawn.
_NUMBER = re.compile(r"[0-9][0-9,.]*(?<=[0-9])")


class StimulusTable(FrozenModel):
    """A table: the heads of its columns, and rows with a cell for each; the first cell names the row."""

    columns: tuple[Text, ...] = Field(min_length=2, max_length=COLUMNS_MAX)
    rows: tuple[tuple[Text, ...], ...] = Field(min_length=1, max_length=ROWS_MAX)

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                cells = f"{len(row)} cells and the table {len(self.columns)} columns"
                raise ValueError(f"give each row a cell for each column; row {number} has {cells}")
        return self

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        """Return the number in the second cell of each row, None where there is none."""
        return tuple(_amount(row[1]) for row in self.rows)


class Stimulus(FrozenModel):
    """What a question shows and no lesson told: its words, a table, or both.

    It names its `source`, and in `evidence` what its numbers and facts stand in; or it is `made_up`.
    """

    kind: StimulusKind
    text: Text | None = None
    table: StimulusTable | None = None
    source: Text | None = None
    made_up: bool = False
    evidence: tuple[FactId, ...] = Field(default=(), max_length=LIST_MAX)

    @model_validator(mode="after")
    def _shows_something(self) -> Self:
        if self.text is None and self.table is None:
            raise ValueError("give the stimulus a `text` or a `table`")
        if self.kind in ("series", "table") and self.table is None:
            raise ValueError(f"a {self.kind} has a `table`")
        if self.kind == "series" and self.table and sum(one is not None for one in self.table.amounts) < 2:
            raise ValueError("a series has numbers in its second column; two or more are drawn")
        return self

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> Self:
        if (self.source is not None) == self.made_up:
            raise ValueError("name the `source` of the stimulus, or write `made_up: true`: one of the two")
        if self.source is not None and not self.evidence:
            raise ValueError("list in `evidence` what the facts and numbers of the stimulus stand in")
        if self.made_up and self.evidence:
            raise ValueError("what is made up has no `evidence`; remove it, or name the `source`")
        return self

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of its text."""
        lines = map(str.strip, (self.text or "").split("\n"))
        return tuple(filter(None, lines))

    @property
    def bars(self) -> tuple[float | None, ...]:
        """Return how long the bar of each row is, in percent of the longest; None where there is no number."""
        if self.kind != "series" or self.table is None:
            return ()
        amounts = self.table.amounts
        most = max((amount for amount in amounts if amount is not None), default=Decimal(0))
        return tuple(None if one is None else float(100 * one / most) if most else 0.0 for one in amounts)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield (place in the file, text) of all that it shows, the source left out."""
        if self.text:
            yield ("text",), self.text
        if self.table:
            yield from ((("table", "columns", n), head) for n, head in enumerate(self.table.columns))
            for n, row in enumerate(self.table.rows):
                yield from ((("table", "rows", n, at), cell) for at, cell in enumerate(row))


def _amount(cell: str) -> Decimal | None:
    match = _NUMBER.search(cell)
    return read_number(match[0]) if match else None
