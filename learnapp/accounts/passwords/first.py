"""First passwords: three words on a card, handed out for a day, to be changed before anything else.

Of 1,296 words three are 31 bits: ten tries in five minutes and a hundred in a row do not find them within the day.
The words are short and everyday; all but forty can be told by their first four letters.
"""

import hmac
import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import ColumnElement

from learnapp.accounts.models import User
from learnapp.accounts.passwords.rules import normalize
from learnapp.config.derived_keys import derived_key

LASTS = timedelta(hours=24)
WORDS = Path(__file__).with_name("first_words.txt")
WORDS_EACH = 3


def derive(form_key: str, whose: str) -> str:
    """Return the first password that a form gives somebody: "river-maple-cloud".

    The same form gives the same one again. It takes the form's key and the app's secret, neither of which is kept with
    the other; so nothing that is kept tells it.
    """
    words = first_words()
    key = hmac.digest(derived_key("first password"), form_key.encode(), "sha256")
    number, chosen = int.from_bytes(hmac.digest(key, whose.encode(), "sha256")), []
    for _ in range(WORDS_EACH):
        number, which = divmod(number, len(words))
        chosen.append(words[which])
    return "-".join(chosen)


def as_printed(typed: str) -> str:
    """Return a first password as cards have it, however it was typed: "River maple  cloud"."""
    return "-".join(re.findall(r"[^\W_]+", normalize(typed).casefold()))


def still_works(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an account's password is its person's own, or was handed out less than a day ago."""
    return User.secret_expires_at.is_(None) | (User.secret_expires_at > now)


@cache
def first_words() -> tuple[str, ...]:
    """Return the words of first passwords."""
    return tuple(WORDS.read_text(encoding="ascii").split())
