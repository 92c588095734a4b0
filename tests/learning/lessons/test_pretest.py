"""The look ahead at a module: a few questions before reading, nothing graded, each answered once."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.config.derived_keys import derived_key
from learnapp.config.settings import ROOT
from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Catalog
from learnapp.content.loader import load
from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.lessons.pretest import LEAST, MOST, advise, choose_items, pretest_items
from learnapp.learning.lessons.pretest_answers import keep_answers, known_answers
from learnapp.learning.lessons.pretest_views import SHUFFLE, shown_versions
from learnapp.learning.models import PretestAnswer
from tests.actors.attempt_pages import fields_of, words
from tests.actors.attempts import right, wrong
from tests.apps import SECRET
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, fact, lesson, quiz
from tests.factories.base import NOON
from tests.pages import PageOpener
from tests.quiz.samples import make
from tests.statements import counted

PAGE, MODULE = "/modules/1-tea/pretest", "/modules/1-tea"
SECRETIVE = Flask(__name__)  # for what is made of the secret, without the app's database
SECRETIVE.config["SECRET_KEY"] = SECRET
KINDS = ("single", "multiple", "true-false", "matching", "categorise")


def three_lessons(**changes: Any) -> Catalog:
    """Make a module of three lessons whose questions are of all types."""
    slugs = ("1-leaf", "2-water", "3-cup")
    made = [
        lesson(slug, quiz=quiz(*(make(kind, id=f"{slug[2:]}-{kind}") for kind in (*KINDS, "numeric"))), **changes)
        for slug in slugs
    ]
    return course_with(*made)


@pytest.fixture
def catalog(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    return serve_catalog(app, monkeypatch, three_lessons())


def items_of(catalog: Catalog, access: AgeAccess = FULL_ACCESS) -> tuple[PresentedItem, ...]:
    with SECRETIVE.app_context():
        return pretest_items(catalog, catalog.modules["1-tea"], access, derived_key(SHUFFLE))


def version_of(presented_items: tuple[PresentedItem, ...]) -> str:
    with SECRETIVE.app_context():
        return shown_versions(presented_items)


def known(*numbers: int, new: tuple[int, ...] = ()) -> dict[int, bool]:
    return dict.fromkeys(numbers, True) | dict.fromkeys(new, False)


def form_of(
    presented_items: tuple[PresentedItem, ...], *, wrong_in: tuple[str, ...] = (), left_out: int = 0
) -> dict[str, Any]:
    form: dict[str, Any] = {"asked": version_of(presented_items)}
    for presented_item in presented_items[left_out:]:
        given = wrong(presented_item) if presented_item.lesson in wrong_in else right(presented_item)
        fields = fields_of(presented_item, given.response)
        form |= {f"q{presented_item.number}-{name}": values for name, values in fields.items()}
    return form


def test_every_lesson_has_a_turn() -> None:
    presented_items = items_of(three_lessons())
    assert [presented_item.lesson for presented_item in presented_items] == [
        *["1-tea/1-leaf"] * 2,
        *["1-tea/2-water"] * 2,
        *["1-tea/3-cup"] * 2,
    ]
    assert [presented_item.number for presented_item in presented_items] == list(range(1, MOST + 1))
    assert all(presented_item.item.by_choice for presented_item in presented_items)


@pytest.mark.parametrize(
    "changes", [{"sensitivity": "strong"}, {"age": Ages(core=14, full=16)}], ids=["strong", "for older readers"]
)
def test_one_lesson_that_needs_care_is_enough_to_have_none(changes: dict[str, Any]) -> None:
    catalog = three_lessons()
    first = catalog.modules["1-tea"].lessons[0]
    others = catalog.modules["1-tea"].lessons[1:]
    changed = course_with(replace(first, **changes), *others)
    assert items_of(changed, AgeAccess(12)) == ()


def test_too_few_questions_are_no_look_ahead() -> None:
    assert items_of(course_with(lesson(quiz=quiz(*(make("single", id=f"n-{n}") for n in range(LEAST - 1)))))) == ()


def test_what_is_kept_back_from_review_is_not_asked_before_either() -> None:
    items = [make("single", id=f"n-{n}") for n in range(LEAST)]
    kept = make("single", id="kept", facts=["tea.09"])
    catalog = course_with(lesson(quiz=quiz(kept, *items)), facts=(fact("tea.09", quizzable=False),))
    assert "kept" not in {presented_item.item.id for presented_item in items_of(catalog)}


def test_the_advice_names_the_lessons_with_something_new() -> None:
    catalog = three_lessons()
    module, presented_items = catalog.modules["1-tea"], items_of(catalog)
    told = advise(module, presented_items, known(1, 2, 3, 4, 5, 6))
    assert [one.state for one in told] == ["known", "known", "known"]
    told = advise(module, presented_items, known(2, 3, 4, 5, 6, new=(1,)))
    assert [one.state for one in told] == ["new", "known", "known"]
    told = advise(module, presented_items, known(3, 4, 5, 6, new=(1,)))
    assert [one.state for one in told] == ["new", "known", "known"]


def test_a_question_that_was_left_out_says_nothing_of_what_is_known() -> None:
    catalog = three_lessons()
    module, presented_items = catalog.modules["1-tea"], items_of(catalog)
    told = advise(module, presented_items, known(1, new=(3,)))
    assert [one.state for one in told] == ["known", "new", "left out"]
    assert [(one.asked, one.answered, one.known) for one in told] == [(2, 1, 1), (2, 1, 0), (2, 0, 0)]
    assert [one.state for one in advise(module, presented_items, {})] == ["left out"] * 3


def test_the_page_asks_and_advises(client: FlaskClient, catalog: Catalog, visit: PageOpener) -> None:
    page = words(visit(client, PAGE).text)
    assert "This is no test." in page
    assert "Question 6 of 6" in page
    sent = client.post(PAGE, data=form_of(items_of(catalog), wrong_in=("1-tea/2-water",)))
    assert (sent.status_code, sent.location) == (303, PAGE)
    told = visit(client, PAGE)
    text = words(told.text)
    assert text.count("Read closely") == 1
    assert re.search(r"Leaf .* Known so far 1\. Water .* Read closely 1\. Cup .* Known so far", text)
    assert "Because the tea book says so." not in told.text


def test_nothing_has_to_be_answered(client: FlaskClient, catalog: Catalog, visit: PageOpener) -> None:
    told = visit(client, PAGE, data={"asked": form_of(items_of(catalog))["asked"]})
    text = words(told.text)
    assert text.count("You left its questions out.") == 3
    assert "Read closely" not in text
    assert "Known so far" not in text


def test_nothing_is_kept_of_whoever_answers_nothing(app: Flask, client: FlaskClient, catalog: Catalog) -> None:
    with app.app_context(), counted(db.engine) as sent:
        client.get(PAGE)
        client.post(PAGE, data={"asked": version_of(items_of(catalog))})
    assert sent == []


def test_a_second_answer_does_not_tell_whether_it_is_right(client: FlaskClient, catalog: Catalog) -> None:
    items, lessons = items_of(catalog), tuple(catalog.lessons)
    first = client.post(PAGE, data=form_of(items, wrong_in=lessons), follow_redirects=True)
    assert words(first.text).count("Read closely") == 3
    for answer in (form_of(items), form_of(items, left_out=3), form_of(items, wrong_in=lessons[:1])):
        again = client.post(PAGE, data=answer, follow_redirects=True)
        assert words(again.text) == words(first.text)


def test_of_two_answers_at_once_the_first_stays(app: Flask, client: FlaskClient, catalog: Catalog) -> None:
    client.post(PAGE, data=form_of(items_of(catalog), left_out=5))
    with app.app_context():
        user = db.session.scalars(select(PretestAnswer.user_id)).one()
        (question,) = known_answers(db.session, user)
        keep_answers(db.session, user, {question: False}, NOON)
        assert known_answers(db.session, user) == {question: True}


def test_a_question_that_was_left_out_can_be_answered_later(
    client: FlaskClient, catalog: Catalog, visit: PageOpener
) -> None:
    items = items_of(catalog)
    client.post(PAGE, data=form_of(items, left_out=4))
    assert "Answer the 4 questions left out" in words(visit(client, PAGE).text)
    rest = words(visit(client, f"{PAGE}?left=1").text)
    assert "Question 4 of 4" in rest
    told = client.post(PAGE, data=form_of(items), follow_redirects=True)
    assert words(told.text).count("Known so far") == 3
    assert "left out" not in words(told.text)


def test_no_key_is_told(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = three_lessons()
    serve_catalog(app, monkeypatch, catalog)
    form = form_of(items_of(catalog), left_out=3)
    for answer in (client.get(PAGE), client.post(PAGE, data=form, follow_redirects=True)):
        assert "Because" not in answer.text
        assert "It does cool down." not in answer.text


def test_questions_that_were_edited_are_asked_anew(client: FlaskClient, catalog: Catalog, visit: PageOpener) -> None:
    page = visit(client, PAGE, data={**form_of(items_of(catalog)), "asked": "something.else"})
    assert "These questions have changed since you opened the page." in words(page.text)
    assert "Question 6 of 6" in words(page.text)


def test_the_module_offers_it_until_something_was_begun(
    client: FlaskClient, catalog: Catalog, visit: PageOpener
) -> None:
    assert f'href="{PAGE}"' in visit(client, MODULE).text
    client.post(f"{MODULE}/1-leaf/place", data={"anchor": "p2"})
    assert f'href="{PAGE}"' not in visit(client, MODULE).text
    assert client.get(PAGE).status_code == 200


def test_a_module_without_one_offers_none(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_catalog(app, monkeypatch, three_lessons(sensitivity="strong"))
    assert PAGE not in client.get(MODULE).text
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE).status_code == 404
    assert client.get("/modules/9-sand/pretest").status_code == 404


@pytest.mark.parametrize("value", ["x", "-1", "99", "9" * 400, "\x00"])
def test_a_mangled_answer_is_none(client: FlaskClient, catalog: Catalog, value: str) -> None:
    form = dict.fromkeys(form_of(items_of(catalog)), value) | {"asked": form_of(items_of(catalog))["asked"]}
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 200
    assert words(answer.text).count("You left its questions out.") == 3


def test_no_strong_module_of_the_course_has_one() -> None:
    catalog = load(ROOT).catalog
    assert catalog is not None
    for module in catalog.modules.values():
        strong = any(one.sensitivity == "strong" for one in module.lessons)
        assert bool(choose_items(catalog, module, FULL_ACCESS)) == (not strong)
