"""Accounts that groups made, in the database: those of one group, and which names are taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.database.db import AnySession, execute, table_of
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.roster.values import ManagedAccount

_USERS, _MEMBERSHIPS, _GROUPS = table_of(User), table_of(Membership), table_of(Group)
_OF_GROUP = and_(
    _MEMBERSHIPS.c.user_id == _USERS.c.id, _MEMBERSHIPS.c.group_id == _USERS.c.managed_by, _MEMBERSHIPS.c.role == MEMBER
)
# Those whom the group manages and who are in it: whoever has left, or has their account for their own, is not.
_MANAGED: Select[*tuple[Any, ...]] = (
    select(
        _USERS.c.id,
        _USERS.c.name,
        _MEMBERSHIPS.c.full_name,
        _USERS.c.password_hash.is_not(None),
        _USERS.c.secret_expires_at,
    )
    .select_from(_USERS.join(_MEMBERSHIPS, _OF_GROUP))
    .where(_USERS.c.managed_by == bindparam("group"))
)


def managed_accounts(session: AnySession, group_id: int) -> list[ManagedAccount]:
    """Return the accounts that a group manages, by the names that its leaders know."""
    rows = execute(session, _MANAGED, {"group": group_id})
    return _sorted(ManagedAccount(*row) for row in rows)


def find_managed(session: AnySession, group_id: int, user_id: int) -> ManagedAccount | None:
    """Return an account that this group manages, None for any other."""
    row = execute(
        session, _MANAGED.where(_USERS.c.id == bindparam("user")), {"group": group_id, "user": user_id}
    ).first()
    return ManagedAccount(*row) if row else None


def accounts_of_cards(session: AnySession, group_id: int, expires_at: datetime) -> list[tuple[ManagedAccount, str]]:
    """Return the accounts whose first passwords end at this moment, each with the hash of its password."""
    query = _MANAGED.add_columns(_USERS.c.password_hash).where(_USERS.c.secret_expires_at == bindparam("ends"))
    rows = execute(session, query, {"group": group_id, "ends": expires_at}).all()
    hashes = {row[0]: str(row[-1]) for row in rows}
    return [(one, hashes[one.user_id]) for one in _sorted(ManagedAccount(*row[:-1]) for row in rows)]


def find_taken(session: AnySession, wanted: Sequence[str]) -> set[str]:
    """Return those names that somebody has, or that look like somebody's."""
    keys = {names.key(name) for name in wanted}
    looks = {names.look_key(name) for name in wanted}
    rows = session.execute(
        select(User.name_key, User.look_key).where(User.name_key.in_(keys) | User.look_key.in_(looks))
    ).all()
    taken_keys, taken_looks = {row.name_key for row in rows}, {row.look_key for row in rows}
    return {name for name in wanted if names.key(name) in taken_keys or names.look_key(name) in taken_looks}


def managing_group_of(session: AnySession, user_id: int) -> tuple[str, str] | None:
    """Return kind and name of the group that manages a person's account, None where none does."""
    managing = select(_GROUPS.c.kind, _GROUPS.c.name).join(_USERS, _USERS.c.managed_by == _GROUPS.c.id)
    row = execute(session, managing.where(_USERS.c.id == user_id), {}).first()
    return (row.kind, row.name) if row else None


def _sorted(accounts: Any) -> list[ManagedAccount]:
    return sorted(accounts, key=lambda one: (one.name.casefold(), one.user_id))
