"""The way of an answer stays short: few files, few changes between them, one parse."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.bench.trace import Trace, trace_answer
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson, quiz
from tests.quiz.samples import make

FILES, CHANGES = 19, 38


@pytest.fixture
def answered(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Trace:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    serve(app, monkeypatch, lesson(quiz=quiz(make("multiple"), make("single"))))
    return trace_answer(app, client, LESSON)


def test_a_checked_answer_passes_through_few_files(answered: Trace) -> None:
    assert len(answered.files) <= FILES, answered.files
    assert answered.changes <= CHANGES


def test_an_answer_is_parsed_once(answered: Trace) -> None:
    assert answered.parses == 1
