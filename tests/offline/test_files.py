"""Files of kept pages: all that pages load, each with its digest; one script without imports for the worker."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.offline.files import page_files, worker_text


def test_every_file_is_there_with_its_digest(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        files = page_files()
    assert {name.split("/")[-1] for name in files} >= {"site.js", "quiz.js", "look.css", "icons.svg"}
    for address, digest in files.items():
        assert hashlib.sha256(client.get(address, buffered=True).data).hexdigest() == digest


def test_all_that_a_lesson_and_a_quiz_load_is_among_them(app: Flask, client: FlaskClient) -> None:
    quiz = client.post("/modules/cut-off/people-before-politics/quiz", follow_redirects=True).text
    pages = quiz + client.get("/modules/cut-off/people-before-politics").text
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', pages))
    with app.test_request_context():
        missing = {one for one in loaded if not one.endswith((".png", ".ico"))} - set(page_files())
    assert missing == set()


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine to read scripts with")
def test_the_worker_is_one_script_that_imports_nothing(tmp_path: Path) -> None:
    text = worker_text()
    assert not re.search(r"^(import|export) ", text, re.M)
    file = tmp_path / "worker.js"
    file.write_text(text, encoding="utf-8")
    assert subprocess.run(["node", "--check", file], check=False, capture_output=True).returncode == 0
