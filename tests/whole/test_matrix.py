"""Every route, every method, every role: who gets what, and that a refusal changes nothing."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from learnapp.web.policy import ROLES
from tests.shares import LONG, left, one_in, share
from tests.whole.calls import CALLS, POSTS, card_answer, stated
from tests.whole.cast import MISSING_ID, Cast, Person
from tests.whole.rows import Rows, stored_rows, without

PAGES = [key for key in CALLS if key not in POSTS]
OWNED = [key for key, call in CALLS.items() if call.own]
OF_GROUPS = [key for key in OWNED if "group_id" in CALLS[key].own]
# Which things of others' stand where one's own would: also another of the same kind.
KIN = {"attempt_id": ("open", "finished", "final")}
STRANGERS = ("anonymous", "guest", "learner", "teacher", "admin")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
JSON = {"Accept": "application/json"}


def may_do_harm(case: tuple[str, str]) -> bool:
    """Tell of every sixth page whether this is the role that may open it, and so could do harm with others' things."""
    key, role = case
    return OWNED.index(key) % 6 == 0 and role == (
        "teacher" if key in OF_GROUPS and "teacher" in CALLS[key].roles else "learner"
    )


def body(answer: TestResponse) -> str:
    """Return an answer's status and text without the numbers that stand in its own address."""
    text = f"{answer.status} {answer.location} {answer.text}"
    return re.sub(r"((?:/|%2F)[a-z]+(?:/|%2F))\d+", r"\1N", text).rstrip()  # pages are filled up to a step


def led_to(answer: TestResponse) -> str | None:
    """Return the path that an answer leads to, without what comes after a question mark."""
    return answer.location.partition("?")[0] if answer.location else None


def each_role(keys: list[str], spared: Collection[str] = ()) -> list[Any]:
    """Return each route with roles: first those that `make test` tries, then, as another case, all the others.

    Roles are learners, and of who is to get the same answer one: who may do least at one route, most at the next.
    What is `spared` is left for later as well.
    """
    cases = []
    for at, key in enumerate(keys):
        alike: dict[tuple[int, str | None], list[str]] = {}
        for role in ROLES:
            alike.setdefault(CALLS[key].expected(role), []).append(role)
        some = {"learner", *(roles[-(at % 2)] for roles in alike.values())}
        roles = [role for role in ROLES if role in some]
        cases.append(left(key, roles, id=key) if key in spared else pytest.param(key, roles, id=key))
        if rest := [role for role in ROLES if role not in some]:
            cases.append(left(key, rest, id=f"{key} as others"))
    return cases


def test_every_route_is_called_here(app: Flask) -> None:
    found = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert found == set(CALLS)


def test_a_route_with_a_number_says_whose_thing_it_is(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert "<int" not in rule.rule or stated(app, f"GET {rule.endpoint}").obj, rule.rule


@pytest.mark.parametrize(("key", "roles"), each_role(PAGES, PAGES[1::2]))
def test_each_role_gets_a_page_as_the_policy_says(cast: Cast, key: str, roles: list[str]) -> None:
    answer_each_role(cast, key, roles)


@pytest.mark.both_databases
@pytest.mark.parametrize(("key", "roles"), each_role(POSTS))
def test_each_role_may_send_a_form_as_the_policy_says(cast: Cast, key: str, roles: list[str]) -> None:
    answer_each_role(cast, key, roles)


def unnoted(rows: Rows, *tables: str | None) -> Rows:
    """Return rows without those tables in which it is noted that a page was shown."""
    return {name: kept for name, kept in rows.items() if name not in tables}


def answer_each_role(cast: Cast, key: str, roles: list[str]) -> None:
    """Call a route in these roles: status and goal are the policy's, and a refusal changes no row."""
    call, method = CALLS[key], key.split()[0]
    # Who is refused is no matter of the database: there, those who may are looked at.
    every = cast.engine.dialect.name == "sqlite"
    for role in roles if every else [role for role in roles if role in call.roles] or roles:
        who = cast.person(role)
        if call.before:
            call.before(cast, who)
        rows = stored_rows(cast.engine)
        form = call.form(who) if call.form else None
        answer = who.client.open(call.address(cast.app, key, who), method=method, data=form)
        status, goal = call.expected(role)
        assert answer.status_code == status, f"{key} as {role}: {answer.status}"
        cast.settle()
        after = stored_rows(cast.engine)
        if goal:
            assert led_to(answer) == goal, f"{key} as {role}"
        if goal or status >= 400 or method == "GET":
            assert unnoted(after, call.leaves) == unnoted(rows, call.leaves), f"{key} as {role} changed something"
        elif who.account == who.id:
            assert without(after, who) == without(rows, who), f"{key} as {role} changed others' rows"


@pytest.mark.parametrize("key", one_in(9, list(CALLS), 2))
def test_a_script_is_refused_in_json(cast: Cast, key: str) -> None:
    call, method = CALLS[key], key.split()[0]
    for role in ("anonymous", "guest", "learner", "admin"):
        status, _ = call.expected(role, json=True)
        if status not in {401, 403}:
            continue
        who = cast.person(role)
        form = call.form(who) if call.form else None
        answer = who.client.open(call.address(cast.app, key, who), method=method, data=form, headers=JSON)
        assert (answer.status_code, answer.mimetype) == (status, "application/json"), f"{key} as {role}"


@pytest.mark.parametrize(("key", "role"), share(product(OWNED, STRANGERS), may_do_harm))
@pytest.mark.scaled
def test_another_s_thing_is_as_if_it_were_not_there(cast: Cast, key: str, role: str) -> None:
    call, who = CALLS[key], cast.person(role)
    others = [cast.person("learner", name="Cleo"), cast.person("guest"), cast.person("teacher")]
    rows = stored_rows(cast.engine)
    for names in subsets(call.own):
        for headers in ({}, JSON, {"X-Fragment": "attempt"}):
            missing = ask(cast, key, who, headers, dict.fromkeys(names, MISSING_ID))
            status, goal = call.expected(role, json=headers == JSON)
            assert missing.status_code == (404 if call.passes(role) else status)
            assert call.passes(role) or led_to(missing) == goal
            # What asks in another way gets its answer from the same place: `make test` asks so for one of them.
            for other in others if LONG or not headers else others[:1]:
                for things in product(*(KIN.get(name, (call.own[name],)) for name in names)):
                    args = {name: getattr(other, thing) for name, thing in zip(names, things, strict=True)}
                    if args.items() <= call.things(who).items():
                        continue  # both are in this group
                    answer = ask(cast, key, who, headers, args)
                    assert body(answer) == body(missing)
                    assert set(answer.headers.keys()) == set(missing.headers.keys())
    assert stored_rows(cast.engine) == rows


@pytest.mark.both_databases
@pytest.mark.parametrize("key", one_in(6, OF_GROUPS, 0))
def test_a_group_is_not_there_for_who_is_in_it_no_more_or_leads_it_no_more(cast: Cast, key: str) -> None:
    call = CALLS[key]
    for role in call.roles:
        who = cast.person(role)
        if call.own["group_id"] == "led":
            instead = [{"group_id": who.joined}]
            cast.take_back_lead(who)
        else:
            instead = []
            cast.leave(who)
        rows = stored_rows(cast.engine)
        for headers in ({}, JSON):
            missing = ask(cast, key, who, headers, {"group_id": MISSING_ID})
            for args in ({}, *instead):
                answer = ask(cast, key, who, headers, args)
                assert (answer.status_code, body(answer)) == (404, body(missing)), f"{key} {args} as {role}"
        assert stored_rows(cast.engine) == rows


def subsets(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return every choice of one or more of these names."""
    names = tuple(names)
    return [chosen for size in range(1, len(names) + 1) for chosen in combinations(names, size)]


def ask(cast: Cast, key: str, who: Person, headers: Mapping[str, str], instead: Mapping[str, object]) -> TestResponse:
    """Call a route as somebody with other numbers in its address than those of their own things."""
    call, method = CALLS[key], key.split()[0]
    address = call.address(cast.app, key, who, **instead)
    return who.client.open(address, method=method, data=call.form and call.form(who), headers=headers)


@pytest.mark.both_databases
@pytest.mark.parametrize("key", one_in(9, OWNED, 1))
def test_a_thing_that_is_not_there_is_not_found(cast: Cast, key: str) -> None:
    miss_each(cast, key)


@pytest.mark.parametrize("key", one_in(3, [key for key, call in CALLS.items() if call.missing and not call.own], 0))
def test_a_page_that_is_not_there_is_not_found(cast: Cast, key: str) -> None:
    miss_each(cast, key)


def miss_each(cast: Cast, key: str) -> None:
    """Ask, as everybody, for what a route does not have: 404, and no row changes."""
    call, method = CALLS[key], key.split()[0]
    for role in ROLES:
        who = cast.person(role)
        rows = stored_rows(cast.engine)
        refusals = set() if call.passes(role) else {call.expected(role)[0]}
        for args in call.nowhere(who):
            path = call.path(cast.app, key, args)
            answer = who.client.open(path, method=method, data=call.form and call.form(who))
            assert answer.status_code in {404, *refusals}, f"{key} {args} as {role}: {answer.status}"
        assert stored_rows(cast.engine) == rows, f"{key} as {role}"


@pytest.mark.long
@pytest.mark.parametrize("role", ["anonymous", "learner", "admin"])
def test_other_methods_are_refused_and_change_nothing(cast: Cast, role: str) -> None:
    who = cast.person(role)
    rows = stored_rows(cast.engine)
    for rule in cast.app.url_map.iter_rules():
        of_path = (other.methods for other in cast.app.url_map.iter_rules() if other.rule == rule.rule)
        allowed = set().union(*filter(None, of_path))
        key = next(key for key in CALLS if key.endswith(f" {rule.endpoint}"))
        for method in METHODS:
            if method == "POST" and method in allowed:
                continue
            answer = who.client.open(CALLS[key].address(cast.app, key, who), method=method)
            if method not in allowed:
                assert answer.status_code == 405, f"{method} {rule.rule}: {answer.status}"
                assert set(answer.headers["Allow"].split(", ")) == allowed
            elif method == "OPTIONS" and role in CALLS[key].roles:
                assert (answer.status_code, answer.text) == (200, ""), f"{method} {rule.rule}: {answer.status}"
            if method == "HEAD":
                assert answer.data == b""
    noted = [call.leaves for call in CALLS.values()]
    assert unnoted(stored_rows(cast.engine), *noted) == unnoted(rows, *noted)


@pytest.mark.parametrize("key", one_in(9, PAGES, 1))
def test_neither_get_nor_head_takes_a_form_and_both_are_answered_alike(cast: Cast, key: str) -> None:
    call, form = CALLS[key], CALLS.get(key.replace("GET", "POST"), CALLS[key]).form
    for role in ("learner", "teacher", "anonymous"):
        who = cast.person(role)
        if call.before:
            call.before(cast, who)
        rows = stored_rows(cast.engine)
        address = call.address(cast.app, key, who)
        answers = [who.client.open(address, method=method, data=form and form(who)) for method in ("HEAD", "GET")]
        answers.append(who.client.get(address))
        assert len({(one.status_code, one.location) for one in answers}) == 1, f"{key} as {role}"
        assert unnoted(stored_rows(cast.engine), call.leaves) == unnoted(rows, call.leaves), f"{key} as {role}"


@pytest.mark.parametrize("key", one_in(6, POSTS, 0))
def test_a_form_without_its_token_changes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setitem(cast.app.config, "WTF_CSRF_ENABLED", True)
    call = CALLS[key]
    is_tokenless = getattr(cast.app.view_functions[key.split()[1]], "tokenless", False)
    for role in ("anonymous", "guest", "learner", "admin"):
        status, goal = call.expected(role)
        if goal or status >= 400:
            continue
        who = cast.person(role)
        if call.before:
            call.before(cast, who)
        rows = stored_rows(cast.engine)
        for token in (None, "", "made-up", "IjAwMDAi.aaaaaa.bbbbbbbbbbbbbbbbbbbb"):
            form = {**(call.form(who) if call.form else {}), **({} if token is None else {"csrf_token": token})}
            answer = who.client.post(call.address(cast.app, key, who), data=form)
            if is_tokenless:
                assert answer.status_code == status, f"{key} as {role}: {answer.status}"
                continue
            assert answer.status_code == 400, f"{key} as {role}: {answer.status}"
            # Whoever has no cookie at all may have blocked them.
            has_cookies = role != "anonymous" or call.before
            assert ("This form has expired" if has_cookies else "This page needs cookies") in answer.text
        assert stored_rows(cast.engine) == rows, f"{key} as {role}"


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize("role", ["guest", "learner", "admin"])
def test_another_s_card_is_as_if_it_were_not_there(cast: Cast, role: str) -> None:
    who, cleo = cast.person(role), cast.person("learner", name="Cleo")
    rows = stored_rows(cast.engine)
    form = card_answer(who)
    answers = [
        who.client.post("/me/review/answers", data={**form, "card": card})
        for card in (cleo.card, MISSING_ID, 0, 2**31, "9" * 400, "")
    ]
    assert {one.status_code for one in answers} == {404}
    assert len({body(one) for one in answers}) == 1
    assert stored_rows(cast.engine) == rows
