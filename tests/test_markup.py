"""Markup of pages: what is broken is found as html5lib finds it, in pages of a shape that is known, too."""

import html5lib
import pytest
from html5lib.html5parser import ParseError

from tests import markup
from tests.markup import NotPlain, outline, read_markup

PAGE = """<!doctype html>
<html lang="en"><head><title>Tea</title></head>
<body><h1 id="top">Tea</h1><p class="note">Two words</p>
<form action="/"><table><tr><td>1</td></tr></table><textarea name="text">
Typed</textarea><input type="text" name="name" value="Ada" required></form>
<svg viewBox="0 0 1 1" role="img"><path d="M0"/></svg><ul><li>Green</li> <li>Black</li></ul></body></html>
""".replace("<tr>", "<tbody><tr>").replace("</tr>", "</tr></tbody>")


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Begin with the shape of the page, and nothing else, known."""
    shapes: set[str] = set()
    monkeypatch.setattr(markup, "known_shapes", shapes)
    read_markup(PAGE)
    return shapes


def refuse(*args: object, **kwargs: object) -> None:
    raise AssertionError("read strictly")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Two words", "One < two"),
        ("Two words", "Two<words"),
        ("Two words", "Two & words &c;"),
        ("Two words", "Two words&lt"),
        ("Two words", "Two \x01 words"),
        ("Two words", "Two \0 words"),
        ("Two words", "Two \ufdd0 words"),
        ("Two words", "Two \U0001ffff words"),
        ("Two words", "&#1;"),
        ("Two words", "</p></p>"),
        ("Two words", "<div>"),
        ("Two words", "<i>a <b>b</i> c</b>"),
        ("Two words", "<!-- a -- b"),
        ("Two words", "</xss>"),
        ("Ada", 'Ada"x'),
        ("Ada", 'Ada" value="Ben'),
        ("Ada", 'Ada"name="name'),
        ("Ada", "Ada &nowhere; b"),
        ('value="Ada"', "value='Ada' value=''"),
        ('value="Ada"', 'value="Ada'),
        ('value="Ada"', "value=a=b"),
        ("Typed", "</textarea></textarea>"),
        ("</textarea>", ""),
        ("<td>1</td>", '<td>1</td><input name="x">'),
        ("</form>", ""),
        ("<h1 ", "<h1/ "),
        ("</title>", ""),
        ("<title>", "words<title>"),
        ("<!doctype html>\n", ""),
        ("</ul>", ""),
    ],
)
def test_what_is_broken_is_found_in_a_page_of_a_known_shape(old: str, new: str) -> None:
    assert PAGE.count(old) == 1
    broken = PAGE.replace(old, new)
    with pytest.raises(ParseError):
        html5lib.HTMLParser(strict=True).parse(broken)
    with pytest.raises((ParseError, NotPlain)):
        read_markup(broken)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Two words", "<xss>a</xss>"),
        ("Two words", '</p><p title="xss">'),
        ("Ada", 'Ada" xss="1'),
        ("Typed", "</textarea><xss></xss><textarea>"),
        ('type="text"', 'type="hidden"'),
        ("Two words", "\n"),
    ],
)
def test_what_breaks_out_makes_another_shape(old: str, new: str, known: set[str]) -> None:
    read_markup(PAGE.replace(old, new))
    assert len(known) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<li>Green</li> <li>Black</li>", "<li>Green<li>Black"),
        ('value="Ada"', "value='Ada'"),
        ('value="Ada"', "value=Ada"),
        ("Two words", "<!-- Two words -->"),
        ("<tbody>", ""),
        ("</body></html>", ""),
        ("<td>1</td>", "1"),
        ("<td>1</td>", "<td>1</td>1"),
    ],
)
def test_what_is_not_written_out_is_refused(old: str, new: str) -> None:
    written = PAGE.replace(old, new)
    html5lib.HTMLParser(strict=True).parse(written)
    with pytest.raises(NotPlain):
        read_markup(written)


def test_a_page_of_a_known_shape_is_read_as_html5lib_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    other = PAGE
    for old, new in (
        ("Two words", "&lt;b&gt; &amp;amp; &#39;quoted&#34; ſ \u202e 'a' \"b\" > c"),
        ("Ada", "&#34;&gt;&lt;xss&gt; 'a' > =&amp;lt;"),
        ("Typed", "\nThird\r\nline"),
        ('lang="en"', 'lang="de"'),
    ):
        other = other.replace(old, new)
    strict = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(other)
    monkeypatch.setattr(html5lib, "HTMLParser", refuse)
    read = read_markup(other)
    assert outline(read) == outline(strict)
    assert [one.text for one in read.iter("textarea")] == [one.text for one in strict.iter("textarea")]


def test_drawings_have_the_names_that_are_written() -> None:
    (svg,) = read_markup(PAGE).iter("svg")
    assert [one.tag for one in svg.iter()] == ["svg", "path"]
    assert svg.get("viewBox") == "0 0 1 1"
