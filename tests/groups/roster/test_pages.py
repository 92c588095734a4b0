"""What pages say of managed accounts: where a card's code leads."""

from urllib.parse import unquote

from flask import Flask

from learnapp.groups.roster import pages
from learnapp.web.qr import qr_code


def test_a_code_opens_sign_in_with_the_user_name_behind_the_sign_that_no_server_gets(app: Flask) -> None:
    with app.test_request_context():
        assert pages.sign_in_code("ben.l") == qr_code("http://127.0.0.1:8000/account/sign-in#name=ben.l")
        assert pages.sign_in_code("김 &#?") == qr_code(
            "http://127.0.0.1:8000/account/sign-in#name=%EA%B9%80%20%26%23%3F"
        )
        assert unquote("%EA%B9%80%20%26%23%3F") == "김 &#?"
        assert pages.sign_in_code("가" * 40) == qr_code("http://127.0.0.1:8000/account/sign-in")
        assert pages.sign_in_address() == "127.0.0.1:8000/account/sign-in"


def test_a_visitor_is_managed_by_nobody(app: Flask) -> None:
    with app.test_request_context():
        assert pages.managing_group() is None
