"""Pages of credentials: a holder's own file, and in public all that a verifier needs, the same for everybody."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from jsonschema import Draft201909Validator
from werkzeug.test import TestResponse

from learnapp.config.settings import Settings
from learnapp.database.db import db
from learnapp.training.certificates.store import certificate_by_id
from learnapp.training.credentials.keys import NAME, read_keys
from learnapp.training.credentials.values import Issuer
from learnapp.training.models import Certificate
from learnapp.web import clock
from tests.actors.people import PASSWORD, People
from tests.courses.serving import serve_catalog
from tests.courses.training import program, training_course
from tests.factories.training import CertificateFactory
from tests.logs import logged
from tests.statements import counted
from tests.training.credentials.samples import kid_of, passes_by_hand, passes_jwcrypto, payload_of
from tests.training.credentials.test_credential import OFFICIAL, SCHEMA
from tests.training.credentials.test_keys import private_numbers
from tests.training.credentials.test_status_list import set_places

STATUS = "/credentials/status/1"
JWKS = "/.well-known/jwks.json"
PUBLIC = (STATUS, JWKS, "/credentials/issuer", "/credentials/programs/outreach")


@pytest.fixture(autouse=True)
def programs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    outreach = program("outreach", title="Volunteer outreach now", lead="What to say at the table.")
    serve_catalog(app, monkeypatch, training_course(outreach))


@pytest.fixture
def ben(people: People) -> FlaskClient:
    return people.signed_in()


def issued(people: People, name: str = "Ben", **about: Any) -> str:
    """Issue a certificate to somebody; return its number."""
    user_id = people.get(name).id
    with people.app.app_context():
        return str(CertificateFactory(user_id=user_id, **about).id)


def credential_of(number: str) -> str:
    return f"/training/certificates/{number}/credential"


def keys(client: FlaskClient) -> dict[str, dict[str, str]]:
    """Return the public keys of the site by name."""
    return {jwk["kid"]: jwk for jwk in json.loads(client.get(JWKS).text)["keys"]}


def path_of(app: Flask, address: str) -> str:
    settings: Settings = app.config["SETTINGS"]
    assert address.startswith(settings.address)
    return address.removeprefix(settings.address)


def statuses(client: FlaskClient) -> list[int]:
    return set_places(payload_of(client.get(STATUS).text)["credentialSubject"]["encodedList"])


def test_a_holder_gets_a_file_that_others_verify_by_the_keys_of_the_site(people: People, ben: FlaskClient) -> None:
    number = issued(people)
    answer = ben.get(credential_of(number))
    assert answer.status_code == 200
    assert answer.mimetype == "application/vc+jwt"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="certificate-{number}.jwt"'
    assert answer.headers["Cache-Control"] == "no-store"
    jwk = keys(people.browser())[kid_of(answer.text)]
    assert passes_jwcrypto(answer.text, jwk)
    assert passes_by_hand(answer.text, jwk)
    assert list(OFFICIAL.iter_errors(payload_of(answer.text))) == []


def test_the_name_of_a_key_leads_to_the_key_alone(people: People, ben: FlaskClient) -> None:
    kid = kid_of(ben.get(credential_of(issued(people))).text)
    answer = people.browser().get(path_of(people.app, kid))
    assert json.loads(answer.text) == keys(people.browser())[kid]


def test_every_address_of_a_credential_leads_where_it_says(people: People, ben: FlaskClient) -> None:
    payload = payload_of(ben.get(credential_of(issued(people))).text)
    verifier = people.browser()
    achievement = payload["credentialSubject"]["achievement"]
    for document in (payload["issuer"], achievement):
        found = json.loads(verifier.get(path_of(people.app, document["id"])).text)
        assert found["id"] == document["id"]
        assert found["type"] == document["type"]
    assert achievement["description"] == "Tea for all."
    assert achievement["name"] == "Volunteer outreach"
    entry = payload["credentialStatus"]
    listed = payload_of(verifier.get(path_of(people.app, entry["statusListCredential"])).text)
    assert listed["id"] == entry["statusListCredential"]
    assert listed["credentialSubject"]["statusPurpose"] == entry["statusPurpose"]


def test_addresses_are_those_of_the_routes(app: Flask) -> None:
    site = Issuer(app.config["SETTINGS"].address, "Learn")
    with app.test_request_context():
        found = {
            site.id: url_for("credentials.issuer"),
            site.status_list: url_for("credentials.status"),
            site.key("thumb"): url_for("credentials.key", thumbprint="thumb"),
            site.achievement("outreach"): url_for("credentials.achievement", program="outreach"),
        }
    assert all(address == site.address + path for address, path in found.items())


def test_issuer_and_achievement_are_what_the_schema_says(app: Flask, client: FlaskClient) -> None:
    for path, kind in (("/credentials/issuer", "Profile"), ("/credentials/programs/outreach", "Achievement")):
        part = Draft201909Validator({"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{kind}"})
        document = json.loads(client.get(path).text)
        del document["@context"]
        assert list(part.iter_errors(document)) == []
    assert json.loads(client.get("/credentials/issuer").text)["name"] == app.config["SETTINGS"].site_name


def test_the_name_is_in_the_file_only_when_it_was_asked_for(people: People, ben: FlaskClient) -> None:
    path = credential_of(issued(people, name_shown="Benjamin Holder"))
    for query in ("", "?name=", "?name=no", "?name=on"):
        assert "Holder" not in json.dumps(payload_of(ben.get(path + query).text))
    subject = payload_of(ben.get(path + "?name=yes").text)["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == "Benjamin Holder"


def test_another_s_certificate_is_as_if_it_were_not_there(people: People, ben: FlaskClient) -> None:
    people.add("Cleo")
    of_cleo = issued(people, "Cleo")
    answers = [ben.get(credential_of(number)) for number in (of_cleo, "x" * 22, "x", "%00" * 22, "%ff")]
    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1


@pytest.mark.parametrize("about", [{"revoked_at": True, "revoke_reason": "by mistake"}, {"renewed_at": True}])
def test_what_does_not_hold_any_more_may_still_be_fetched(
    people: People, ben: FlaskClient, about: dict[str, Any]
) -> None:
    about = {name: clock.now() if value is True else value for name, value in about.items()}
    assert ben.get(credential_of(issued(people, **about))).status_code == 200


def test_an_expired_certificate_says_itself_until_when_it_held(people: People, ben: FlaskClient) -> None:
    past = clock.now() - timedelta(days=400)
    number = issued(people, issued_at=past, valid_until=past.date())
    payload = payload_of(ben.get(credential_of(number)).text)
    with people.app.app_context():
        found = certificate_by_id(db.session, number)
    assert found is not None
    assert payload["exp"] == int(found.ends_at.timestamp()) < clock.now().timestamp()


def test_a_program_that_has_left_the_course_is_told_by_the_certificate(people: People, ben: FlaskClient) -> None:
    number = issued(people, program="gone", program_title="Gone by now")
    achievement = payload_of(ben.get(credential_of(number)).text)["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["description"]) == ("Gone by now", "Tea for all.")
    assert people.browser().get("/credentials/programs/gone").status_code == 404


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_public_is_the_same_for_everybody_and_sets_nothing(people: People, ben: FlaskClient, path: str) -> None:
    answer = people.browser().get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    if path != STATUS:
        assert answer.mimetype == "application/json"
        assert ben.get(path).text == answer.text


def test_the_list_is_signed_by_the_site_and_read_in_one_statement(people: People) -> None:
    verifier = people.browser()
    with counted(people.engine) as statements:
        answer = verifier.get(STATUS)
    assert len(statements) == 1
    assert answer.mimetype == "application/vc+jwt"
    assert passes_jwcrypto(answer.text, keys(verifier)[kid_of(answer.text)])
    assert statuses(verifier) == []


def test_a_revoked_certificate_has_exactly_its_bit_set(people: People, ben: FlaskClient) -> None:
    kept, revoked = issued(people, place=17), issued(people, place=4711)
    assert statuses(ben) == []
    with people.app.app_context():
        row = db.session.get_one(Certificate, revoked)
        row.revoked_at, row.revoke_reason = clock.now(), "by mistake"
        db.session.commit()
    index = payload_of(ben.get(credential_of(revoked)).text)["credentialStatus"]["statusListIndex"]
    assert statuses(people.browser()) == [4711] == [int(index)]
    assert payload_of(ben.get(credential_of(kept)).text)["credentialStatus"]["statusListIndex"] == "17"


@pytest.mark.both_databases
def test_the_bit_of_a_deleted_account_is_set_so_that_no_copy_holds(people: People, ben: FlaskClient) -> None:
    copy = ben.get(credential_of(issued(people, place=99))).text
    assert ben.post("/account/data", data={"password": PASSWORD}).status_code == 303
    assert people.count(Certificate) == 0
    assert statuses(people.browser()) == [int(payload_of(copy)["credentialStatus"]["statusListIndex"])]


@pytest.fixture
def own_keys(app: Flask) -> Iterator[None]:
    """Leave the next tests no key that this one has made of the site's."""
    yield
    (app.config["SETTINGS"].instance_path / NAME).unlink()


@pytest.mark.usefixtures("own_keys")
def test_after_a_new_key_old_files_are_still_verified_without_a_restart(people: People, ben: FlaskClient) -> None:
    number = issued(people)
    old = ben.get(credential_of(number)).text
    assert people.app.test_cli_runner().invoke(args=["credentials", "new-key"]).exit_code == 0
    new, known = ben.get(credential_of(number)).text, keys(people.browser())
    assert kid_of(old) != kid_of(new)
    for token in (old, new):
        assert passes_jwcrypto(token, known[kid_of(token)])
    assert next(iter(known)) == kid_of(new)


@pytest.mark.usefixtures("own_keys")
def test_no_private_number_is_in_an_answer_or_in_a_log(people: People, ben: FlaskClient) -> None:
    folder = people.app.config["SETTINGS"].instance_path
    with logged(logging.DEBUG) as out:
        told = StringIO()
        numbers: list[str] = []
        for _ in range(2):
            answers = [ben.get(credential_of(issued(people))), *map(ben.get, PUBLIC)]
            key = read_keys(folder)[0]
            answers.append(ben.get(f"/credentials/keys/{key.thumbprint}"))
            told.writelines(one.text for one in answers)
            numbers += private_numbers(folder)
            told.write(people.app.test_cli_runner().invoke(args=["credentials", "new-key"]).output)
    assert len(numbers) == 12
    for number in numbers:
        assert number not in told.getvalue() + out.getvalue()
    for jwk in keys(ben).values():
        assert set(jwk) == {"kty", "n", "e", "alg", "use", "kid"}


@pytest.mark.usefixtures("own_keys")
def test_with_a_key_that_others_can_read_nothing_is_signed(people: People, ben: FlaskClient, written: StringIO) -> None:
    number = issued(people)
    file = people.app.config["SETTINGS"].instance_path / NAME
    assert ben.get(STATUS).status_code == 200
    file.chmod(0o644)
    answers: list[TestResponse] = [ben.get(path) for path in (credential_of(number), STATUS, JWKS)]
    assert [one.status_code for one in answers] == [503, 503, 503]
    assert "chmod 600" in written.getvalue()
    assert all("chmod" not in one.text for one in answers)
