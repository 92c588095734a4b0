"""Fields that nobody asked for change nothing, and a field that comes twice is refused."""

import secrets
from typing import Any

import pytest
import time_machine
from werkzeug.datastructures import MultiDict

from learnapp.database.db import Base
from learnapp.web.policy import ROLES
from tests.shares import LONG, one_in
from tests.whole.calls import CALLS, POSTS
from tests.whole.cast import Cast, Person
from tests.whole.rows import Rows, all_rows, rows_of_owner, without

MOMENT = "2026-11-21T12:00:00Z"
SEED_BITS = 62  # both draw the same questions
# Different by chance or by design between two people who do the same.
OWN = {"id", "user_id", "attempt_id", "card_id", "name", "name_key", "token_hash", "password_hash", "seed", "last_save"}
OWN |= {"look_key", "group_id", "assignment_id", "managed_by", "leader_id", "code", "listed", "added"}
OWN |= {"certificate_id", "place", "subject", "event_id", "partnered_by"}
COLUMNS = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
MORE = {"score", "is_staff", "is_admin", "correct", "guest_id", "session_id", "owner", "percent", "admin", "_method"}
WISHES = {"role": "admin", "state": "finished", "kind": "short", "points": "99", "score": "1", "tries": "0"}


def extras(form: dict[str, Any], cleo: Person) -> dict[str, str]:
    """Return a value for every column of every table and some more names, less what the form does ask."""
    taken = set(form) | {"password_again", "email", "language", "from", "band"}
    ids = {"id": str(cleo.id), "user_id": str(cleo.id), "attempt_id": str(cleo.open), "guest_id": str(cleo.id)}
    names = sorted((COLUMNS | MORE) - taken)
    return {name: ids.get(name) or WISHES.get(name, "1") for name in names}


def alike(rows: Rows) -> Rows:
    """Return rows without what differs between any two people, and in an order that does not hang on that."""
    return {
        table: sorted(({name: value for name, value in row.items() if name not in OWN} for row in kept), key=str)
        for table, kept in rows.items()
    }


@pytest.mark.parametrize("key", one_in(11, POSTS, 0))
def test_a_field_that_nobody_asked_for_changes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    call = CALLS[key]
    drawn = secrets.randbits  # what codes are made of stays random
    monkeypatch.setattr(secrets, "randbits", lambda bits: 1 if bits == SEED_BITS else drawn(bits))
    with time_machine.travel(MOMENT, tick=False):
        cleo = cast.person("learner", name="Cleo")
        for role in ("guest", "learner", "teacher"):
            if call.expected(role) != (call.status, None):
                continue
            ben, cora = cast.person(role), cast.person(role)
            before = all_rows(cast.engine)
            statuses = []
            for who in (ben, cora):
                if call.before:
                    call.before(cast, who)
                form = call.form(who) if call.form else {}
                sent = {**extras(form, cleo), **form} if who is ben else form
                answer = who.client.post(call.address(cast.app, key, who), data=sent)
                statuses.append((answer.status_code, (answer.location or "").replace(str(who.open), "N")))
            cast.settle()
            after = all_rows(cast.engine)
            assert statuses[0][0] == statuses[1][0] == call.status, f"{key} as {role}"
            own = [alike(rows_of_owner(after, who.account, who)) for who in (ben, cora)]
            assert own[0] == own[1], f"{key} as {role}"
            if ben.account == ben.id:
                assert without(after, ben, cora) == without(before, ben, cora), f"{key} as {role}"


@pytest.mark.parametrize("key", one_in(9, POSTS, 1))
@pytest.mark.scaled
def test_a_field_that_comes_twice_is_refused(cast: Cast, key: str) -> None:
    call = CALLS[key]
    roles = [role for role in ROLES if call.expected(role) == (call.status, None)]
    for role in roles if LONG else roles[:1]:
        who = cast.person(role)
        if call.before:
            call.before(cast, who)
        form = call.form(who) if call.form else {}
        address, rows = call.address(cast.app, key, who), all_rows(cast.engine)
        for name, value in [*form.items(), ("role", "admin"), ("csrf_token", "x")]:
            for second in (value, "other"):
                twice = MultiDict([*form.items(), (name, value), (name, second)])
                assert who.client.post(address, data=twice).status_code == 400, f"{name} twice at {key} as {role}"
        assert who.client.post(f"{address}?a=1&a=2", data=form).status_code == 400
        assert all_rows(cast.engine) == rows, f"{key} as {role}"
