"""Links that are used once, of either table: an open one is used up by one of two, and no other is open."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.links import OneUseLink, is_open, use_up
from learnapp.accounts.models import PasswordReset, TeacherInvitation
from learnapp.accounts.passwords import resets
from learnapp.accounts.teachers import invitations
from tests.factories.base import NOON

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.both_databases, pytest.mark.parametrize("links", [PasswordReset, TeacherInvitation])]


def make_link(session: Session, links: OneUseLink) -> str:
    if links is PasswordReset:
        return resets.create_link(session, None, NOON, HOUR)
    return invitations.create_link(session, NOON, HOUR)


def test_an_open_link_is_used_once(db_session: Session, links: OneUseLink) -> None:
    token = make_link(db_session, links)
    use_up(db_session, links, token, NOON)
    with pytest.raises(LinkEnded):
        use_up(db_session, links, token, NOON)
    db_session.rollback()


@pytest.mark.parametrize(("other", "late"), [("", HOUR), ("x", timedelta()), ("", HOUR * 2)])
def test_what_is_unknown_or_too_old_is_not_open(
    db_session: Session, links: OneUseLink, other: str, late: timedelta
) -> None:
    token = make_link(db_session, links)
    assert db_session.scalar(select(links.id).where(is_open(links, token, NOON)))
    assert db_session.scalar(select(links.id).where(is_open(links, token + other, NOON + late))) is None
    db_session.rollback()
