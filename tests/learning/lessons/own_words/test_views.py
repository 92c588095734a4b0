"""What readers write down in a lesson: for themselves alone, never lost, shown to nobody else."""

import io
import re
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.learning.models import OwnWords
from tests.actors.attempt_pages import words
from tests.actors.people import PASSWORD
from tests.courses.serving import serve
from tests.courses.tea import ASKING, LESSON, lesson, strong_lesson
from tests.pages import PageOpener

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tea(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, strong_lesson(**ASKING))


def kept(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(one.kind, one.words) for one in db.session.scalars(select(OwnWords).order_by(OwnWords.kind))]


def judge(client: FlaskClient, text: str, **more: str) -> int:
    data = {"judgment": text, "seen": seen(client.get(LESSON).text, "judgment"), **more}
    return client.post(f"{LESSON}/judgment", data=data).status_code


def seen(page: str, box: str) -> str:
    """Return what the form of a box on a page sends of the words that stand in it."""
    form = page.partition(f"/{box}#")[2].partition("</form>")[0]
    found = re.search(r'name="seen" value="(\w*)"', form)
    return found[1] if found else ""


def test_a_visitor_keeps_a_guess_and_a_judgment_and_sees_them_again(app: Flask, client: FlaskClient) -> None:
    done = client.post(f"{LESSON}/guess", data={"guess": "The pot"})
    assert (done.status_code, done.location) == (303, f"{LESSON}#guess")
    assert judge(client, "Mia does.\r\nI think.") == 303

    page = client.get(LESSON).text

    assert kept(app) == [("guess", "The pot"), ("judgment", "Mia does.\nI think.")]
    assert re.search(r'value="The pot" checked>', page)
    assert "Kept. You will see." in page
    assert "Your guess was: The pot" in words(page)
    assert ">\nMia does.\nI think.</textarea>" in page
    assert "Compare with our answer" in page
    assert "Mia pours." in page


def test_before_anything_is_kept_nobody_is_made_a_guest_and_nothing_can_be_removed(
    app: Flask, client: FlaskClient
) -> None:
    page = client.get(LESSON).text
    assert client.post(f"{LESSON}/judgment", data={"action": "remove"}).status_code == 303

    assert kept(app) == []
    assert 'value="remove"' not in page
    assert "Your guess was" not in page
    assert "Kept. You will see." not in page


def test_a_second_press_changes_nothing_and_another_text_takes_the_place(app: Flask, client: FlaskClient) -> None:
    for text in ("Mia.", "Mia.", "The pot."):
        assert judge(client, text) == 303
    assert kept(app) == [("judgment", "The pot.")]

    for _ in range(2):
        assert judge(client, "The pot.", action="remove") == 303
        assert kept(app) == []


def test_what_cannot_be_kept_stays_in_its_field_with_the_reason(app: Flask, client: FlaskClient) -> None:
    judge(client, "Short and kept.")
    long = "tea " * 101

    answer = client.post(f"{LESSON}/judgment", data={"judgment": long})

    assert answer.status_code == 422
    assert "Shorten it by 3 characters" in answer.text
    assert f">\n{long.strip()}</textarea>" in answer.text
    assert kept(app) == [("judgment", "Short and kept.")]
    assert "Choose one first." in client.post(f"{LESSON}/guess", data={}).text


def test_whoever_was_signed_out_gets_back_what_they_typed(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client.get(LESSON)

    answer = client.post(f"{LESSON}/judgment", data={"judgment": "Mia does it.", "csrf_token": "of another login"})

    assert answer.status_code == 400
    assert "Mia does it." in answer.text
    assert kept(app) == []


def test_each_version_has_a_judgment_of_its_own(app: Flask, client: FlaskClient) -> None:
    client.post(f"{LESSON}/guess", data={"guess": "The pot"})
    judge(client, "Of the whole lesson.")
    client.post(f"{LESSON}/route", data={"route": "short"})
    short = client.get(LESSON).text

    for hidden in ("Of the whole lesson.", "The pot", "Mia pours.", "Kept. You will see.", "Who pours?"):
        assert hidden not in short
    assert "Tea is poured." in short
    assert judge(client, "Of the short one.", version="short") == 303
    assert ("short", "Of the short one.") in kept(app)
    assert "Of the short one." in client.get(LESSON).text


def test_a_lesson_without_such_boxes_or_for_older_readers_keeps_nothing(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson())
    assert judge(client, "Mia.", version="short") == 422
    answer = client.post(f"{LESSON}/guess", data={"guess": "Mia"})
    assert answer.status_code == 422
    assert "nothing was kept. What you wrote: Mia" in answer.text
    serve(app, monkeypatch, lesson(age=Ages(core=None, full=16), **ASKING))
    assert judge(client, "Mia.") == 403
    assert client.post(f"{LESSON}/judgment-of-another", data={}).status_code == 404

    assert kept(app) == []


def test_a_guest_who_signs_up_keeps_the_words_and_takes_them_away(app: Flask, client: FlaskClient) -> None:
    judge(client, "Mia does it.")
    form = {"name": "Ben", "password": PASSWORD, "take": "y"}
    assert client.post("/account/sign-up", data=form).status_code == 302
    assert "Mia does it." in client.get(LESSON).text

    archive = client.get("/account/data/export")

    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        assert "Mia does it." in files.read("own_words.csv").decode()
        assert "Mia does it." in files.read("data.json").decode()


def test_a_window_of_another_version_gets_its_own_words_back(app: Flask, client: FlaskClient) -> None:
    client.post(f"{LESSON}/route", data={"route": "all"})
    short = client.post(f"{LESSON}/judgment", data={"judgment": "tea " * 101, "version": "short"})
    client.post(f"{LESSON}/route", data={"route": "short"})
    whole = client.post(f"{LESSON}/judgment", data={"judgment": "pot " * 101})
    guess = client.post(f"{LESSON}/guess", data={"guess": "Ben"})

    for answer, text, ours in ((short, "tea tea", "Tea is poured."), (whole, "pot pot", "Mia pours.")):
        assert answer.status_code == 422
        assert "Shorten it by 3 characters" in answer.text
        assert f">\n{text}" in answer.text
        assert ours in answer.text
    assert (guess.status_code, "Choose once more." in guess.text) == (422, True)
    assert kept(app) == []


def test_words_of_the_version_that_is_not_shown_are_kept_and_that_is_said(app: Flask, client: FlaskClient) -> None:
    client.post(f"{LESSON}/route", data={"route": "short"})

    done = client.post(f"{LESSON}/judgment", data={"judgment": "Mia."})

    assert (done.status_code, done.location) == (303, LESSON)
    assert "kept, with the other version of this lesson" in client.get(LESSON).text
    assert kept(app) == [("judgment", "Mia.")]
    removed = client.post(f"{LESSON}/judgment", data={"action": "remove", "seen": words_digest("Mia.")})
    assert (removed.location, kept(app)) == (LESSON, [])
    assert "These words are removed." in client.get(LESSON).text


def test_words_are_taken_back_where_the_lesson_is_closed_or_gone(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(client, "Mia.\nI think.")
    client.post(f"{LESSON}/guess", data={"guess": "The pot"})
    serve(app, monkeypatch, lesson(age=Ages(core=None, full=16), **ASKING))
    gone = {"action": "remove", "seen": words_digest("Mia.\nI think.")}

    assert client.post(f"{LESSON}/judgment", data={**gone, "seen": ""}).location == "/account/data#own-words"
    assert "changed meanwhile" in client.get("/account/data").text
    assert len(kept(app)) == 2
    assert client.post(f"{LESSON}/judgment", data=gone).location == "/account/data#own-words"
    assert kept(app) == [("guess", "The pot")]

    serve(app, monkeypatch, lesson("2-water"))
    assert "The pot" in client.get("/account/data").text
    one = {"lesson": "1-tea/1-leaf", "kind": "guess"}
    assert client.post("/account/data/words", data={**one, "seen": words_digest("Mia")}).status_code == 303
    assert kept(app) == [("guess", "The pot")]
    for _ in range(2):
        done = client.post("/account/data/words", data={**one, "seen": words_digest("The pot")})
        assert (done.status_code, done.location, kept(app)) == (303, "/account/data#own-words", [])
    assert "What you wrote in lessons" not in client.get("/account/data").text


def test_the_page_of_own_data_lists_all_words_with_a_button_each(client: FlaskClient, visit: PageOpener) -> None:
    judge(client, "Mia <b>.\nI think.")
    client.post(f"{LESSON}/guess", data={"guess": "The pot"})

    page = visit(client, "/account/data").text

    assert "Mia &lt;b&gt;.<br>I think." in page
    assert page.count('action="/account/data/words"') == 2
    assert f'name="seen" value="{words_digest("The pot")}"' in page


def test_an_older_window_is_shown_both_texts_and_replaces_nothing(app: Flask, client: FlaskClient) -> None:
    old = seen(client.get(LESSON).text, "judgment")
    judge(client, "Newer words.")

    for action in ("keep", "remove"):
        data = {"judgment": "Older words.", "action": action, "seen": old}
        answer = client.post(f"{LESSON}/judgment", data=data)
        assert answer.status_code == 409
        assert "Kept now: Newer words." in words(answer.text)
        assert ">\nOlder words.</textarea>" in answer.text
        assert kept(app) == [("judgment", "Newer words.")]

    data["seen"] = seen(answer.text, "judgment")
    assert client.post(f"{LESSON}/judgment", data={**data, "action": "keep"}).status_code == 303
    assert kept(app) == [("judgment", "Older words.")]


def test_an_older_window_s_guess_does_not_replace_a_newer_one(app: Flask, client: FlaskClient) -> None:
    client.post(f"{LESSON}/guess", data={"guess": "The pot", "seen": ""})

    answer = client.post(f"{LESSON}/guess", data={"guess": "Mia", "seen": ""})

    assert answer.status_code == 409
    assert "Kept now: The pot" in words(answer.text)
    assert 'value="Mia" checked>' in answer.text
    assert kept(app) == [("guess", "The pot")]


def test_a_link_to_where_words_are_sent_leads_to_the_lesson(client: FlaskClient) -> None:
    for box, anchor in (("guess", "guess"), ("judgment", "judge")):
        answer = client.get(f"{LESSON}/{box}")
        assert (answer.status_code, answer.location) == (303, f"{LESSON}#{anchor}")
    assert client.get("/modules/1-tea/9-sand/guess").status_code == 404


def test_a_page_with_words_that_were_not_kept_says_so_in_its_title_and_at_the_field(client: FlaskClient) -> None:
    assert "<title>Error: " not in client.get(LESSON).text
    for data in ({"judgment": ""}, {"judgment": "tea " * 101}):
        answer = client.post(f"{LESSON}/judgment", data=data).text
        assert "<title>Error: " in answer
        assert re.search(r'<textarea [^>]*aria-describedby="judge-for judge-error" aria-invalid="true"', answer)
    assert "<title>Error: " not in client.get(LESSON).text
