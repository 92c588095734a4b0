"""A class without e-mail in a browser: by keyboard, without script, and with pseudonyms."""

import csv
import io
import logging
import re
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import delete

from learnapp.accounts.models import LoginSession
from learnapp.database.db import db
from tests.actors.groups import Class
from tests.actors.people import OTHER, PASSWORD, People
from tests.browser.learner import Site
from tests.browser.test_every_page import violations
from tests.logs import logged

NAMES = ["Canaria Okafor", "=Canaria(Lee)", "<b>Canaria</b>", "Canaria 김"]
AXE = Axe()


@pytest.fixture
def class_9c(site: Site, monkeypatch: pytest.MonkeyPatch) -> Class:
    """Give Ada's class on the site that is served."""
    monkeypatch.setitem(site.app.config, "WTF_CSRF_ENABLED", False)
    made = Class(People(site.app))
    monkeypatch.undo()
    return made


def come_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def make_pseudonymous(page: Page, count: int) -> list[str]:
    """Make a class with pseudonyms and so many accounts in it, and open its cards; return the pseudonyms."""
    page.goto("/groups/new")
    page.get_by_label("Name", exact=True).fill("9P")
    page.get_by_label("Use pseudonyms").check()
    page.get_by_role("button", name="Make the class").click()
    page.get_by_role("link", name="Accounts and login cards").click()
    page.get_by_role("link", name="Make accounts").click()
    page.get_by_label("How many accounts").fill(str(count))
    page.get_by_role("button", name="Show the user names").click()
    page.get_by_role("button", name=f"Make {count} accounts").click()
    page.get_by_role("button", name=f"Make {count} login cards").click()
    lines = page.locator("[data-name-of]")
    expect(lines).to_have_count(count)
    return [str(line.get_attribute("data-name-of")) for line in lines.all()]


@pytest.mark.long
def test_names_put_to_pseudonyms_leave_the_browser_in_the_leaders_own_file_alone(
    site: Site, class_9c: Class, page: Page, tmp_path: Path
) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.method} {request.url} {request.post_data or ''} {request.headers}")

    page.on("request", note)
    with logged(logging.DEBUG) as out:
        come_in(page, class_9c.leader)
        pseudonyms = make_pseudonymous(page, len(NAMES))
        assert len(set(pseudonyms)) == len(NAMES)
        page.get_by_role("textbox", name="Put names to the pseudonyms").fill("\n".join(NAMES))
        expect(page.get_by_text("4 names for 4 cards.")).to_be_visible()
        expect(page.locator("[data-name-of]")).to_have_text([f"Name: {name}" for name in NAMES])
        with page.expect_download() as download:
            page.get_by_role("button", name="Save who is who").click()
        file = tmp_path / "who-is-who.csv"
        download.value.save_as(file)
        page.get_by_role("button", name="Save as a table").focus()  # its form has nothing of the names
        assert "Canaria" not in page.locator("form").first.inner_html()

        page.get_by_role("link", name="Accounts and login cards").click()
        listed = page.locator("[data-pseudonym]")
        expect(listed).to_have_text(pseudonyms)
        page.locator("#names-file").set_input_files(file)
        shown = [f"{pseudonym} ({name})" for pseudonym, name in zip(pseudonyms, NAMES, strict=True)]
        expect(listed).to_have_text(shown)
        page.reload()
        expect(listed).to_have_text(shown)
        page.get_by_role("button", name="Take the names off").click()
        page.reload()
        expect(listed).to_have_text(pseudonyms)
        page.locator("#names-file").set_input_files(file)
        expect(listed).to_have_text(shown)
        page.get_by_role("button", name="Sign out").click()
        assert page.evaluate("Object.keys(sessionStorage).length") == 0

    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["Pseudonym", "Name"]
    assert rows[2] == [pseudonyms[1], f"'{NAMES[1]}"]
    assert len(sent) > 10
    assert all("anaria" not in one for one in sent)
    assert "anaria" not in out.getvalue()
    assert "anaria" not in everything_stored(site)


@pytest.mark.long
def test_names_of_a_class_go_from_the_tab_with_their_leaders_session(
    site: Site, class_9c: Class, page: Page, tmp_path: Path
) -> None:
    come_in(page, class_9c.leader)
    pseudonyms = make_pseudonymous(page, 2)
    file = tmp_path / "who-is-who.csv"
    file.write_text(f"{pseudonyms[0]},Ann Canaria\n{pseudonyms[1]},Bo Canaria\n", encoding="utf-8")
    page.get_by_role("link", name="Accounts and login cards").click()
    page.locator("#names-file").set_input_files(file)
    expect(page.locator("[data-pseudonym] .realname")).to_have_count(2)  # the file is read when the browser gets to it
    kept = "Object.keys(sessionStorage).some((name) => sessionStorage[name].includes('Canaria'))"
    assert page.evaluate(kept)

    page.goto("/modules/cut-off/closed-borders")  # kept for many readers: it cannot know that the leader is here
    assert page.evaluate(kept)
    with site.app.app_context():
        db.session.execute(delete(LoginSession))
        db.session.commit()
    page.goto("/groups")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert not page.evaluate(kept)


def everything_stored(site: Site) -> str:
    """Return every byte of the database's files, and all of its rows, as text."""
    with site.app.app_context():
        name = str(db.engine.url.database)
    files = [Path(name), Path(f"{name}-wal")]
    raw = "".join(file.read_bytes().decode("latin-1") for file in files if file.exists())
    with sqlite3.connect(name) as connection:
        return raw + "\n".join(connection.iterdump())


@pytest.mark.long
def test_a_card_is_used_with_its_code_and_the_student_chooses_a_password(class_9c: Class, page: Page) -> None:
    class_9c.managed("ben.l")
    come_in(page, class_9c.leader)
    page.goto(class_9c.path())
    page.get_by_role("button", name="Make 1 login card").click()
    secret = page.locator(".firstwords").inner_text()
    page.get_by_role("button", name="Sign out").click()

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/account/sign-in#name=ben.l")
    expect(page.get_by_label("User name")).to_have_value("ben.l")
    assert "ben.l" not in page.url
    assert all("ben.l" not in urlsplit(url).path + urlsplit(url).query for url in asked)
    page.keyboard.type(secret.replace("-", " ").title())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your own password")
    page.goto("/me")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your own password")
    page.get_by_role("textbox", name="New password").fill(OTHER)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your own password is kept.")).to_be_visible()
    page.goto("/account")
    expect(page.get_by_text("It was made by “9C”")).to_be_visible()


@pytest.mark.long
def test_without_script_a_class_gets_its_cards_and_lines_to_write_names_on(
    class_9c: Class, browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url)
    page = context.new_page()
    come_in(page, class_9c.leader)
    pseudonyms = make_pseudonymous(page, 3)
    assert len(pseudonyms) == 3
    expect(page.locator("[data-name-of]")).to_have_text(["Name:"] * 3)
    expect(page.locator("#put-names-list")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a table").click()
    assert download.value.suggested_filename == "login-cards.csv"
    page.get_by_role("link", name="Accounts and login cards").click()
    expect(page.locator("#names-file")).to_be_hidden()
    context.close()


@pytest.mark.long
def test_accounts_and_cards_are_made_by_keyboard_alone(class_9c: Class, page: Page) -> None:
    come_in(page, class_9c.leader)
    page.goto(class_9c.path("/new"))
    page.get_by_label("Names, one a line").focus()
    page.keyboard.type("Ben Lee\nCleo")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ben Lee")).to_have_value("ben.l")
    page.get_by_label("Cleo").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_text("2 accounts are made.")).to_be_visible()
    page.get_by_role("button", name="Make 2 login cards").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cards8 > li")).to_have_count(2)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["A4", "Letter"])
def test_eight_cards_are_one_page_of_paper(class_9c: Class, page: Page, kind: str) -> None:
    for number in range(9):
        class_9c.managed(f"pupil{number}x")
    come_in(page, class_9c.leader)
    page.goto(class_9c.path())
    page.get_by_role("button", name="Make 9 login cards").click()
    expect(page.locator(".cards8 > li")).to_have_count(9)
    assert pages_of(page.pdf(format=kind)) == 2
    page.evaluate("document.querySelectorAll('.cards8')[1].remove()")
    assert pages_of(page.pdf(format=kind)) == 1
    page.emulate_media(media="print")
    for card in page.locator(".cards8 > li").all():
        assert card.evaluate("one => one.scrollHeight <= one.clientHeight")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_accounts_and_cards_are_accessible_and_fit_the_smallest_screen(
    class_9c: Class, page: Page, scheme: str, noticed: list[str]
) -> None:
    ben = class_9c.managed("ben.l")
    class_9c.managed("cleo.k")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320, "height": 640})
    come_in(page, class_9c.leader)

    def look() -> None:
        page.wait_for_load_state()  # a press ends when the next page begins, which has no element yet
        found = AXE.run(page).response["violations"]
        assert found == [], [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    for path in (class_9c.path(), class_9c.path("/new"), class_9c.path(f"/{ben}/name"), class_9c.path("/cards")):
        page.goto(path)
        look()
    page.goto(class_9c.path("/new"))
    page.get_by_label("Names, one a line").fill("Ben Lee\nA name that is quite long, as some are, and goes on\nX" * 2)
    page.get_by_role("button", name="Show the user names").click()
    look()
    page.locator("#user-0").fill("x")
    page.get_by_role("main").get_by_role("button", name=re.compile("Make . accounts")).click()
    look()
    noticed.clear()  # that it was refused
    page.goto(class_9c.path())
    page.get_by_role("button", name="New cards for all").click()
    look()
    secret = page.locator(".firstwords").first.inner_text()
    page.locator("summary", has_text="Menu").click()  # folded, as there is no room for it
    page.get_by_role("button", name="Sign out").click()
    come_in(page, "ben.l", secret)
    look()
    page.get_by_role("textbox", name="New password").fill(OTHER)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your own password is kept.")).to_be_visible()
    page.goto("/account/own")
    look()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-up/teacher")
    look()


@pytest.mark.long
def test_the_panels_of_pseudonyms_hold_in_every_way(class_9c: Class, page: Page, tmp_path: Path) -> None:
    seen = set[str]()
    page.emulate_media(color_scheme="light")
    come_in(page, class_9c.leader)
    pseudonyms = make_pseudonymous(page, 2)
    page.get_by_role("textbox", name="Put names to the pseudonyms").fill("\n".join(NAMES[:2]))
    expect(page.get_by_text("2 names for 2 cards.")).to_be_visible()
    assert violations(page, seen) == []
    file = tmp_path / "who-is-who.csv"
    file.write_text("".join(f"{one},A name that is quite long\n" for one in ("Pseudonym", *pseudonyms)))
    group = page.url.partition("/accounts")[0]
    page.goto(f"{group}/accounts")
    page.locator("#names-file").set_input_files(file)
    expect(page.locator("[data-pseudonym]").first).to_contain_text("A name that is quite long")
    assert violations(page, seen) == []
    for path in ("accounts/new", "board"):
        page.goto(f"{group}/{path}")
        assert violations(page, seen) == []
