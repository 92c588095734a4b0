"""Monitoring tables: a fingerprint of the secret with which the database is served."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

_PRINT = column_rule(keep="until the secret changes; a keyed hash, no secret", erase="none")


class SecretFingerprint(Base):
    """The one row: the secret that servers sign with, and the one that the next start may sign with."""

    __tablename__ = "secret_fingerprints"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=_PRINT)
    present: Mapped[str] = mapped_column(String(32), info={**_PRINT, "secret": "yes"})
    coming: Mapped[str | None] = mapped_column(String(32), info={**_PRINT, "secret": "yes"})
