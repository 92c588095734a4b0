"""What a visit costs on the wire: every file that a page asks for, compressed, as a browser counts it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tests.faults.browser import Answer, Browser

# rel="canonical" and the like name addresses that no browser opens by itself.
LINK = re.compile(r"<link\b[^>]*\brel=\"(?:stylesheet|icon|preload|modulepreload|manifest)\"[^>]*>")
HREF = re.compile(r'\bhref="([^"]+)"')
SOURCE = re.compile(r'<(?:script|img|source)\b[^>]*\bsrc="([^"]+)"')
SPRITE = re.compile(r'<use\b[^>]*\bhref="([^"#]+)#')
IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)")
IN_SCRIPT = re.compile(r"(?:from|import)\s*\(?\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True, slots=True)
class Visit:
    """How many requests a visit makes, and how many bytes their bodies have on the wire."""

    requests: int
    size: int
    parts: tuple[tuple[str, int], ...]


def visit(browser: Browser, path: str, known: frozenset[str] = frozenset()) -> Visit:
    """Open a page with all that belongs to it, but nothing that the browser keeps as immutable already."""
    parts: list[tuple[str, int]] = []
    waiting, seen = [path], {*known}
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = browser.get(address, **{"Accept-Encoding": "br, gzip"})
        if answer.status != 200:
            raise AssertionError(f"{address}: {answer.status}")
        parts.append((address, len(answer.body)))
        waiting += [urlsplit(urljoin(address, found)).path for found in _needed(browser, address, answer)]
    return Visit(len(parts), sum(size for _, size in parts), tuple(parts))


def _needed(browser: Browser, address: str, answer: Answer) -> Iterator[str]:
    """Yield what a page, a stylesheet or a script asks for in turn."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind not in {"text/html", "text/css", "text/javascript"}:
        return
    text = browser.get(address).text if "content-encoding" in answer.headers else answer.text
    if kind == "text/html":
        for link in LINK.findall(text):
            yield from HREF.findall(link)
        yield from SOURCE.findall(text)
        yield from SPRITE.findall(text)
    else:
        yield from (IN_STYLE if kind == "text/css" else IN_SCRIPT).findall(text)
