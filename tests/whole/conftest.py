"""Fixtures for tests of the whole house: the cast, with nothing counted, mailed or waiting yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from learnapp.accounts.passwords.background import BackgroundQueue
from tests.whole.cast import Cast


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: each tries all routes, all people or all texts."""
    for item in items:
        if item.nodeid.startswith("tests/whole/"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def cast(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """Give the maker of people; what they leave to be done later is done before the tables are emptied."""
    monkeypatch.setitem(app.extensions, "passwords.queue", BackgroundQueue())
    for mail in (Path(app.instance_path) / "outbox").glob("*"):
        mail.unlink()
    cast = Cast(app, monkeypatch)
    yield cast
    cast.settle()
