"""Shares: what `make test` tries of very many cases; the rest is marked `long`, for CI and `make test-long`."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

LONG = os.environ.get("LEARNAPP_TEST_LONG") == "1"
# What is no case of its own, such as the number of made-up examples, is not shared out: in CI there is all of it.
ALL_AT_ONCE = LONG or os.environ.get("CI") == "true"


def share(cases: Iterable[Any], chosen: Callable[[Any], bool]) -> list[Any]:
    """Return every case as a parameter, in order; those that are not chosen are marked `long`."""
    return [case if chosen(case) else left(*(case if isinstance(case, tuple) else (case,))) for case in cases]


def one_in(number: int, cases: Sequence[str], first: int) -> list[Any]:
    """Return every case as a parameter; one in so many, from the first one named on, is not marked `long`.

    Tests that share their cases each begin with another one, so that different cases are tried by each.
    """
    return [case if at % number == first else left(case) for at, case in enumerate(cases)]


def left(*values: Any, id: str | None = None) -> Any:
    """Return a case that `make test` leaves to `make test-long` and CI."""
    return pytest.param(*values, id=id, marks=pytest.mark.long)
