"""Terms of quizzes whose results wait: until when answers are taken, and when results are shown, for one person.

Rooms above learning agree on them without learning knowing those: a room registers a provider. Terms are never stored.
They are asked for as a request needs them, so whatever changes them counts at once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from learnapp.database.db import AnySession


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a quiz whose results wait: `until` the last arrival that is taken, `shown_at` for results.

    `when` says in the reader's words when results are shown, such as “on Friday 12 June, 18:00”. `begun` is False where
    nothing asks for it yet: then they hold for what waits already, and make nothing else wait.
    """

    until: datetime
    shown_at: datetime
    when: object = ""
    begun: bool = True

    def takes(self, arrived: datetime) -> bool:
        """Tell whether an answer that arrived then is taken."""
        return arrived <= self.until

    def waits(self, now: datetime) -> bool:
        """Tell whether results are not shown yet."""
        return now < self.shown_at


TermsProvider = Callable[[AnySession, Collection[int], datetime], Mapping[int, Mapping[str, Terms]]]

_providers: dict[TermsProvider, None] = {}


def register_terms(provider: TermsProvider) -> None:
    """Have `provider(session, user_ids, now)` asked for terms by person and lesson's key; twice, it is asked once."""
    _providers[provider] = None


def find_terms(session: AnySession, user_ids: Collection[int], now: datetime) -> dict[int, dict[str, Terms]]:
    """Return terms by person and the names of lessons; a lesson without any shows its results at once."""
    found: dict[int, dict[str, Terms]] = defaultdict(dict)
    for provider in _providers:
        for user_id, terms in provider(session, user_ids, now).items():
            found[user_id].update(terms)
    return found
