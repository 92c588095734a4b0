"""The clock: the time that views are given."""

from datetime import timedelta

from learnapp.web import clock


def test_now_is_aware() -> None:
    assert clock.now().utcoffset() == timedelta(0)
