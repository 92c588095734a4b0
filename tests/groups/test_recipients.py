"""Recipients of a form: everybody, or some, and never nobody."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from learnapp.groups.recipients import ALL, SOME, RecipientsForm
from learnapp.groups.values import Member
from tests.factories.base import NOON


def member(user_id: int) -> Member:
    return Member(user_id, f"ben {user_id}", None, "member", NOON, 0, None, None, managed=False)


def sent(app: Flask, who: str, *members: str) -> RecipientsForm:
    with app.test_request_context():
        form = RecipientsForm(formdata=MultiDict([("who", who), *(("members", one) for one in members)]))
        form.offer("Everybody", [member(7), member(8)])
        form.validate()
        form.check_recipients()
        return form


def test_it_goes_to_everybody_or_to_those_who_were_chosen(app: Flask) -> None:
    everybody, some = sent(app, ALL), sent(app, SOME, "8", "7")
    assert (everybody.errors, everybody.for_some, everybody.recipients) == ({}, False, frozenset())
    assert (some.errors, some.for_some, some.recipients) == ({}, True, frozenset({7, 8}))


@pytest.mark.parametrize(
    ("who", "members", "field"),
    [(ALL, ["7"], "who"), (SOME, [], "members"), (SOME, ["9"], "members"), ("x", [], "who")],
)
def test_what_contradicts_itself_is_told_at_its_field(app: Flask, who: str, members: list[str], field: str) -> None:
    assert set(sent(app, who, *members).errors) == {field}
