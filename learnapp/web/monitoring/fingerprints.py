"""Fingerprints of secrets: by one in the database a server finds out that it has another secret than the rest.

With different secrets each server would refuse the other's forms and count guesses by itself, and nobody would know
why. The fingerprint is a keyed hash: whoever reads it learns nothing of the secret.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from learnapp.config.derived_keys import digest_with
from learnapp.database.db import brief_write, insert_for_dialect, table_of
from learnapp.web.monitoring.models import SecretFingerprint

ROW = table_of(SecretFingerprint)


def fingerprint(secret: str) -> str:
    """Return what the database keeps of a secret."""
    return digest_with(secret, "fingerprint", "secret")


def stored_fingerprint(connection: Connection) -> str | None:
    """Return that of the secret with which the database is served; None before it was served with one."""
    if not sa.inspect(connection).has_table(ROW.name):
        return None
    value: str | None = connection.scalar(sa.select(ROW.c.present))
    return value


def is_other_secret(engine: Engine, secrets: Sequence[str]) -> bool:
    """Tell whether the database is served with none of these secrets."""
    with engine.connect() as connection:
        stored = stored_fingerprint(connection)
    return stored is not None and stored not in map(fingerprint, secrets)


def may_sign(engine: Engine, secrets: Sequence[str]) -> bool:
    """Tell whether a server that signs with the first of these secrets, and believes the others, may start.

    The first server ever, one with a secret that follows the present one, and one with an announced secret have the
    database know theirs. Where it cannot be written just now, a later start does that.
    """
    prints = [fingerprint(secret) for secret in secrets]
    with engine.connect() as connection:
        if stored_fingerprint(connection) == prints[0]:
            return True
    try:
        with brief_write(engine) as connection:
            first = insert_for_dialect(engine.dialect.name, SecretFingerprint).values(id=1, present=prints[0])
            connection.execute(first.on_conflict_do_nothing())
            row = connection.execute(sa.select(ROW).with_for_update()).one()
            if row.present not in prints and row.coming != prints[0]:
                return False
            connection.execute(sa.update(ROW).values(present=prints[0], coming=None))
            return True
    except SQLAlchemyError:
        return not is_other_secret(engine, secrets)


def announce_secret(engine: Engine, secret: str) -> None:
    """Let the next start sign with this secret, whichever was there; who serves meanwhile goes on."""
    with engine.connect() as connection:
        if stored_fingerprint(connection) is None:
            return  # the first start knows no other one
    with brief_write(engine) as connection:
        connection.execute(sa.update(ROW).values(coming=fingerprint(secret)))
