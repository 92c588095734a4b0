"""Access of operators: this machine without a proxy, or whoever brings the token."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from learnapp.web.monitoring.access import FORWARDED, is_operator

TOKEN = "a-token-of-the-operator-0123456789"


def asked(app: Flask, **environ: Any) -> bool:
    with app.test_request_context("/readyz", environ_overrides=environ):
        return is_operator()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may(app: Flask, address: str) -> None:
    assert asked(app, REMOTE_ADDR=address)


@pytest.mark.parametrize("address", ["203.0.113.9", "", "::", "unknown"])
def test_strangers_may_not(app: Flask, address: str) -> None:
    assert not asked(app, REMOTE_ADDR=address)


@pytest.mark.parametrize("header", FORWARDED)
def test_what_a_proxy_on_this_machine_passes_on_is_not_this_machine_s(app: Flask, header: str) -> None:
    assert not asked(app, REMOTE_ADDR="127.0.0.1", **{header: "127.0.0.1"})


def test_who_forges_an_address_through_a_trusted_proxy_may_not(shared_app: Callable[..., Flask]) -> None:
    client = shared_app(proxy_hops=1).test_client()
    forged = {"X-Forwarded-For": "127.0.0.1"}
    answer = client.get("/readyz", headers=forged, environ_overrides={"REMOTE_ADDR": "10.0.0.2"})
    assert answer.get_json() == {"ready": False}


def test_who_brings_the_token_may_from_anywhere(shared_app: Callable[..., Flask]) -> None:
    app = shared_app(metrics=TOKEN)
    for words, may in ((f"Bearer {TOKEN}", True), (f"bearer {TOKEN}", True), ("Bearer x", False), (TOKEN, False)):
        assert asked(app, REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION=words) is may, words


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["", "loopback"])
def test_the_words_of_the_setting_are_no_token(shared_app: Callable[..., Flask], setting: str) -> None:
    app = shared_app(metrics=setting)
    for words in ("Bearer ", "Bearer loopback", "Bearer"):
        assert not asked(app, REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION=words)
