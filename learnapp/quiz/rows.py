"""Rows to fill, one select each, as matching, ordering and categorise items have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from learnapp.quiz.display import Choice, Explanation, Input, Message
from learnapp.quiz.item import FormFields, Missing, is_index, read_digits

Targets = tuple[int | None, ...]


def parse_targets(data: object, count: int, targets: int) -> Targets:
    """Return the target of each of `count` rows in stored {"0": target}, None where it has no valid one."""
    table = data if isinstance(data, dict) else {}
    found = (table.get(str(row)) for row in range(count))
    return tuple(target if is_index(target, targets) else None for target in found)


def targets_to_json(targets: Targets) -> dict[str, int]:
    """Return targets as they are stored: {"0": target} for the rows that have one."""
    return {str(row): target for row, target in enumerate(targets) if target is not None}


def read_rows(form: FormFields, name: str, count: int) -> list[int | None]:
    """Return the number sent for each row on the page."""
    return [read_digits(form.get(f"{name}-{row}")) for row in range(count)]


def row_values(name: str, numbers: Iterable[int | None]) -> Iterator[tuple[str, str]]:
    """Yield the form fields of the rows that have a number."""
    return ((f"{name}-{row}", str(number)) for row, number in enumerate(numbers) if number is not None)


def row_inputs(
    name: str, labels: Iterable[str], choices: tuple[Choice, ...], prompt: Message
) -> tuple[Input, ...]:
    """Return a select for each row on the page."""
    return tuple(
        Input("select", f"{name}-{row}", label, choices, prompt=prompt) for row, label in enumerate(labels)
    )


def missing_rows(name: str, filled: Iterable[object], message: Message) -> tuple[Missing, ...]:
    """List the rows that are not filled."""
    return tuple(Missing(f"{name}-{row}", message) for row, done in enumerate(filled) if not done)


def row_key(why: str, see: str, label: str, text: str = "") -> Explanation:
    """Return the right answer of a row as authors read it."""
    return Explanation("right", Message("Right"), why, see, text, label)


def in_order(values: Sequence[Any], order: Iterable[int]) -> list[Any]:
    """Return the values in the order of the page."""
    return [values[index] for index in order]
