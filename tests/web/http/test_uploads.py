"""Uploads: held in memory, and larger only where a policy says so."""

import pytest
from flask import Flask, request

from learnapp.web.http.uploads import MemoryRequest, large_forms
from learnapp.web.policy import policy


@pytest.fixture
def files() -> Flask:
    """Build an app with a page that takes a file and one that takes none."""
    app = Flask(__name__)
    app.request_class = MemoryRequest

    @app.post("/take/<int:number>")
    @policy("everyone", body_bytes=2_000_000)
    def take(number: int) -> str:
        return f"{number} {len(request.files['file'].read())}"

    @app.post("/form")
    @policy("everyone")
    def form() -> str:
        return ""

    return app


def test_no_file_is_written_to_a_disk(files: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_values: object) -> None:
        raise AssertionError("a file on a disk")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'
    body = head + b"x" * 1_200_000 + b"\r\n--part--\r\n"
    sent = files.test_client().post("/take/7", data=body, content_type="multipart/form-data; boundary=part")
    assert sent.text == "7 1200000"


def test_addresses_that_take_larger_forms_are_those_of_their_policies(files: Flask) -> None:
    found = large_forms(files, "/learn")
    assert found.body_bytes == 2_000_000
    assert found.paths.fullmatch("/learn/take/7")
    assert not any(map(found.paths.fullmatch, ["/take/7", "/learn/take/7/8", "/learn/take/", "/learn/form"]))


def test_an_app_without_files_has_no_such_address() -> None:
    found = large_forms(Flask(__name__))
    assert not found.paths.fullmatch("")
    assert found.body_bytes == 0
