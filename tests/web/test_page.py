"""Every page that can be opened as it is: valid, and without a word that could not be translated."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from babel.messages.extract import extract_from_dir
from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Domain

from learnapp.config.settings import ROOT
from learnapp.groups import wording
from learnapp.web.page import add_template_functions
from tests.pages import PageOpener

MARKED = "⟦", "⟧"
NAMES = {"Learnapp", "Learnapp ·"}
ENTRANCES = {"/teaching", "/training", "/device"}


def open_pages(app: Flask, client: FlaskClient) -> list[str]:
    """Return the addresses without arguments at which a visitor gets a page."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    answers = {rule: client.get(rule) for rule in sorted(rules)}
    return [
        rule
        for rule, answer in answers.items()
        if answer.status_code == 200
        and "html" in str(answer.mimetype)
        and "Content-Disposition" not in answer.headers  # a file to be kept
    ]


def test_every_open_page_passes_every_check(app: Flask, client: FlaskClient, visit: PageOpener) -> None:
    pages = open_pages(app, client)
    assert {"/", "/me", "/account/sign-in", "/account/sign-up", "/display", "/support"} <= set(pages)
    for path in pages:
        visit(client, path)


class Pseudo(NullTranslations):
    """A language that is English between brackets."""

    def ugettext(self, message: object) -> str:
        return f"{MARKED[0]}{message}{MARKED[1]}"

    def ungettext(self, one: object, many: object, number: int) -> str:
        return self.ugettext(one if number == 1 else many)

    def gettext(self, message: object) -> str:
        return self.ugettext(message)

    def ngettext(self, msgid1: object, msgid2: object, n: int) -> str:
        return self.ungettext(msgid1, msgid2, n)


@pytest.fixture
def pseudo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """Give a browser that reads the bracketed language; caches of rendered parts start and end empty."""
    monkeypatch.setattr(Domain, "get_translations", lambda _domain: Pseudo())
    app.extensions.pop("lesson_pages", None)
    yield app.test_client()
    app.extensions.pop("lesson_pages", None)


def texts(element: Element, content: bool = False) -> Iterator[str]:
    """Yield what is read, except content in a language of its own."""
    content = content or (element.tag != "html" and "lang" in element.attrib)
    if not content and element.tag not in {"script", "desc"}:
        yield (element.text or "").strip()
        for name in ("aria-label", "alt", "placeholder", "title"):
            yield element.get(name, "").strip()
    for child in element:
        yield from texts(child, content)
        if not content:
            yield (child.tail or "").strip()


@pytest.mark.parametrize("path", ["/display", "/support", "/nowhere", "/account/sign-in", "/account/sign-up"])
def test_every_word_of_a_page_can_be_translated(pseudo: FlaskClient, visit: PageOpener, path: str) -> None:
    page = visit(pseudo, path, status=404 if path == "/nowhere" else 200)
    said = {text for text in texts(page.tree) if any(sign.isalpha() for sign in text)}
    bare = {text for text in said if not text.startswith(MARKED) and text not in NAMES}
    assert {text for text in bare if MARKED[0] not in text} == set()
    assert any(text.startswith(MARKED[0]) for text in said)


@pytest.mark.long
def test_all_words_can_be_extracted_for_translators() -> None:
    methods = [("learnapp/**.py", "python"), ("learnapp/templates/**.html", "jinja2")]
    keywords = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
    # Babel passes over folders that begin with _ unless it is told otherwise.
    entries = extract_from_dir(ROOT, methods, keywords=keywords, directory_filter=lambda _folder: True)
    found = {entry[2] for entry in entries}
    assert "Skip to the content" in found
    assert ("for paragraph", "for paragraphs") in found
    assert "Light or dark" in found


def test_two_functions_of_one_name_are_refused_at_the_start(app: Flask) -> None:
    with pytest.raises(ValueError, match="templates know another"):
        add_template_functions(app, wording)


@pytest.mark.parametrize(("path", "entrances"), [("/", True), ("/modules/cut-off/people-before-politics", False)])
def test_a_lesson_s_foot_has_no_entrances_for_those_who_come_to_the_site(
    visit: PageOpener, client: FlaskClient, path: str, entrances: bool
) -> None:
    links = {link.get("href") for foot in visit(client, path).all("footer") for link in foot.iter("a")}
    assert {"/about", "/support"} <= links
    assert links & ENTRANCES == (ENTRANCES if entrances else set())
