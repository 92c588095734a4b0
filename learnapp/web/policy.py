"""Policies: every view says who may open it, which fields may come twice, whether its form may; all else is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.web.errors import OwnPasswordFirst, SignInFirst
from learnapp.web.http.requests import wants_json
from learnapp.web.login import ACCOUNT_ROLES, ANONYMOUS, GUEST, LEADING_ROLES

View = TypeVar("View", bound=Callable[..., Any])

ROLES = (ANONYMOUS, GUEST, *ACCOUNT_ROLES)
SIGNED_OUT, MEMBERS = frozenset({ANONYMOUS, GUEST}), frozenset(ACCOUNT_ROLES)
# "learning" holds the same roles as "everyone"; it tells that whoever is anonymous may become a guest there.
GROUPS = {
    "everyone": frozenset(ROLES),
    "signed_out": SIGNED_OUT,
    "learning": frozenset(ROLES),
    "member": MEMBERS,
    "leader": frozenset(LEADING_ROLES),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a view: `names` as it was stated, `roles` as they are checked; which object of theirs it shows.

    `repeated` are the fields that may come repeatedly (boxes to tick).
    `once` tells that its form, sent again, would do something else than the first time: it carries a key.
    `handed_out` tells that it is open also to whoever has yet to choose a password of their own, `body_bytes` how much
    its form may be where that is more than any other's.
    """

    names: tuple[str, ...]
    roles: frozenset[str]
    obj: str | None
    repeated: frozenset[str]
    once: bool = False
    handed_out: bool = False
    body_bytes: int = 0


def policy(
    *names: str,
    obj: str | None = None,
    repeated: Iterable[str] = (),
    once: bool = False,
    handed_out: bool = False,
    body_bytes: int = 0,
) -> Callable[[View], View]:
    """State who may open this view.

    Names are roles or "everyone", "signed_out" (not signed in to an account; others are sent home),
    "learning" (everyone; whoever is anonymous becomes a guest when something is kept of them), "member" (any account)
    and "leader" (whose role may lead groups). `obj="attempt"` says that the view answers 404 for others' attempts;
    `once=True` that its form holds a key, so that the same form sent again is answered as it was at first;
    `handed_out=True` that also those come in whose password was handed out, before they choose their own;
    `body_bytes=2**21` that its form may be larger than any other, as it brings a file.
    """
    unknown = set(names) - set(GROUPS) - set(ROLES)
    if unknown or not names:
        raise ValueError(f"unknown policy: {', '.join(sorted(unknown)) or 'none given'}")

    roles = frozenset().union(*(GROUPS.get(name, frozenset({name})) for name in names))
    stated = Policy(names, roles, obj, frozenset(repeated), once, handed_out, body_bytes)

    def decorator(view: View) -> View:
        view.policy = stated  # type: ignore[attr-defined]
        return view

    return decorator


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """Return what the view behind an endpoint states."""
    view_policy = getattr(app.view_functions.get(endpoint), "policy", None)
    return view_policy if isinstance(view_policy, Policy) else None


def require_policies(app: Flask) -> None:
    """Refuse to start while a route states no policy."""
    bare = sorted({rule.endpoint for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) is None})
    if bare:
        raise RuntimeError(f"no policy on: {', '.join(bare)}")


def matrix(app: Flask) -> list[dict[str, Any]]:
    """Return each route with its methods, policy and roles, in the order of addresses."""
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        view_policy = policy_of(app, rule.endpoint)
        rows.append(
            {
                "route": rule.rule,
                "endpoint": rule.endpoint,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "policy": list(view_policy.names) if view_policy else [],
                "roles": [role for role in ROLES if view_policy and role in view_policy.roles],
                "object": view_policy.obj if view_policy else None,
            }
        )
    return rows


def enforce() -> ResponseReturnValue | None:
    """Let a request pass only if its view allows the role and no field comes twice: which counts is never a guess."""
    if request.endpoint is None:
        return None
    view_policy = policy_of(current_app, request.endpoint)
    if view_policy is None:
        abort(403)
    role = current_user.role
    if role not in view_policy.roles:
        if view_policy.roles <= SIGNED_OUT and role in MEMBERS and not wants_json():
            return redirect(url_for("lessons.home"))
        if role in SIGNED_OUT:
            raise SignInFirst
        abort(403)
    if current_user.secret_expires_at is not None and not view_policy.handed_out:
        raise OwnPasswordFirst
    if view_policy.body_bytes:
        request.max_content_length = request.max_form_memory_size = view_policy.body_bytes
    if request.method in {"POST", "PUT", "PATCH", "DELETE"}:
        for name, values in request.form.lists():
            if len(values) > 1 and name not in view_policy.repeated:
                abort(400)
        for _name, values in request.args.lists():
            if len(values) > 1:
                abort(400)
    return None


def init_app(app: Flask) -> None:
    """Enforce policies on every request."""
    app.before_request(enforce)
