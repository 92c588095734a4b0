"""Copies of pages: known by the person for whom a request makes one."""

from flask import Flask, g

from learnapp.web.browser.form_tokens import form_token
from learnapp.web.copies import copied_for, is_copy


def test_a_copy_knows_for_whom_it_is_kept_and_holds_no_token(app: Flask) -> None:
    with app.test_request_context():
        assert (is_copy(), copied_for()) == (False, "")
        assert form_token() != ""
        g.copied_for = "/ben"
        assert (is_copy(), copied_for()) == (True, "/ben")
        assert form_token() == ""
