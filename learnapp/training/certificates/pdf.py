"""PDF of a certificate, made by WeasyPrint where its libraries (Pango) are installed; the page prints everywhere.

WeasyPrint is imported when it is first needed: it takes most of a second, and no other page needs it.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from learnapp.web.http.assets import STATIC

STYLE = Path(__file__).with_name("paper.css")
FONTS = STATIC / "fonts"


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has what WeasyPrint needs."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):  # OSError: Pango or one of its kind is missing
        return False
    return True


def make_pdf(html: str) -> bytes:
    """Return a page as a PDF that screen readers can read, too; only our fonts are fetched for it, nothing it names."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts = FontConfiguration()
    files_only = URLFetcher(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
    nothing = URLFetcher(allowed_protocols=set(), allow_redirects=False, fail_on_errors=True)
    text = STYLE.read_text(encoding="utf-8")
    style = CSS(string=text, base_url=FONTS.as_uri() + "/", font_config=fonts, url_fetcher=files_only)
    page = HTML(string=html, url_fetcher=nothing)
    made: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return made
