"""Guest merge: what features have registered is moved, once, in the order of registration."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from learnapp.accounts import merge_guest
from learnapp.db import AnySession

Db = scoped_session[Session]


def test_each_registered_merge_runs_once_with_both_ids(db_session: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_guest, "_merges", [])
    calls: list[tuple[str, int, int]] = []

    def first(_session: AnySession, guest_id: int, user_id: int) -> None:
        calls.append(("first", guest_id, user_id))

    def second(_session: AnySession, guest_id: int, user_id: int) -> None:
        calls.append(("second", guest_id, user_id))

    for merge in (first, second, first):
        assert merge_guest.on_guest_merge(merge) is merge
    merge_guest.merge_guest(db_session, 3, 7)
    assert calls == [("first", 3, 7), ("second", 3, 7)]


def test_learning_has_registered_what_it_moves(app: Flask) -> None:
    modules = {merge.__module__ for merge in merge_guest._merges}
    assert {"learnapp.learning.attempts.merge_guest", "learnapp.learning.review.merge_guest"} <= modules
