"""Whatever a person types is shown as text, wherever it appears, and is taken along as text."""

import base64
import csv
import io
import json
import zipfile
from urllib.parse import quote

import pytest
from sqlalchemy import update

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.names import rules as names
from learnapp.database.db import db
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.training.certificates.forms import NO_PERSON
from learnapp.web.spreadsheets import FORMULA
from tests.actors.people import OTHER, PASSWORD
from tests.markup import read_markup
from tests.pages import Page, PageOpener
from tests.shares import one_in
from tests.whole.cast import Cast, Person
from tests.whole.trained import NEXT

# Each would make an element, an attribute or an address with "xss" in it, were it taken for more than text.
CORPUS = (
    "<xss>",
    "</p><xss>",
    '"><xss>',
    "'><xss a='",
    '" xss="1',
    "' xss='1",
    "x onfocus=xss autofocus",
    "<svg/onload=xss>",
    "<img src=xss onerror=xss>",
    "javascript:xss",
    "</title><xss>",
    "</textarea><xss>",
    "<!--<xss>-->",
    "--><xss>",
    "]]><xss>",
    "{{xss}}",
    "{% xss %}",
    "${xss}",
    "%(xss)s",
    "%(name)s xss",
    "&lt;xss&gt;",
    "&#60;xss&#62;",
    "＜xss＞",
    "﹤xss﹥",
    "\ufeff<xss>",
    "<\u200bxss>",
    "\u202exss",
    "\u2066<xss>",
    "ſcript xss",
    "<a href=//xss>",
    "<form action=//xss>",
    '\\"><xss>',
    "`xss`",
    "<bdo dir=rtl xss>",
    "<math><xss>",
    "xss\r\nX-Xss: 1",
    "\u2028<xss>",
)
CELLS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "=cmd|'/C calc'!A0",
    "＝1+1",
    "－1+1",
    "＋1",
    '=HYPERLINK("x")',
    "\t=1+1",
    "\r=1",
    '"=1',
    "a\n=1",
)


def inert(page: Page) -> Page:
    """Assert that nothing in a page has become markup; what was typed may stand in text and in `value`."""
    for one in page.tree.iter():
        if not isinstance(one.tag, str):
            continue  # a comment of a parser
        assert "xss" not in one.tag, one.tag
        for name, value in one.attrib.items():
            assert "xss" not in str(name), f"{name} of {one.tag}"
            goals = ("/account/sign-in?next=", "/account/sign-up?next=")
            kept = name in ("value", "data-pseudonym") or value.startswith(goals)
            assert kept or "xss" not in value, f"{one.tag} {name}={value}"
    assert not any("xss" in name.lower() for name, _ in page.response.headers)
    return page


def one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def read(page: Page) -> str:
    """Return all that is read of a page, with what its fields hold."""
    values = [one.get("value", "") for one in page.all("input")]
    return " ".join(["".join(page.tree.itertext()), *values])


@pytest.mark.parametrize("text", one_in(20, CORPUS, 0))
def test_a_name_is_text_on_every_page(cast: Cast, visit: PageOpener, text: str) -> None:
    try:
        name = names.validate_name(text)
    except InvalidInput:
        pytest.fail(f"take a shorter one: {text}")
    client = cast.app.test_client()
    inert(visit(client, "/account/sign-up", data={"name": text, "password": OTHER}))
    for path in ("/account", "/account/password", "/account/data", "/", "/me", "/nowhere"):
        page = inert(visit(client, path, status=404 if path == "/nowhere" else 200))
        assert name in read(page), path
    client.post("/account/sign-out")
    taken = inert(visit(client, "/account/sign-up", data={"name": text, "password": OTHER}, status=422))
    assert "Somebody here has this name" in taken.text


@pytest.mark.parametrize("text", one_in(20, CORPUS, 1))
def test_a_name_of_a_class_is_text_on_every_page(cast: Cast, visit: PageOpener, text: str) -> None:
    ada, ben, name = cast.person("teacher"), cast.person("learner"), names.clean(text)
    form = {"name": text, "zone": "UTC", "band": "", "seats": 60}
    page = inert(visit(ada.client, "/groups/new", data=form))
    made = page.response.request.path
    cast.enter(ben, int(made.rpartition("/")[2]))
    for path in ("", "/settings", "/members", "/leaders", "/leaders/hand-over", "/duplicate", "/end"):
        assert name in read(inert(visit(ada.client, made + path))), path
    for path in ("/groups", made):
        assert name in read(inert(visit(ben.client, path))), path
    assert name in read(inert(visit(ada.client, "/account/data")))
    other = {**form, "name": "9C", "version": "1", "takes_help_requests": "y"}
    visit(ada.client, f"{made}/settings", data=other)
    stale = inert(visit(ada.client, f"{made}/settings", data={**other, "name": text}, status=409))
    assert one_line(text) in one_line(read(stale))


@pytest.mark.parametrize("text", one_in(20, CORPUS, 2))
def test_the_name_on_a_certificate_and_the_reason_to_withdraw_it_are_text_on_every_page(
    cast: Cast, visit: PageOpener, text: str
) -> None:
    vera, name = cast.person("learner"), names.clean(text)
    cast.pass_next(vera.id)
    claim = f"/training/{NEXT}/certificate"
    assert one_line(text * 30) in one_line(read(inert(visit(vera.client, claim, data={"name": text * 30}, status=422))))
    if NO_PERSON.search(name):
        assert one_line(text) in one_line(read(inert(visit(vera.client, claim, data={"name": text}, status=422))))
        return
    page = inert(visit(vera.client, claim, data={"name": text}))
    assert name in read(page)
    number = page.response.request.path.rpartition("/")[2]
    assert name in read(inert(visit(cast.app.test_client(), f"/verify/{number}")))
    html = vera.client.get(f"/training/certificates/{number}/pdf").text  # of which the file is made
    assert name in "".join(read_markup(html).itertext())
    assert "xss" not in {one.tag for one in read_markup(html).iter()}
    subject = vera.client.get(f"/training/certificates/{number}/credential?name=yes").text.split(".")[1]
    payload = json.loads(base64.urlsafe_b64decode(subject + "==="))
    assert payload["credentialSubject"]["identifier"][0]["identityHash"] == name
    shown = cast.app.test_cli_runner().invoke(args=["certificates", "revoke", number, "--reason", text])
    assert shown.exit_code == 0, shown.output
    for path in (f"/training/certificates/{number}", f"/verify/{number}", f"/training/{NEXT}", "/me", "/account/data"):
        inert(visit(vera.client, path))
    assert name in read(visit(vera.client, f"/training/certificates/{number}"))
    inert(visit(cast.app.test_client(), f"/verify/{quote(text, safe='')}", status=404))
    typed = cast.app.test_client().get("/verify", query_string={"number": text})
    assert typed.location == "/verify/unknown"


@pytest.mark.parametrize("text", one_in(20, CORPUS, 1))
def test_what_failed_is_shown_again_as_text(cast: Cast, visit: PageOpener, text: str) -> None:
    visitor, ben = cast.app.test_client(), cast.person("learner").client
    shown = one_line(text)
    for client, path, form in (
        (visitor, "/account/sign-up", {"name": text, "email": text, "password": "short"}),
        (visitor, "/account/sign-in", {"name": text, "password": ""}),
        (ben, "/account/email", {"email": text, "password": PASSWORD}),
    ):
        page = inert(visit(client, path, data=form, status=422))
        assert shown in one_line(read(page)), path
    odd = {"theme": text, "contrast": text, "text": text, "language": text, "time_zone": text, "band": text}
    for path in ("/account/settings", "/display"):
        inert(visit(ben, path, data=odd, status=422))
    for path in ("place", "route", "quiz"):
        form = {"anchor": text, "route": text, "kind": text}
        inert(visit(ben, f"/modules/1-tea/1-leaf/{path}", data=form, status=422))
    for path in (
        f"/modules/{quote(text)}",
        f"/account/sign-in?next={quote(text)}",
        f"/attempts/{quote(text)}",
        f"/?{quote(text)}={quote(text)}",
    ):
        answer = visitor.get(path, follow_redirects=True)
        inert(Page(cast.app, answer))


@pytest.mark.parametrize("text", one_in(20, CORPUS, 2))
def test_a_form_that_has_expired_gives_back_text(
    cast: Cast, visit: PageOpener, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setitem(cast.app.config, "WTF_CSRF_ENABLED", True)
    page = inert(visit(cast.app.test_client(), "/account/sign-up", data={"name": text, "password": OTHER}, status=400))
    assert OTHER not in page.text
    assert "What you typed" in page.text


@pytest.mark.parametrize("text", one_in(20, CORPUS, 0))
def test_the_name_of_a_class_is_text_to_all_who_come_in(cast: Cast, visit: PageOpener, text: str) -> None:
    ada, ben = cast.person("teacher"), cast.person("learner")
    with cast.app.app_context():
        db.session.execute(update(Group).values(name=text))
        db.session.execute(update(Membership).where(Membership.role == MEMBER).values(full_name=text))
        db.session.commit()
    ada.client.post(f"/groups/{ada.led}/code", data={"days": "7"})
    for path in ("", "/code", "/poster", "/invite", "/window"):
        page = inert(visit(ada.client, f"/groups/{ada.led}{path}"))
        assert one_line(text) in one_line(read(page)), path
    inert(visit(ada.client, f"/groups/{ada.led}/code", data={"days": text}, status=422))
    inert(visit(ada.client, f"/groups/{ada.led}/invite", data={"who": text * 99}, status=422))
    inert(visit(ada.client, f"/groups/{ada.led}/invite", data={"who": text}))
    cast.come_by_code(ben)
    for path in ("/join/confirm", "/groups", "/me", "/", f"/groups/{ben.invited}/invitation"):
        page = inert(visit(ben.client, path))
        assert one_line(text) in one_line(read(page)), path
    assert one_line(text) in one_line(read(inert(visit(ben.client, f"/groups/{ben.joined}/leave", data={}))))
    for path, status in (("/join", 422), ("/join/window", 422)):
        visitor = cast.app.test_client()
        page = inert(visit(visitor, path, data={"code": text, "name": text, "password": ""}, status=status))
        assert one_line(text) in one_line(read(page)), path
        assert visitor.get(f"{path}?code={quote(text)}").location == path
        inert(visit(visitor, path))


def answers(cast: Cast, who: Person, visit: PageOpener, text: str, status: int) -> None:
    """Type a text into everything that takes text, and look at it as often as one can."""
    address = f"/attempts/{who.open}"
    form = {"item": "tea-cloze", "seq": 0, "blank-0": text, "blank-1": ""}
    inert(visit(who.client, f"{address}/answers", data=form, status=422))
    inert(visit(who.client, f"{address}/answers", data={**form, "seq": 7, "blank-1": text}, status=409))
    inert(
        visit(
            who.client,
            f"{address}/answers",
            data={"item": "tea-numeric", "seq": 1, "value": text, "unit": text},
            status=status,
        )
    )
    for number in ("1", "2", "3", "4", "end"):
        inert(visit(who.client, f"{address}?q={number}"))
    inert(
        visit(who.client, f"{address}/answers", data={"item": "tea-cloze", "seq": 2, "blank-0": text, "blank-1": text})
    )
    inert(visit(who.client, f"{address}?q=2"))
    part = who.client.get(f"{address}?q=2", headers={"X-Fragment": "attempt"})
    assert "<xss" not in part.text
    result = inert(visit(who.client, f"{address}/finish", data={}))
    assert who.client.get(f"{address}?q={quote(text)}").status_code in {200, 404}
    assert text.split("\r")[0].strip() in read(result)


@pytest.mark.parametrize("text", one_in(20, CORPUS, 3))
def test_an_answer_is_text_wherever_it_is_looked_at(cast: Cast, visit: PageOpener, text: str) -> None:
    answers(cast, cast.person("learner"), visit, text, status=422)


@pytest.mark.both_databases
@pytest.mark.parametrize("text", CELLS)
def test_no_cell_of_an_export_is_a_formula(cast: Cast, text: str) -> None:
    who = cast.person("learner", name=names.clean(text), email=f"{text}@example.org")
    form = {"item": "tea-cloze", "seq": 0, "action": "save", "blank-0": text}
    assert who.client.post(f"/attempts/{who.open}/answers", data=form).status_code == 303
    archive = zipfile.ZipFile(io.BytesIO(who.client.get("/account/data/export").data))
    for file in archive.namelist():
        if file.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(archive.read(file).decode("utf-8-sig"), newline=""), strict=True))
            assert all(len(row) == len(rows[0]) for row in rows), file
            assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == [], file
    tables = json.loads(archive.read("data.json"))["tables"]
    assert tables["users"][0]["email"] == f"{text}@example.org"
    kept = [row["response"]["blank-0"][0] for row in tables["responses"] if row["attempt_id"] == who.open]
    assert kept == [text.replace("\t", " ").replace("\r", " ").replace("\n", " ")] or kept[0].endswith("=1")
