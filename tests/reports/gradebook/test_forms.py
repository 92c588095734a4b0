"""File that the form of a gradebook brings."""

from io import BytesIO

import pytest
from flask import Flask

from learnapp.reports.gradebook.forms import sent_file


@pytest.mark.parametrize(
    ("fields", "sent"), [({"export": (BytesIO(b"Student,ID"), "export.csv")}, b"Student,ID"), ({"export": "text"}, b"")]
)
def test_the_file_is_read_and_what_is_no_file_is_none(app: Flask, fields: dict[str, object], sent: bytes) -> None:
    with app.test_request_context("/", method="POST", data=fields):
        assert sent_file() == sent
