"""List forms: a file travels from page to page, several as one, and what was chosen is read as far as it can be."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from learnapp.groups.roster.lists import forms
from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.archive import read_archive
from learnapp.groups.roster.lists.values import ListAnswers


def sent(app: Flask, **data: Any) -> Any:
    return app.test_request_context("/", method="POST", data=data, content_type="multipart/form-data")


def test_a_file_is_carried_along_as_it_is(app: Flask) -> None:
    content = bytes(range(256))
    with sent(app, carried=forms.carried(content)):
        assert forms.sent_content() == content


def test_one_file_is_taken_as_it_is_and_several_as_one_zip(app: Flask) -> None:
    with sent(app, file=(BytesIO(b"a"), "x.csv")):
        assert forms.sent_content() == b"a"
    with sent(app, file=[(BytesIO(b"a"), "Users.csv"), (BytesIO(b"b"), "classes.csv")]):
        assert read_archive(forms.sent_content()) == {"users.csv": b"a", "classes.csv": b"b"}


@pytest.mark.parametrize("data", [{}, {"file": (BytesIO(b""), "")}, {"carried": "a"}, {"carried": "é"}])
def test_what_brings_no_file_is_refused(app: Flask, data: dict[str, Any]) -> None:
    with sent(app, **data), pytest.raises(ListRefused):
        forms.sent_content()


def test_what_was_chosen_is_read_and_the_rest_left_out(app: Flask) -> None:
    with sent(app, encoding="utf-7", full_name="3"):
        assert forms.sent_answers() == ListAnswers()
    chosen = {"full_name": "0", "number": "59", "email": "", "user_name": "x", "given_name": "-1", "family_name": "100"}
    with sent(app, encoding="cp949", named="yes", headless="y", **{"class": "c-1"}, **chosen):
        assert forms.sent_answers() == ListAnswers("cp949", "c-1", {"full_name": 0, "number": 59}, True)
