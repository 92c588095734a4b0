import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.load.markdown import clean, inline

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<script>)",
    "![a](https://example.org/pixel.png)",
    "<a href='https://example.org' onclick='x()'>a</a>",
    '[a](https://example.org "onmouseover=x")',
    "<style>body{display:none}</style>",
    "`<b>`",
    "&lt;script&gt;",
    "<https://example.org>",
)


def test_emphasis_and_links_are_rendered() -> None:
    assert inline("a *b* **c**") == "a <em>b</em> <strong>c</strong>"
    assert inline("[page](/modules/1-light)") == '<a href="/modules/1-light">page</a>'


def test_a_name_with_a_hyphen_stays_on_one_line() -> None:
    assert inline("Kim Il-sung’s son") == 'Kim <span class="nowrap">Il-sung</span>’s son'
    assert inline("[Il-sung](/modules/il-sung)").count("nowrap") == 1
    assert inline("a well-known Gold-medallist") == "a well-known Gold-medallist"


def test_links_to_other_sites_tell_them_nothing() -> None:
    assert inline("[there](https://example.org/a)") == (
        '<a href="https://example.org/a" rel="noopener noreferrer">there</a>'
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    tags = re.findall(r"<[^>]*>", inline(text).lower())

    assert {tag for tag in tags if not tag.startswith(("<a ", "</a>"))} == set()
    for tag in tags:
        assert re.fullmatch(r'</a>|<a href="https://[a-z.]+"( rel="noopener noreferrer")?>', tag)


@given(st.text(max_size=200))
def test_only_our_tags_come_out_whatever_goes_in(text: str) -> None:
    html = inline(text)

    allowed = {"strong", "em", "a", "br", "span", "/strong", "/em", "/a", "/span"}
    tags = {part.split(">")[0].split(" ")[0] for part in html.split("<")[1:]}
    assert tags <= allowed
    assert " style=" not in html.split(">")[0]


def test_the_cleaner_keeps_no_style_class_or_event() -> None:
    dirty = '<p style="color:red" class="x" onclick="y"><dfn class="term wide" id="term-a">a</dfn></p><table>'

    assert clean(dirty) == '<p><dfn class="term" id="term-a">a</dfn></p>'
