"""Values of settings: the many names of this machine."""

import pytest

from learnapp.config.values import is_loopback


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1", "LocalHost", "localhost."]
)
def test_this_machine_has_many_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", None, "10.0.0.1", "0.0.0.0", "::", "localhost.example", "127.0.0.1.example"])
def test_other_machines_are_not_taken_for_it(host: str | None) -> None:
    assert not is_loopback(host)
