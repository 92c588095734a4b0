"""Rows of accounts: users, guests and their sessions."""

import factory

from learnapp.accounts.models import LoginSession, User
from learnapp.web.login import GUEST, LEARNER
from tests.factories.base import NOON, Factory


class UserFactory(Factory):
    """A learner with an account, Ben unless named otherwise."""

    class Meta:
        model = User

    name = "Ben"
    name_key = factory.Sequence(lambda n: f"ben{n}")
    role = LEARNER
    created_at = NOON
    seen_at = NOON


class GuestFactory(UserFactory):
    """Someone who learns without an account."""

    name = ""
    name_key = None
    role = GUEST


class LoginSessionFactory(Factory):
    """A browser that is signed in."""

    class Meta:
        model = LoginSession

    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOON
    seen_at = NOON
