"""Credential pages, most of them for programs: a holder's signed file, and in public what verifies it."""

from typing import Any

from flask import Blueprint, Flask, Response, json, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.training.certificates.store import find_certificate
from learnapp.training.credentials.credential import CONTEXTS, achievement_of, build_credential, describe, profile
from learnapp.training.credentials.keys import CredentialKey, ensure_keys
from learnapp.training.credentials.sign import MIMETYPE, sign
from learnapp.training.credentials.status_list import TTL_SECONDS, build_status_list
from learnapp.training.credentials.store import revoked_places
from learnapp.training.credentials.values import Achievement, Issuer
from learnapp.training.errors import CredentialKeyRefused
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, register_error_page
from learnapp.web.policy import policy

bp = Blueprint("credentials", __name__)


@bp.get("/training/certificates/<certificate_id>/credential")
@policy("member", obj="certificate")
def credential(certificate_id: str) -> ResponseReturnValue:
    """Send the holder their certificate as a signed file, with the name that they chose for `?name=yes`.

    An expired or revoked one, too: it says itself until when it holds, and the list of statuses whether it still does.
    """
    certificate = find_certificate(db.session, current_user.id, certificate_id)
    achieved = Achievement(certificate.program, certificate.program_title, certificate.statements["lead"])
    with_name = request.args.get("name") == "yes"
    text = _signed(build_credential(certificate, _issuer(), achieved, with_name=with_name))
    disposition = f'attachment; filename="certificate-{certificate.id}.jwt"'
    return Response(text, mimetype=MIMETYPE, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"})


@bp.get("/.well-known/jwks.json")
@policy("everyone")
def jwks() -> ResponseReturnValue:
    """Give all public keys, former ones too."""
    return _public_json({"keys": [_jwk(key) for key in _keys()]})


@bp.get("/credentials/keys/<thumbprint>")
@policy("everyone")
def key(thumbprint: str) -> ResponseReturnValue:
    """Give one public key, at the address by which a signature names it."""
    found = next((one for one in _keys() if one.thumbprint == thumbprint), None)
    if found is None:
        raise NotFound
    return _public_json(_jwk(found))


@bp.get("/credentials/issuer")
@policy("everyone")
def issuer() -> ResponseReturnValue:
    """Say who issues."""
    return _public_json({"@context": CONTEXTS, **profile(_issuer())})


@bp.get("/credentials/programs/<program>")
@policy("everyone")
def achievement(program: str) -> ResponseReturnValue:
    """Say what a program's certificate stands for."""
    found = achievement_of(current_catalog(), program)
    if found is None:
        raise NotFound
    return _public_json({"@context": CONTEXTS, **describe(found, _issuer())})


@bp.get("/credentials/status/1")
@policy("everyone")
def status() -> ResponseReturnValue:
    """Give the signed list of statuses, which names nobody."""
    now = clock.now()
    return _public(_signed(build_status_list(revoked_places(db.session, now), _issuer(), now)), MIMETYPE)


def init_app(_app: Flask) -> None:
    """Give a key that cannot be used its page."""
    register_error_page(
        CredentialKeyRefused,
        503,
        _l("This cannot be signed just now"),
        _l("Whoever runs this site has to see to its key first. Your certificate is as it was. Try again later."),
    )


def _issuer() -> Issuer:
    settings = current_settings()
    return Issuer(settings.address, settings.site_name)


def _keys() -> tuple[CredentialKey, ...]:
    return ensure_keys(current_settings().instance_path, clock.now())


def _jwk(key: CredentialKey) -> dict[str, str]:
    return key.public_jwk(_issuer().key(key.thumbprint))


def _signed(document: dict[str, Any]) -> str:
    return sign(document, _keys()[0], _issuer())


def _public_json(document: dict[str, Any]) -> Response:
    return _public(json.dumps(document), "application/json")


def _public(body: str, mimetype: str) -> Response:
    """Return what is the same for everybody, and may be kept for some minutes."""
    return Response(body, mimetype=mimetype, headers={"Cache-Control": f"public, max-age={TTL_SECONDS}"})
