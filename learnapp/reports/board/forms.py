"""Addresses and forms of the board: what a leader wants to see, which separator."""

from typing import Any, Protocol

from flask import request

from learnapp.reports.board.values import ALL, BY_LEFT, BY_NAME, HELP_FIRST, LATE, NEEDS_HELP, UNSTARTED, BoardView
from learnapp.web.browser import cookies

SORTS = (HELP_FIRST, BY_NAME, BY_LEFT)
SHOWN = (ALL, NEEDS_HELP, LATE, UNSTARTED)
COMMA, SEMICOLON = "comma", "semicolon"
SEPARATORS = {COMMA: ",", SEMICOLON: ";"}
SEPARATOR_COOKIE = "separator"


class Values(Protocol):
    """What came in an address or a form, by name."""

    def get(self, key: str, /) -> Any: ...


def read_view(values: Values) -> BoardView:
    """Return the view that an address or a form asks for; what it does not say, or not rightly, is as usual."""
    sort, show = values.get("sort"), values.get("show")
    return BoardView(
        module=values.get("module") or None,
        sort=sort if sort in SORTS else HELP_FIRST,
        show=show if show in SHOWN else ALL,
    )


def view_args(view: BoardView, **changes: str | None) -> dict[str, Any]:
    """Return a view as arguments of an address, without what is usual."""
    usual = {"sort": HELP_FIRST, "show": ALL}
    args = {"module": view.module, "sort": view.sort, "show": view.show, **changes}
    return {name: value for name, value in args.items() if value is not None and value != usual.get(name)}


def chosen_separator() -> str:
    """Return what stands between cells: as the address says, else as in this browser the last time."""
    for name in (request.args.get("separator"), cookies.sent_cookie(SEPARATOR_COOKIE)):
        if name in SEPARATORS:
            return name
    return COMMA
