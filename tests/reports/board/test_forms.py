"""Addresses of the board: what is not said, or not rightly, is as usual."""

import pytest
from flask import Flask

from learnapp.reports.board.forms import chosen_separator, read_view, view_args
from learnapp.reports.board.values import BoardView


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ({}, BoardView()),
        ({"module": "1-tea", "sort": "name", "show": "late"}, BoardView("1-tea", "name", "late")),
        ({"module": "", "sort": "mark", "show": "<xss>"}, BoardView()),
    ],
)
def test_an_address_says_what_is_shown(address: dict[str, str], view: BoardView) -> None:
    assert read_view(address) == view


def test_a_view_is_an_address_again() -> None:
    for view in (BoardView(), BoardView("1-tea", "left", "not_started"), BoardView(show="help")):
        assert read_view(view_args(view)) == view
    assert view_args(BoardView()) == {}
    assert view_args(BoardView("1-tea", "name"), sort="help", show="late") == {"module": "1-tea", "show": "late"}


@pytest.mark.parametrize(
    ("address", "cookie", "chosen"),
    [
        ("", "", "comma"),
        ("?separator=semicolon", "", "semicolon"),
        ("", "semicolon", "semicolon"),
        ("?separator=comma", "semicolon", "comma"),
        ("?separator=tab", "nonsense", "comma"),
    ],
)
def test_the_separator_is_the_chosen_one_else_that_of_the_last_time(
    app: Flask, address: str, cookie: str, chosen: str
) -> None:
    with app.test_request_context(f"/{address}", headers={"Cookie": f"separator={cookie}"}):
        assert chosen_separator() == chosen
