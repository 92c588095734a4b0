"""Login: the anonymous user, and pages that must do without the database."""

from dataclasses import fields

import pytest
from flask import Flask, session
from flask_login import current_user

from learnapp.accounts.identity import CurrentUser
from learnapp.accounts.sessions import token_hash
from learnapp.web.browser.cookies import held_tokens
from learnapp.web.login import Visitor, give_up_user


def test_a_visitor_has_all_that_pages_ask_of_a_user() -> None:
    secret = {"token"}
    asked = {field.name for field in fields(CurrentUser)} - secret
    assert asked <= {field.name for field in fields(Visitor)}
    assert Visitor().role == "anonymous"


def test_a_user_who_is_given_up_is_not_looked_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []

    def watched(token: str) -> str:
        looked_for.append(token)
        return token_hash(token)

    monkeypatch.setattr("learnapp.accounts.identity.sessions.token_hash", watched)
    with app.test_request_context("/"):
        session["_user_id"] = "somebody"
        assert held_tokens()
        give_up_user()
        assert current_user.role == "anonymous"
        assert looked_for == []
    with app.test_request_context("/"):
        session["_user_id"] = "somebody"
        assert current_user.role == "anonymous"
        assert looked_for == ["somebody"]
