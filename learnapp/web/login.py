"""Login: Flask-Login's manager and its anonymous user. Accounts tell it how a token becomes a user."""

from dataclasses import dataclass

from flask import g
from flask_login import LoginManager


@dataclass(frozen=True, slots=True)
class Visitor:
    """The anonymous user, who has not answered anything yet: the attributes of an account, all at rest."""

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


def give_up_user() -> None:
    """Take the rest of this request's user for a visitor: error pages must not need the database.

    A user who is loaded already stays.
    """
    g.user_unavailable = True
