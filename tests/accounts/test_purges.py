"""Purges of rooms above accounts, carried out by `flask tick`."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.accounts import purges
from learnapp.accounts.models import User
from learnapp.accounts.purges import register_purge, register_warning, registered_purges
from learnapp.database.db import AnySession, begin_write
from tests.actors.attempts import Db
from tests.factories.accounts import UserFactory


def test_what_is_registered_twice_is_carried_out_once_and_committed(
    app: Flask, db_session: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purges, "_purges", dict(purges._purges))
    moments = []

    def rename_everybody(session: AnySession, now: datetime) -> None:
        begin_write(session)
        moments.append(now)
        for user in session.scalars(select(User)):
            user.name = "nobody"

    UserFactory(name="Ben")
    for _ in range(2):
        register_purge(rename_everybody)
    assert registered_purges()[-1] is rename_everybody

    result = app.test_cli_runner().invoke(args=["tick"])

    assert result.exit_code == 0, result.output
    assert len(moments) == 1
    db_session.rollback()
    assert db_session.scalars(select(User.name)).all() == ["nobody"]


def test_tick_says_what_an_operator_has_to_see_to(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purges, "_warnings", {})

    def warn(_session: AnySession) -> str:
        return "Look at this."

    def be_silent(_session: AnySession) -> str:
        return ""

    for one in (be_silent, warn, warn):
        register_warning(one)
    result = app.test_cli_runner().invoke(args=["tick"])
    assert result.output.splitlines().count("Look at this.") == 1
    assert "" not in result.output.splitlines()
