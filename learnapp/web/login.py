"""Who asks: Flask-Login's manager. Accounts tell it how a token becomes a person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g
from flask_login import LoginManager


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has not answered anything yet: the same attributes as an account, all at rest."""

    id: int | None = None
    name: str = ""
    role: str = "anonymous"
    theme: str = "auto"
    contrast: str = "auto"
    language: str | None = None
    time_zone: str | None = None
    band: int | None = None
    neutral_titles: bool = False
    session_id: int | None = None
    is_guest: bool = False
    is_staff: bool = False
    is_authenticated: bool = False
    is_active: bool = False
    is_anonymous: bool = True

    def get_id(self) -> None:
        return None


login_manager = LoginManager()
login_manager.anonymous_user = Visitor
login_manager.session_protection = None  # the token in the session decides, not the browser's name


@login_manager.user_loader  # type: ignore[untyped-decorator]
def nobody(token: str) -> None:
    """Know nobody until accounts replace this."""


def forget_person() -> None:
    """Answer the rest of this request as to a visitor: error pages must not need the database."""
    if "_login_user" not in g:
        g._login_user = Visitor()


def init_app(app: Flask) -> None:
    """Let the app know who asks."""
    login_manager.init_app(app)
