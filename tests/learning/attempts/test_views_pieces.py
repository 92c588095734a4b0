"""Pieces of evidence below a question that works with them: at hand before the answer and after it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.blocks import BodySection, Paragraph, Paragraphs, Piece
from learnapp.content.catalog import Lesson
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import right
from tests.actors.people import People
from tests.courses.serving import serve
from tests.courses.tea import BODY, lesson, quiz
from tests.pages import Page, PageOpener, words
from tests.quiz.samples import make


def piece(letter: str, title: str, fact: str = "tea.01") -> Piece:
    told = Paragraph(9, "p9", "Hot.", False, (fact,))
    return Piece(letter, title, "study", (Paragraphs((told,), (), ()),))


LISTS = {"pieces-named", "athand noprint"}
PIECES = (piece("A", "Mia pours"), piece("B", "A pot is weighed"), piece("C", "Rules"))


ASKED = make("single", pieces=["A", "B"])


def with_pieces(*pieces: Piece) -> Lesson:
    return lesson(body=(*BODY, BodySection("pot", "Pot", pieces)), quiz=quiz(ASKED, make("multiple")))


@pytest.fixture
def taker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Taker:
    serve(app, monkeypatch, with_pieces(*PIECES))
    return begin(app, client)


def at_hand(taker: Taker, visit: PageOpener, number: int) -> list[tuple[str, str]]:
    return links_of(visit(taker.client, f"{taker.url}?q={number}"))


def links_of(page: Page) -> list[tuple[str, str]]:
    listed = [one for one in (*page.all("p"), *page.all("details")) if one.get("class") in LISTS]
    links = [link for one in listed for link in one.iter("a")]
    return [(str(link.get("href")), "".join(link.itertext())) for link in links]


def test_the_pieces_that_a_question_names_lead_to_the_lesson_and_have_titles_once_it_is_answered(
    taker: Taker, visit: PageOpener
) -> None:
    places = ["/modules/1-tea/1-leaf#piece-a", "/modules/1-tea/1-leaf#piece-b"]
    expected = list(zip(places, ["Mia pours", "A pot is weighed"], strict=True))

    assert at_hand(taker, visit, 1) == list(zip(places, ["Piece A", "Piece B"], strict=True))
    assert "Mia pours" not in words(visit(taker.client, f"{taker.url}?q=1").tree)
    taker.send(taker.attempt_item("single"), right(taker.attempt_item("single")).response)
    assert at_hand(taker, visit, 1) == expected
    taker.send(taker.attempt_item("multiple"), right(taker.attempt_item("multiple")).response)
    taker.client.post(f"{taker.url}/finish")
    assert links_of(visit(taker.client, taker.url)) == expected


def test_a_question_that_names_none_has_no_list(taker: Taker, visit: PageOpener) -> None:
    assert at_hand(taker, visit, 2) == []


def test_a_piece_that_took_the_letter_of_another_is_not_passed_off_as_that_one(
    app: Flask, taker: Taker, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, with_pieces(piece("A", "Rules", "tea.02"), piece("B", "Mia pours")))

    assert [title for _, title in at_hand(taker, visit, 1)] == ["Piece B"]


def test_paper_names_the_pieces_and_its_key_has_their_titles(app: Flask, taker: Taker, visit: PageOpener) -> None:
    ada = People(app).signed_in("Ada", role="teacher")
    leaf = "/teaching/modules/1-tea/1-leaf"
    (named,) = [one for one in visit(ada, f"{leaf}/quiz").all("p") if one.get("class") == "pieces-named"]
    assert words(named) == "In the lesson: Piece A Piece B"
    (listed,) = [one for one in visit(ada, f"{leaf}/key").all("ul") if one.get("class") == "pieces"]
    assert [words(one) for one in listed] == ["A Mia pours, Study", "B A pot is weighed, Study"]
    assert [one.get("href") for one in listed.iter("a")] == [f"{leaf}#piece-a", f"{leaf}#piece-b"]
