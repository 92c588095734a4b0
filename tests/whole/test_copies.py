"""Copies over all routes: nobody can keep a page that is not listed, and no copy holds what tells who its reader is."""

import re

import pytest

from learnapp.offline.copies import COPIED, HEADER
from tests.shares import one_in
from tests.whole.calls import CALLS
from tests.whole.cast import Cast

PAGES = [key for key in CALLS if key.startswith("GET")]
ROLES = ("guest", "learner", "teacher", "coordinator", "author", "admin")


@pytest.mark.parametrize("key", one_in(3, PAGES, 0))
def test_no_page_but_the_listed_ones_can_be_kept_by_anybody(cast: Cast, key: str) -> None:
    call, endpoint = CALLS[key], key.split()[1]
    for role in (one for one in ROLES if call.passes(one)):
        who = cast.person(role)
        answer = who.client.get(call.address(cast.app, key, who), headers={HEADER: "1"})
        assert (HEADER in answer.headers) is (endpoint in COPIED)
        if endpoint in COPIED and who.name:
            assert who.name not in answer.text
            assert set(re.findall(r'name="csrf_token" value="([^"]*)"', answer.text)) <= {""}


def test_every_listed_page_is_one_of_the_site(cast: Cast) -> None:
    assert {f"GET {endpoint}" for endpoint in COPIED} - set(PAGES) == set()


@pytest.mark.parametrize("key", [f"GET {endpoint}" for endpoint in sorted(COPIED)])
def test_a_visitor_can_keep_nothing(cast: Cast, key: str) -> None:
    call = CALLS[key]
    who = cast.person("anonymous")
    answer = who.client.get(call.address(cast.app, key, who), headers={HEADER: "1"})
    assert answer.status_code == 401
    assert HEADER not in answer.headers
