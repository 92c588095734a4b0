"""Holds: an account that something hangs on is kept, and whoever asks is told by what."""

from collections.abc import Sequence

import pytest

from learnapp.accounts.own_data import holds
from learnapp.accounts.own_data.holds import AccountHeld, Hold, holds_on, register_holds, require_free
from learnapp.database.db import AnySession
from tests.actors.attempts import Db

BEN, CLEO = 1, 2
HELD = Hold("9C", "lessons.home", {})


def find(_session: AnySession, user_id: int, *, lock: bool) -> Sequence[Hold]:
    return [HELD] if user_id == BEN else []


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_finders", {})


def test_what_a_room_finds_holds_an_account_and_no_other(db_session: Db) -> None:
    register_holds(find)
    register_holds(find)
    assert holds_on(db_session, BEN) == [HELD]
    with pytest.raises(AccountHeld, match="9C"):
        require_free(db_session, BEN)
    require_free(db_session, CLEO)
