"""Roster actions: make accounts in a group, hand out first passwords, rename, give an account to its person.

Each function runs in the caller's transaction and leaves its commit to the caller. A group's row is locked by whoever
makes accounts in it, and whoever leads it no longer at that moment changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from blinker import Signal
from sqlalchemy import Select, and_, exists, select, update
from sqlalchemy.exc import IntegrityError

from learnapp.accounts.errors import NameTaken
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords import first, hashing
from learnapp.accounts.passwords.service import confirm_password, hand_out_password
from learnapp.database.db import AnySession, end_read
from learnapp.groups.bands import update_bands
from learnapp.groups.errors import GroupArchived, GroupFull
from learnapp.groups.membership.service import count_members, lock_led_group
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.roster import store
from learnapp.groups.roster.values import LoginCard, NewAccount
from learnapp.web.errors import NotFound
from learnapp.web.login import LEARNER

# Sent in the transaction that replaces passwords of people by new cards:
# `receiver(session, group=, leader_id=, user_ids=, now=)`.
passwords_are_replaced = Signal()

ACCOUNTS_AT_ONCE = 60  # made, or given cards, by one form: some seconds of hashing


def make_accounts(
    session: AnySession, group_id: int, leader_id: int, accounts: Sequence[NewAccount], now: datetime
) -> list[int]:
    """Make accounts in a group, all or none, and return them; nobody can sign in to them before a card is made.

    Raises NotFound, GroupArchived, GroupFull, NameTaken. A pseudonymous group keeps no full names.
    """
    group = _lock_led_group(session, group_id, leader_id)
    if group.archived_at is not None:
        raise GroupArchived
    if count_members(session, group_id) + len(accounts) > group.seats:
        raise GroupFull
    people = []
    for account in accounts:
        name = account.user_name
        keys = {"name_key": names.key(name), "look_key": names.look_key(name)}
        people.append(User(name=name, **keys, role=LEARNER, managed_by=group_id, created_at=now, seen_at=now))
    try:
        with session.begin_nested():
            session.add_all(people)
    except IntegrityError as error:
        raise NameTaken from error
    for person, account in zip(people, accounts, strict=True):
        full_name = None if group.pseudonymous else account.full_name
        about = {"full_name": full_name, "list_key": account.list_key}
        session.add(Membership(group_id=group_id, user_id=person.id, role=MEMBER, joined_at=now, **about))
    made = [person.id for person in people]
    update_bands(session, made)
    return made


def hand_out_cards(
    session: AnySession, group_id: int, leader_id: int, user_ids: Sequence[int], form_key: str, now: datetime
) -> None:
    """Give accounts of a group new first passwords, which a form's key decides; their sessions end.

    Each password is hashed in its own turn, so that others can sign in between. Raises NotFound, and changes nothing,
    if one of them is not managed by this group, and Busy.
    """
    _require_managed(session, group_id, user_ids)
    end_read(session)
    hashes = hashing.hash_each(first.derive(form_key, str(user_id)) for user_id in user_ids)
    group = _lock_led_group(session, group_id, leader_id)
    _lock_managed(session, group_id, user_ids)
    had_one = User.id.in_(user_ids) & User.password_hash.is_not(None)
    replaced = session.scalars(select(User.id).where(had_one)).all()
    passwords_are_replaced.send(session, group=group, leader_id=leader_id, user_ids=replaced, now=now)
    for user_id, secret_hash in zip(user_ids, hashes, strict=True):
        hand_out_password(session, user_id, secret_hash, now)


def cards_of(
    session: AnySession, group_id: int, form_key: str, handed_out_at: datetime, now: datetime
) -> list[LoginCard]:
    """Return the cards that a form made, as long as their passwords work; none where the secret is another since."""
    expires_at = handed_out_at + first.LASTS
    rows = store.accounts_of_cards(session, group_id, expires_at) if expires_at > now else []
    cards = [
        LoginCard(one.user_id, one.user_name, one.full_name, first.derive(form_key, str(one.user_id)), expires_at)
        for one, _hash in rows
    ]
    if not cards:
        return []
    end_read(session)
    return cards if hashing.verify(rows[0][1], cards[0].secret) else []


def rename(session: AnySession, group_id: int, leader_id: int, user_id: int, name: str) -> None:
    """Give an account of a group another user name; raises NotFound, NameTaken."""
    _lock_led_group(session, group_id, leader_id)
    _lock_managed(session, group_id, [user_id])
    values = {"name": name, "name_key": names.key(name), "look_key": names.look_key(name)}
    try:
        with session.begin_nested():
            session.execute(update(User).where(User.id == user_id).values(**values))
    except IntegrityError as error:
        raise NameTaken from error


def give_away(session: AnySession, user_id: int, password: str, *, throttle: Throttle) -> None:
    """Make an account its person's own, who gives the password: from now on no group has a say in it.

    Raises WrongPassword, TooManyTries.
    """
    confirm_password(session, user_id, password, throttle=throttle)
    session.execute(update(User).where(User.id == user_id).values(managed_by=None))


def _lock_led_group(session: AnySession, group_id: int, leader_id: int) -> Group:
    """Return a group, locked, that this person leads at this moment; raises NotFound."""
    group = lock_led_group(session, group_id, leader_id)
    if group is None:
        raise NotFound
    return group


def _require_managed(session: AnySession, group_id: int, user_ids: Sequence[int]) -> None:
    """Raise NotFound if one of these accounts is not managed by this group, or not in it."""
    if set(session.scalars(_managed(group_id, user_ids))) != set(user_ids):
        raise NotFound


def _lock_managed(session: AnySession, group_id: int, user_ids: Sequence[int]) -> None:
    """Keep these accounts managed by this group until the transaction ends; raises NotFound as above."""
    if set(session.scalars(_managed(group_id, user_ids).with_for_update())) != set(user_ids):
        raise NotFound


def _managed(group_id: int, user_ids: Sequence[int]) -> Select[int]:
    member = and_(Membership.group_id == group_id, Membership.user_id == User.id, Membership.role == MEMBER)
    of_group = (User.managed_by == group_id) & exists().where(member)
    return select(User.id).where(User.id.in_(user_ids), of_group).order_by(User.id)
