"""PDF of a certificate: one page with a title and a structure, in our font, for which nothing else is fetched."""

import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from learnapp.training.certificates import pdf
from learnapp.training.certificates.pdf import can_make_pdf, make_pdf

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Certificate: Tea</title></head>'
    '<body><article class="cert"><h1>Certificate: Tea</h1>%s</article></body></html>'
)
PARTS = ('<img src="%s" alt="">', '<link rel="stylesheet" href="%s">', "<style>@import '%s'</style>")
ADDRESSES = ("http://127.0.0.1:1/x", "https://learn.example/x", Path(__file__).as_uri(), "ftp://127.0.0.1:1/x")


@pytest.fixture(autouse=True)
def where_pango_is() -> None:
    if not can_make_pdf():
        if os.environ.get("CI") == "true":
            pytest.fail("CI tries the PDF, for which Pango is missing")
        pytest.skip("no Pango on this machine")


@pytest.fixture
def asked_anew() -> Iterator[None]:
    """Have it looked again whether a PDF can be made, and afterwards, too."""
    can_make_pdf.cache_clear()
    yield
    can_make_pdf.cache_clear()


def unpacked(made: bytes) -> bytes:
    """Return a PDF with all that is packed in it."""
    found = [made]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", made, re.S):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"".join(found)


def test_it_is_one_page_that_says_what_it_is_to_screen_readers_too() -> None:
    made = make_pdf(PAGE % "<p>Vera</p>")
    text = unpacked(made)
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", text)) == 1
    for part in (b"/Title (Certificate: Tea)", b"/Lang (en)", b"/StructTreeRoot", b"pdfuaid"):
        assert part in text


def test_it_is_written_in_our_font_which_is_in_it() -> None:
    text = unpacked(make_pdf(PAGE % "<p>Vera</p>"))
    assert b"Atkinson" in text
    assert b"/FontFile" in text


@pytest.mark.parametrize("name", ["가" * 80, "نور " * 20, "x" * 80], ids=["Hangul", "Arabic", "no space"])
def test_the_longest_name_in_any_script_leaves_it_one_page(name: str) -> None:
    text = unpacked(make_pdf(PAGE % f'<p class="certname">{name}</p><ul>{"<li>Pour without spilling</li>" * 6}</ul>'))
    assert len(re.findall(rb"/Type\s*/Page\b", text)) == 1


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "part", ['<img src="%s" alt="">', '<link rel="stylesheet" href="%s">', "<style>@import '%s'</style>"]
)
def test_whatever_a_page_names_nothing_of_it_is_fetched(part: str, address: str) -> None:
    weasyprint: Any = pytest.importorskip("weasyprint")
    with pytest.raises(weasyprint.urls.FatalURLFetchingError):
        make_pdf(PAGE % (part % address))


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize("error", [ImportError, OSError])
def test_where_pango_is_missing_none_is_offered(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(_name: str) -> Any:
        raise error("cannot load library 'pango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", fail)
    assert not can_make_pdf()
