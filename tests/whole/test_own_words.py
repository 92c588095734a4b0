"""What readers write down for themselves is on nobody else's page or file, nor are notes for teachers on a reader's."""

import io
import zipfile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.learning.models import GUESS, JUDGMENT, SHORT_JUDGMENT, OwnWords
from learnapp.web.login import ANONYMOUS, LEADING_ROLES
from learnapp.web.policy import ROLES
from tests.factories.base import NOON
from tests.shares import share
from tests.whole.calls import CALLS
from tests.whole.cast import Cast, Person


def canary(user_id: int) -> str:
    return f"xkanari{user_id}x"


def write_down(cast: Cast) -> set[str]:
    """Let everybody have written something in every box; return all of it."""
    with cast.app.app_context():
        everybody = list(db.session.scalars(select(User.id)))
        written = db.session.scalars(select(OwnWords.user_id)).all()
        for user_id in set(everybody) - set(written):
            for kind in (GUESS, JUDGMENT, SHORT_JUDGMENT):
                name = "who-pours" if kind == GUESS else None
                key = {"user_id": user_id, "lesson": "1-tea/1-leaf", "kind": kind, "name": name}
                db.session.add(OwnWords(**key, words=canary(user_id), saved_at=NOON))
        db.session.commit()
    return {canary(user_id) for user_id in everybody}


def sent(client: FlaskClient, address: str) -> str:
    """Return all that comes at an address, what is packed in an archive unpacked."""
    data: bytes = client.get(address).data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            data = b"".join(files.read(name) for name in files.namelist())
    return data.decode("utf-8", "replace")


def pages(cast: Cast, who: Person, role: str) -> dict[str, str]:
    """Return every page and file that somebody may open, by its address."""
    found: dict[str, str] = {}
    for key, call in CALLS.items():
        if key.startswith("GET ") and role in call.roles:
            if call.before:
                call.before(cast, who)
            address = call.address(cast.app, key, who)
            found[address] = sent(who.client, address)
    return found


# One who reads, and one who leads.
@pytest.mark.parametrize("role", share(ROLES, {"learner", "teacher"}.__contains__))
def test_nobody_is_shown_what_another_wrote_and_no_reader_the_notes_for_teachers(cast: Cast, role: str) -> None:
    who = cast.person(role)
    everything = write_down(cast)
    own = canary(who.id)

    read = pages(cast, who, role)
    everything |= write_down(cast)

    assert len(read) > 15
    for address, text in read.items():
        assert not [one for one in everything - {own} if one in text], address
    assert [address for address, text in read.items() if own in text] or role == ANONYMOUS
    noted = [address for address, text in read.items() if "xnotenx" in text]
    assert bool(noted) == (role in LEADING_ROLES)
    assert all(address.startswith("/teaching/") for address in noted)
