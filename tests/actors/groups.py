"""Classes in tests: what is stored of the people in them."""

from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import AnySession


def band_of(session: AnySession, user_id: int) -> int | None:
    """Return the age group that a person has of their groups, as it is stored."""
    return session.scalar(select(User.group_band).where(User.id == user_id))
