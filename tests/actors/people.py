"""People with accounts and their browsers: Ada, Ben and the others."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.limits.throttle import Limit, throttle_key
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords import hashing
from learnapp.accounts.sessions import open_session
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.browser.cookies import LOGIN, cookie_name
from learnapp.web.login import LEARNER

PASSWORD = "tea with two sugars"
OTHER = "a kettle on the stove"


def hashed(password: str = PASSWORD) -> str:
    """Return the kept string of a password, computed once for all tests that hash alike."""
    return _hashed(password, hashing.HASHER)


@cache
def _hashed(password: str, _by: PasswordHasher) -> str:
    return hashing.hash_password(password)


class People:
    """Makes accounts in the database and signs them in."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @property
    def engine(self) -> Engine:
        """Return the engine; a request made inside an app context would share that context's `g`."""
        with self.app.app_context():
            return db.engine

    def add(self, name: str = "Ben", role: str = LEARNER, **values: Any) -> int:
        """Make an account with the usual password; return its id."""
        now = datetime.now(UTC)
        email = values.pop("email", None)
        with self.app.app_context():
            user = User(
                name=name,
                name_key=names.key(name),
                role=role,
                email=email,
                email_key=email and email.casefold(),
                **{
                    "look_key": names.look_key(name),
                    "email_confirmed_at": now if email else None,
                    "password_hash": hashed(),
                    "created_at": now,
                    "seen_at": now,
                    **values,
                },
            )
            db.session.add(user)
            db.session.commit()
            return user.id

    def browser(self) -> FlaskClient:
        """Give a browser that has not been here before."""
        return self.app.test_client()

    def signed_in(self, name: str = "Ben", role: str = LEARNER, **values: Any) -> FlaskClient:
        """Make an account and give a browser that is signed in to it."""
        browser = self.browser()
        open_login(browser, self.add(name, role, **values))
        return browser

    def get(self, name: str = "Ben") -> User:
        """Return the account as it now stands in the database."""
        with self.app.app_context():
            user = db.session.scalar(select(User).where(User.name_key == names.key(name)))
            assert user is not None
            db.session.expunge(user)
            return user

    def count(self, model: type[Any]) -> int:
        """Return how many rows a table has."""
        with self.app.app_context():
            return db.session.query(model).count()


def open_login(browser: FlaskClient, user_id: int) -> None:
    """Sign a browser in as the form does, without sending it: that takes longer than most tests."""
    app = browser.application
    with app.app_context():
        token = open_session(db.session, user_id, clock.now())
        db.session.commit()
        browser.set_cookie(cookie_name(LOGIN), token, path=app.config["SESSION_COOKIE_PATH"] or "/")


def sign_in(browser: FlaskClient, name: str = "Ben", password: str = PASSWORD, **more: Any) -> TestResponse:
    """Send the sign-in form."""
    goal = more.pop("next", None)
    return browser.post(
        "/account/sign-in",
        query_string={"next": goal} if goal is not None else None,
        data={"name": name, "password": password, **more.pop("data", {})},
        **more,
    )


def sign_up(browser: FlaskClient, name: str = "Ben", password: str = PASSWORD, **data: str) -> TestResponse:
    """Send the sign-up form."""
    return browser.post("/account/sign-up", data={"name": name, "password": password, **data})


def is_member(browser: FlaskClient) -> bool:
    """Tell whether this browser is signed in to an account."""
    return browser.get("/account").status_code == 200


def link_in(outbox: Path) -> str:
    """Return the path of the link in the only mail that was written."""
    (mail,) = outbox.glob("*.eml")
    found = re.search(r"https?://[^/\s]+(/account/reset/\S+)", mail.read_text())
    assert found
    return found[1]


def become_guest(people: People, browser: FlaskClient) -> int:
    """Make this browser a guest, as the first answer does."""
    with people.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        guest = get_or_create_user()
        db.session.commit()
    browser.set_cookie("guest", guest.token)
    return guest.id


def count_tries(people: People, limit: Limit, kind: str, whose: str, times: int) -> None:
    """Count so many tries of somebody, or at something, without making them."""
    with people.app.app_context():
        for _ in range(times):
            people.app.extensions["accounts.throttle"].count(limit, throttle_key(kind, whose))


def same_browser(browser: FlaskClient) -> FlaskClient:
    """Return a browser with the cookies that this one holds now, as for a request that is sent before an answer."""
    other = browser.application.test_client()
    for name in ("session", "login", "guest"):
        cookie = browser.get_cookie(name)
        if cookie is not None:
            other.set_cookie(name, cookie.value)
    return other


def token_of(browser: FlaskClient) -> str | None:
    """Return the secret in this browser's cookie: an account's, else a guest's."""
    cookie = browser.get_cookie("login") or browser.get_cookie("guest")
    return cookie.value.partition(".")[0] if cookie else None


def choose_age(client: FlaskClient, band: int) -> None:
    assert client.post("/account/age", data={"band": str(band)}).status_code == 303


def age_bands(app: Flask) -> list[int | None]:
    with app.app_context():
        return list(db.session.scalars(select(User.band).order_by(User.id)))
