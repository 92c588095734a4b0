"""Who may open what: stated by every view, enforced before it runs."""

import json
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, request

from learnapp.web import policy as policies
from learnapp.web.policy import GROUPS, MEMBERS, ROLES, matrix, policy, require_policies
from tests.apps import close_app, new_app

OPEN = {
    "everyone": set(ROLES),
    "learning": set(ROLES),
    "signed_out": {"anonymous", "guest"},
    "member": {"learner", "teacher", "coordinator", "author", "admin"},
    "leader": {"teacher", "coordinator", "admin"},
    "author": {"author"},
}


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Build an app with a page for each policy."""
    app = new_app(tmp_path_factory.mktemp("gates"), WTF_CSRF_ENABLED=False)
    for name in OPEN:

        @policy(name)
        def view(name: str = name) -> str:
            app.extensions["ran"].append(name)
            return "in"

        app.add_url_rule(f"/gate/{name}", f"gate_{name}", view, methods=["GET", "POST"])
    yield app
    close_app(app)


class Sender:
    """Who asks, as a header says."""

    @property
    def role(self) -> str:
        return request.headers.get("X-Role", "anonymous")

    secret_expires_at = None


@pytest.fixture
def gated(gates: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Give that app; a header says who asks."""
    gates.extensions["ran"] = []
    monkeypatch.setattr(policies, "current_user", Sender())
    return gates


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_role_gets_where_the_policy_lets_it(gated: Flask, name: str, role: str, method: str) -> None:
    answer = gated.test_client().open(f"/gate/{name}", method=method, headers={"X-Role": role})
    if role in OPEN[name]:
        assert (answer.status_code, answer.text) == (200, "in")
        return
    assert gated.extensions["ran"] == []
    if role in {"anonymous", "guest"}:
        assert answer.headers["Location"].startswith("/account/sign-in")
    elif name == "signed_out":
        assert answer.headers["Location"] == "/"
    else:
        assert answer.status_code == 403


def test_a_script_is_told_by_status(gated: Flask) -> None:
    client = gated.test_client()
    for role, name, status in (
        ("anonymous", "member", 401),
        ("learner", "author", 403),
        ("learner", "signed_out", 403),
    ):
        headers = {"X-Role": role, "Accept": "application/json"}
        assert client.get(f"/gate/{name}", headers=headers).status_code == status


def test_whoever_is_refused_reads_why_and_what_to_do(gated: Flask) -> None:
    page = gated.test_client().get("/gate/author", headers={"X-Role": "learner"}).text
    assert "Your account cannot open this page" in page
    assert "ask whoever runs this site" in page
    assert "role" not in page[page.index("<h1>") : page.index("</header>", page.index("<h1>"))]


def test_a_view_without_a_policy_stops_the_start(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    app.add_url_rule("/bare", "bare", lambda: "open to all")
    with pytest.raises(RuntimeError, match="no policy on: bare"):
        require_policies(app)


def test_a_view_without_a_policy_is_refused_all_the_same(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    app.add_url_rule("/bare", "bare", lambda: "open to all")
    assert app.test_client().get("/bare").status_code == 403


def test_a_policy_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown policy: teachers"):
        policy("teachers")
    with pytest.raises(ValueError, match="none given"):
        policy()


def test_the_matrix_lists_every_route_with_its_roles(app: Flask) -> None:
    rows = matrix(app)
    assert {row["endpoint"] for row in rows} == set(app.view_functions)
    display = next(row for row in rows if row["endpoint"] == "own_data.display")
    assert display == {
        "route": "/display",
        "endpoint": "own_data.display",
        "methods": ["GET", "POST"],
        "policy": ["everyone"],
        "roles": list(ROLES),
        "object": None,
    }
    assert all(row["policy"] and row["roles"] for row in rows)


def test_the_matrix_can_be_read_by_machines(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["routes-policy", "--json"])
    assert json.loads(result.output) == matrix(app)
    assert "/display  GET,POST  everyone" in app.test_cli_runner().invoke(args=["routes-policy"]).output


def test_the_groups_of_roles_are_those_of_the_design() -> None:
    assert {name: set(roles) for name, roles in GROUPS.items()} == {k: v for k, v in OPEN.items() if k != "author"}
    assert OPEN["member"] == MEMBERS


def test_whoever_has_a_password_that_was_handed_out_comes_only_where_it_is_said(app: Flask) -> None:
    stated = {rule.endpoint: policies.policy_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert {name for name, one in stated.items() if one and one.handed_out} == {
        *("web.healthz", "web.readyz", "web.support", "web.about", "web.contact", "web.favicon", "web.robots"),
        *("own_data.display", "own_data.privacy"),
        *("offline.manifest", "offline.worker", "offline.unreachable"),
        *("accounts.sign_out", "accounts.signed_out", "passwords.first_password"),
    }
