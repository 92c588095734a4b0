"""The logs of a whole day of somebody's hold nothing of what they typed or were given."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.actors.people import link_in, token_of
from tests.logs import logged
from tests.whole.cast import Cast
from tests.whole.rows import all_rows
from tests.whole.trained import NEXT

pytestmark = pytest.mark.both_databases

NAME, EMAIL, PASSWORD, SECOND = (
    "Canary Quark",
    "canary.mail@example.org",
    "canary pass phrase",
    "canary second phrase",
)
ANSWER, QUERY, AGENT, ADDRESS = "canary-answer", "canary-query", "canary-agent", "203.0.113.77"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Give all that is logged, in the most talkative mode that an operator can choose."""
    with logged(logging.INFO) as out:
        yield out


@pytest.mark.both_databases(always=True)
def test_a_whole_session_leaves_no_trace_in_the_logs(cast: Cast, written: StringIO) -> None:
    client = cast.app.test_client()
    outbox = Path(cast.app.instance_path) / "outbox"
    about = {
        "headers": {"User-Agent": AGENT, "Referer": f"http://localhost/{QUERY}"},
        "environ_base": {"REMOTE_ADDR": ADDRESS},
    }

    def send(path: str, form: dict[str, object] | None = None) -> int:
        method = "GET" if form is None else "POST"
        return client.open(f"{path}?note={QUERY}", method=method, data=form, **about).status_code  # type: ignore[arg-type]

    def token() -> str:
        return token_of(client) or ""

    assert send("/modules/1-tea/1-leaf/quiz", {}) == 303
    tokens = [token()]
    assert send("/modules/1-tea/1-leaf/guess", {"guess": ANSWER}) == 422
    assert send("/modules/1-tea/1-leaf/judgment", {"judgment": ANSWER}) == 303
    assert send("/modules/1-tea/1-leaf/judgment", {"judgment": ANSWER, "version": "short"}) == 303
    assert send("/modules/1-tea/1-leaf/judgment", {"judgment": ANSWER * 99}) == 422
    assert send("/account/sign-up", {"name": NAME, "password": PASSWORD, "email": EMAIL}) == 302
    tokens.append(token())
    assert send("/modules/1-tea/1-leaf/quiz", {}) == 303
    attempt = f"/attempts/{all_rows(cast.engine)['attempts'][-1]['id']}"
    assert send(f"{attempt}/answers", {"item": "tea-cloze", "seq": 0, "blank-0": ANSWER, "blank-1": ANSWER}) == 303
    assert send(f"{attempt}/answers", {"item": "tea-cloze", "seq": 0, "blank-0": ANSWER}) in {303, 409}
    assert send(f"{attempt}/answers", {"item": "tea-numeric", "seq": 1, "value": ANSWER}) == 422
    assert send(f"{attempt}/finish", {}) == 303
    assert send(attempt) == 200
    cast.pass_next(all_rows(cast.engine)["users"][-1]["id"])
    assert send(f"/training/{NEXT}/certificate", {"name": NAME * 9}) == 422
    assert send(f"/training/{NEXT}/certificate", {"name": NAME}) == 303
    (certificate,) = (row for row in all_rows(cast.engine)["certificates"] if row["name_shown"] == NAME)
    tokens += [certificate["id"], certificate["subject"]]
    for path in (f"/training/certificates/{tokens[-2]}", f"/training/certificates/{tokens[-2]}/credential"):
        assert send(path) == 200
    assert send(f"/verify/{tokens[-2]}") == 200
    assert send("/account/data/export") == 200
    assert send("/account/email", {"email": EMAIL, "password": SECOND}) == 422
    assert send("/account/sign-out", {}) == 303
    assert send("/account/sign-in", {"name": NAME, "password": SECOND}) == 422
    cast.settle()
    (mail,) = outbox.glob("*.eml")
    tokens.append(mail.read_text().partition("/confirm/")[2].split()[0])
    mail.unlink()
    assert send(f"/account/email/confirm/{tokens[-1]}") == 302
    assert send("/account/email/confirm", {}) == 302
    assert send("/account/reset", {"name": EMAIL}) == 302
    cast.settle()
    link = link_in(outbox)
    tokens.append(link.rpartition("/")[2])
    assert send(link) == 302
    assert send("/account/reset/new", {"new_password": SECOND}) == 302
    assert send("/account/sign-in", {"name": NAME, "password": SECOND}) == 302
    tokens.append(token())
    assert send(f"/{ANSWER}", {"name": NAME}) == 404
    assert send("/account/data", {"password": SECOND}) == 303

    text = written.getvalue().casefold()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len([one for one in lines if one["message"] == "request"]) >= 18
    for canary in (NAME, EMAIL, PASSWORD, SECOND, ANSWER, QUERY, AGENT, ADDRESS, "canary", *tokens):
        assert len(canary) > 5
        assert canary.casefold() not in text, canary
