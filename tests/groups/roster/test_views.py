"""Pages of managed accounts: names typed, shown and made; renamed; taken over."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from learnapp.accounts.models import FormSubmission, User
from learnapp.accounts.own_data.rows import erase
from learnapp.database.db import Base, db
from learnapp.groups.roster.pseudonyms import is_pseudonym
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People, hashed, sign_in
from tests.pages import PageOpener

NASTY = "<script>alert(1)</script>"
pytestmark = pytest.mark.both_databases


def proposed(text: str) -> list[str]:
    return re.findall(r'value="([^"]*)" required', text)


def test_names_are_shown_as_user_names_before_anything_is_made(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    people.add("ben.l")
    visit(class_9c.ada, class_9c.path("/new"))
    before = people.count(User)
    page = visit(class_9c.ada, class_9c.path("/new"), data={"names": f"Ben Lee\nCleo\n{NASTY}\n"})
    names = proposed(page.text)
    assert names == ["ben.l2", "cleo", "scriptalert1script"]
    assert NASTY not in page.text
    assert people.count(User) == before

    form = {f"user-{number}": name for number, name in enumerate(names)} | {"full-0": "Ben Lee", "full-2": NASTY}
    answer = class_9c.ada.post(class_9c.path("/new"), data=form)
    assert (answer.status_code, answer.location) == (303, class_9c.path())
    assert class_9c.members() == set(names)
    listed = visit(class_9c.ada, class_9c.path())
    assert "3 accounts are made. Now make their login cards." in listed.text
    assert "Make 3 login cards" in listed.text
    assert NASTY not in listed.text


def test_what_cannot_be_used_is_said_beside_its_line_and_nothing_typed_is_lost(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    people.add("Cleo")
    form = {"user-0": "ben.l", "full-0": "Ben Lee", "user-1": "cleo", "full-1": "Cleo K", "user-2": "x"}
    page = visit(class_9c.ada, class_9c.path("/new"), status=422, data=form)
    assert page.text.count("Somebody here has this name") == 2  # in the summary and beside the line
    assert page.text.count("Use at least 2 characters.") == 2
    assert proposed(page.text) == ["ben.l", "cleo", "x"]
    assert 'value="Cleo K"' in page.text
    assert class_9c.members() == set()


def test_more_names_than_seats_come_back_as_they_were_typed(people: People) -> None:
    class_9c = Class(people, seats=1)
    answer = class_9c.ada.post(class_9c.path("/new"), data={"names": "Ben\nCleo"})
    assert (answer.status_code, "Ben\nCleo" in answer.text.replace("\r", "")) == (422, True)
    assert "You asked for 2 accounts. There is 1 seat left." in answer.text
    answer = class_9c.ada.post(class_9c.path("/new"), data={"user-0": "ben.l", "user-1": "cleo.k"})
    assert (answer.status_code, proposed(answer.text)) == (422, ["ben.l", "cleo.k"])
    assert class_9c.members() == set()


def test_a_list_says_who_has_a_card_and_who_a_password(people: People, class_9c: Class, visit: PageOpener) -> None:
    class_9c.managed("Ben", password_hash=hashed())
    class_9c.managed("Cleo")
    people.add("Dora")
    class_9c.take_in("Dora")
    text = visit(class_9c.ada, class_9c.path()).text
    assert "Has a password of their own." in text
    assert "No card yet." in text
    assert "Dora" not in text


def test_a_leader_renames_whom_the_class_manages_and_nobody_else(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben, dora = class_9c.managed("Ben", password_hash=hashed()), people.add("Dora")
    class_9c.take_in("Dora")
    visit(class_9c.ada, class_9c.path(f"/{ben}/name"))
    answer = class_9c.ada.post(class_9c.path(f"/{ben}/name"), data={"name": "Dora"})
    assert (answer.status_code, answer.text.count("Somebody here has this name")) == (422, 2)
    assert class_9c.ada.post(class_9c.path(f"/{ben}/name"), data={"name": " Benno "}).status_code == 303
    assert people.get("Benno").id == ben
    for method in ("GET", "POST"):
        answer = class_9c.ada.open(class_9c.path(f"/{dora}/name"), method=method, data={"name": "Another"})
        assert answer.status_code == 404
    assert people.get("Dora").id == dora


def test_a_managed_account_says_who_manages_it_and_becomes_its_persons_own(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben = class_9c.managed("Ben", password_hash=hashed())
    browser = people.browser()
    sign_in(browser, "Ben")
    page = visit(browser, "/account")
    assert "It was made by “9C”" in page.text
    assert "/account/own" in page.text
    visit(browser, "/account/own")
    wrong = browser.post("/account/own", data={"password": "a wrong one"})
    assert (wrong.status_code, people.get("Ben").managed_by) == (422, class_9c.id)
    answer = browser.post("/account/own", data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "It was made by" not in browser.get("/account").text
    assert browser.get("/account/own").status_code == 404

    assert class_9c.cards("ticked", users=[ben]).status_code == 404
    assert class_9c.ada.get(class_9c.path(f"/{ben}/name")).status_code == 404
    assert sign_in(people.browser(), "Ben").status_code == 302
    assert "Ben" in class_9c.members()


def test_whoever_has_an_account_of_their_own_has_nothing_to_take_over(people: People) -> None:
    browser = people.signed_in("Ben")
    assert browser.get("/account/own").status_code == 404
    assert browser.post("/account/own", data={"password": PASSWORD}).status_code == 404
    assert "/account/own" not in browser.get("/account").text


def test_a_class_leads_to_its_accounts(class_9c: Class) -> None:
    assert class_9c.path() in class_9c.ada.get(f"/groups/{class_9c.id}").text


def test_no_form_keeps_what_was_typed_in_it(people: People, class_9c: Class) -> None:
    form = {"user-0": "ben.l", "full-0": "Benjamin Canary", "form_key": "k" * 43}
    class_9c.ada.post(class_9c.path("/new"), data=form)
    with people.app.app_context():
        rows = db.session.query(FormSubmission).all()
        assert rows
        assert all("Canary" not in str(row.outcome) for row in rows)


def test_a_pseudonymous_class_takes_a_number_and_gives_pseudonyms(people: People, visit: PageOpener) -> None:
    class_9p = Class(people, pseudonymous=True)
    page = visit(class_9p.ada, class_9p.path("/new"))
    assert 'name="count"' in page.text
    assert 'name="names"' not in page.text
    names = proposed(visit(class_9p.ada, class_9p.path("/new"), data={"count": "3"}).text)
    assert len(names) == 3
    assert all(is_pseudonym(name) for name in names)
    canary = {f"full-{number}": "Benjamin Canary" for number in range(3)}
    form = {f"user-{number}": name for number, name in enumerate(names)}
    assert class_9p.ada.post(class_9p.path("/new"), data={**form, **canary}).status_code == 303
    assert class_9p.members() == set(names)
    assert "Canary" not in everything(people)
    assert "Canary" not in class_9p.cards().text


def test_no_name_of_a_person_becomes_a_user_name_in_a_pseudonymous_class(people: People) -> None:
    class_9p = Class(people, pseudonymous=True)
    refused = class_9p.ada.post(class_9p.path("/new"), data={"user-0": "ben.canary", "user-1": "quiet-lamp"})
    assert (refused.status_code, refused.text.count("Take two words such as those")) == (422, 2)
    ben = class_9p.managed("quiet-lamp")
    (other,) = re.findall(r'value="([a-z]+-[a-z]+)"', class_9p.ada.get(class_9p.path(f"/{ben}/name")).text)
    assert is_pseudonym(other)
    assert other != "quiet-lamp"
    assert class_9p.ada.post(class_9p.path(f"/{ben}/name"), data={"name": "Ben Canary"}).status_code == 422
    assert class_9p.ada.post(class_9p.path(f"/{ben}/name"), data={"name": "brave-key"}).status_code == 422
    assert class_9p.ada.post(class_9p.path(f"/{ben}/name"), data={"name": "bright-key"}).status_code == 303
    assert class_9p.members() == {"bright-key"}


def everything(people: People) -> str:
    """Return all rows of the database as text."""
    with people.app.app_context():
        tables = Base.metadata.sorted_tables
        return "\n".join(str(row) for table in tables for row in db.session.execute(select(table)))


@pytest.mark.parametrize("used", [True, False])
def test_no_byte_is_left_of_a_student_whom_a_class_made_renamed_and_removed(
    people: People, class_9c: Class, *, used: bool
) -> None:
    """Nobody ever came in to an account: it goes as it is removed. Else it stays its person's, to delete."""
    canary = "Heliotrope"
    made = {"user-0": f"{canary}0", "full-0": f"{canary} Han", "form_key": "a" * 43}
    assert class_9c.ada.post(class_9c.path("/new"), data=made).status_code == 303
    ben = people.get(f"{canary}0").id
    assert class_9c.cards("without", "b" * 43).status_code == 200
    renamed = {"name": f"{canary}1", "form_key": "c" * 43}
    assert class_9c.ada.post(class_9c.path(f"/{ben}/name"), data=renamed).status_code == 303
    if used:
        with people.app.app_context():
            person = db.session.get_one(User, ben)
            person.seen_at = person.created_at + timedelta(hours=1)
            db.session.commit()
    remove = class_9c.ada.post(f"/groups/{class_9c.id}/members/{ben}/remove", data={"form_key": "d" * 43})
    assert remove.status_code == 303
    with people.app.app_context():
        assert len(db.session.scalars(select(FormSubmission)).all()) == 4
        rows = repr([db.session.execute(select(table)).all() for table in Base.metadata.sorted_tables])
        assert (canary in rows) is used
        if used:
            erase(db.session, [ben])
            db.session.commit()
        for table in Base.metadata.sorted_tables:
            assert canary not in repr(db.session.execute(select(table)).all()), table.name
