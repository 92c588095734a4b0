"""Shares: what `make test` tries of very many cases, and how much of what has an amount; the rest is for later.

Cases that are left out are marked `long`. A test that tries more where what is long is tried is marked `scaled`, or
is a property (which Hypothesis marks). CI runs these three after `make test`; `make test-long` runs everything.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

LONG = os.environ.get("LEARNAPP_TEST_LONG") == "1"
IN_CI = os.environ.get("CI") == "true"


def share(cases: Iterable[Any], chosen: Callable[[Any], bool]) -> list[Any]:
    """Return the chosen cases as parameters, in order; with the others, marked `long`, where these are asked for."""
    return [
        case if is_chosen else left(*(case if isinstance(case, tuple) else (case,)))
        for case in cases
        if (is_chosen := chosen(case)) or LONG
    ]


def one_in(number: int, cases: Sequence[str], first: int) -> list[Any]:
    """Return one case in so many, from the first one named on; with the others where what is long is asked for.

    Tests that share their cases each begin with another one, so that different cases are tried by each.
    """
    chosen = range(first, len(cases), number)
    return [case if at in chosen else left(case) for at, case in enumerate(cases) if at in chosen or LONG]


def left(*values: Any, id: str | None = None) -> Any:
    """Return a case that `make test` leaves to `make test-long` and CI."""
    return pytest.param(*values, id=id, marks=pytest.mark.long)
