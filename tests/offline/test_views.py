"""The page of this device, what makes the site an app, and what a device is told when it asks."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.learning.models import Progress
from tests.actors.people import People
from tests.pages import PageOpener


def test_the_manifest_makes_the_site_an_app_that_may_be_called_notes(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/manifest.webmanifest")
    said = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert (said["name"], said["start_url"], said["scope"]) == ("Learnapp", "/", "/")
    assert {("192x192", "any"), ("512x512", "maskable")} <= {(i["sizes"], i.get("purpose")) for i in said["icons"]}
    for icon in said["icons"]:
        assert client.get(icon["src"], buffered=True).status_code == 200

    client.post("/display", data={"theme": "auto", "contrast": "auto", "text": "normal", "neutral_titles": "y"})
    assert client.get("/manifest.webmanifest").get_json(force=True)["name"] == "Notes"


def test_below_a_path_everything_stays_below_it(make_app: Callable[..., Flask]) -> None:
    client = make_app(public_url="http://localhost/learn/tea", WTF_CSRF_ENABLED=False, throttled=False).test_client()

    said = client.get("/learn/tea/manifest.webmanifest").get_json(force=True)
    assert (said["start_url"], said["scope"]) == ("/learn/tea/", "/learn/tea/")
    client.post("/learn/tea/device", data={"device": "own"})
    basics = client.get("/learn/tea/device/basics").get_json()
    assert all(one.startswith("/learn/tea/") for one in (*basics["pages"], *basics["files"]))
    assert client.get("/learn/tea/device/contact").get_json()["person"].startswith("/learn/tea/")


def test_the_worker_is_asked_for_each_time_and_no_page_asks_for_it_unasked(client: FlaskClient) -> None:
    answer = client.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_whoever_has_a_device_of_their_own_is_known_from_then_on_and_nobody_else(
    people: People, client: FlaskClient
) -> None:
    client.get("/device")
    assert people.count(User) == 0
    assert client.get("/device/contact").get_json()["person"] == ""

    told = client.post("/device", data={"device": "own"}, headers={"Accept": "application/json"}).get_json()
    assert people.count(User) == 1
    assert told["person"] == client.get("/device/contact").get_json()["person"] != ""


def test_a_visitor_is_told_nothing_but_that_nobody_is_known(client: FlaskClient) -> None:
    assert client.get("/device/contact?modules=cut-off").get_json().keys() == {"person", "band", "now"}


def test_a_device_is_told_who_is_here_and_what_is_gone(ben: FlaskClient) -> None:
    told = ben.get("/device/contact?modules=1-tea,9-sand,,").get_json()
    assert told["band"] == 14
    assert told["modules"]["9-sand"] is None
    assert told["modules"]["1-tea"]
    assert told["basics"] == ben.get("/device/basics").get_json()["version"]
    assert all(told["words"].values())


def test_every_page_that_all_keep_can_be_copied(ben: FlaskClient) -> None:
    pages = ben.get("/device/basics").get_json()["pages"]
    assert "/offline" in pages
    assert [page for page in pages if ben.get(page, headers={"X-Copy": "1"}).status_code != 200] == []


def test_the_page_of_this_device_is_reached_from_a_module_and_ones_own_page(
    ben: FlaskClient, visit: PageOpener
) -> None:
    for address in ("/modules/1-tea", "/me"):
        assert [a for a in visit(ben, address).all("a") if (a.get("href") or "").startswith("/device")]
    page = visit(ben, "/device")
    (row,) = (one for one in page.all("li") if one.get("data-module"))
    assert row.get("id") == "1-tea"


def test_a_lesson_that_was_read_without_a_network_counts_once_and_for_who_may_read_it(
    app: Flask, people: People, ben: FlaskClient
) -> None:
    for _time in range(2):
        told = ben.post("/device/read", data={"module": "1-tea", "lesson": "1-leaf"})
        assert (told.status_code, told.get_json()) == (200, {"read": "1-tea/1-leaf"})
    with app.app_context():
        (row,) = db.session.query(Progress)
        assert row.read_at is not None
    assert ben.post("/device/read", data={"module": "1-tea", "lesson": "9-sand"}).status_code == 404
    assert ben.post("/device/read").status_code == 404
