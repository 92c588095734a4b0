"""The made-up school as a value: what all of its making shares."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from learnapp.content.catalog import Catalog
from learnapp.database.db import AnySession

ZONE = "Europe/Berlin"
WEEKS = timedelta(weeks=6)
# Of a password that was drawn and thrown away: students have one, and sign in once they get a card.
NOBODY_KNOWS = "$argon2id$v=19$m=19456,t=2,p=1$hXwbPSEQIXgS1rOx90jDaQ$5sFl8L4NdKq34Vsydx7F/ulVq2G8BWf0JoPKfTkLYrQ"


@dataclass(frozen=True)
class School:
    """What all of the making shares: where, of what, by which chance, from which moment."""

    session: AnySession
    catalog: Catalog
    rng: Random
    now: datetime
    cast: dict[str, int] = field(default_factory=dict)

    def day(self, days: float) -> datetime:
        """Return the moment so many days from now."""
        return self.now + timedelta(days=days)
