"""What must hold for every page, whoever shows it: valid HTML, a title, names for all that can be pressed."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from learnapp.web.forms import KEY_FIELD
from learnapp.web.http.assets import stylesheet
from learnapp.web.http.headers import ALWAYS
from learnapp.web.policy import policy_of
from tests.markup import read_markup

CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button"}


# Forms that change nothing, so that nobody can be made to send one.
TOKENLESS = {"library.search"}


class Page:
    """A page that has passed every check; `tree` is its `html` element, `response` the answer."""

    def __init__(self, app: Flask, response: TestResponse) -> None:
        self.app = app
        self.response = response
        self.text = response.get_data(as_text=True)
        self.tree = read_markup(self.text)
        self.check()

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements with one of these tags, in the order of the page."""
        return (one for one in self.tree.iter() if one.tag in tags)

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only element with this tag and these attributes."""
        found = [one for one in self.all(tag) if all(one.get(k) == v for k, v in attributes.items())]
        assert len(found) == 1, f"{len(found)} times {tag} {attributes}"
        return found[0]

    @property
    def title(self) -> str:
        """Return the title of the page; drawings may have titles of their own."""
        return words(next(one for one in self.all("title") if one in list(self.tree.find("head") or [])))

    def check(self) -> None:
        """Check all rules; each failure names what is wrong."""
        for check in (
            self._head,
            self._ids,
            self._labels,
            self._forms,
            self._links,
            self._inline,
            self._classes,
            self._headers,
        ):
            check()

    def _head(self) -> None:
        html = self.tree
        assert html.get("lang"), "no language"
        assert html.get("dir") in {"ltr", "rtl"}, "no direction"
        # Words of a language run its way, whichever way the page runs.
        assert [one.tag for one in self.tree.iter() if one.get("lang") and not one.get("dir")] == []
        titles = [one for one in self.all("title") if one in list(self.tree.find("head") or [])]
        assert len(titles) == 1, "not one title"
        assert (titles[0].text or "").strip(" ·"), "empty title"
        headings = [words(one) for one in self.all("h1")]
        assert len(headings) == 1, f"h1: {headings}"
        assert headings[0], "empty h1"
        assert self.one("main").get("id") == "main"
        assert any(one.get("href") == "#main" for one in self.all("a")), "no skip link"
        leave = self.one("a", id="leave")
        assert leave.get("href", "").startswith("https://"), "no way out"

    def _ids(self) -> None:
        ids = Counter(one.get("id") for one in self.tree.iter() if one.get("id"))
        assert [name for name, count in ids.items() if count > 1] == [], "ids that come twice"
        for one in self.tree.iter():
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                for target in (one.get(name) or "").split():
                    assert target in ids, f"{name} of {one.tag} refers to {target}, which is not there"
            if one.tag == "a" and (one.get("href") or "").startswith("#"):
                assert one.get("href", "")[1:] in ids, f"link to {one.get('href')}, which is not there"

    def _labels(self) -> None:
        labelled = {one.get("for") for one in self.all("label")}
        within = {id(inner) for label in self.all("label") for inner in label.iter()}
        for one in self.all(*CONTROLS):
            if one.get("type") in UNLABELLED or "hidden" in one.attrib:
                continue
            named = one.get("aria-label") or one.get("aria-labelledby")
            assert named or one.get("id") in labelled or id(one) in within, f"no label for {one.tag} {one.get('name')}"
        for one in self.all("button", "summary", "a", "legend", "th"):
            if one.tag != "th" or list(one) or one.text:
                assert words(one) or one.get("aria-label"), f"nothing to read in a {one.tag}"
        for one in self.all("img"):
            assert one.get("alt") is not None, "a picture without alt"
        for one in self.all("svg"):
            silent = one.get("aria-hidden") == "true"
            named = one.get("aria-label") or one.get("aria-labelledby")
            assert silent or (one.get("role") in ("img", "group") and named), "a drawing without a name"

    def _forms(self) -> None:
        here = self.response.request.path
        for form in self.all("form"):
            method = (form.get("method") or "get").upper()
            target = urlsplit(urljoin(here, form.get("action") or here))
            assert not target.netloc, "a form that leads to another host"
            endpoint = self._resolves(target.path, method)
            if method == "POST":
                view_policy = policy_of(self.app, endpoint)
                keys = [one.get("value") for one in form.iter("input") if one.get("name") == KEY_FIELD]
                asked = view_policy is not None and view_policy.once
                assert len(keys) == asked, f"{len(keys)} keys in the form to {target.path}"
                if endpoint in TOKENLESS:
                    continue
                tokens = [one for one in form.iter("input") if one.get("name") == "csrf_token"]
                assert [one for one in tokens if one.get("value")], f"no token in the form to {target.path}"

    def _links(self) -> None:
        for one in self.all("a", "link", "script", "use"):
            address = one.get("href") or one.get("src") or one.get("{http://www.w3.org/1999/xlink}href")
            if not address or address.startswith("#"):
                continue
            parts = urlsplit(urljoin(self.response.request.path, address))
            if parts.scheme or parts.netloc:
                assert one.tag == "a", f"{one.tag} loads from another host: {address}"
                assert parts.scheme in {"https", "http", "tel", "mailto"}, f"a link to {address}"
                assert parts.netloc != "localhost", f"a link to ourselves that names the host: {address}"
                assert "noreferrer" in (one.get("rel") or ""), f"a link that tells where one comes from: {address}"
            elif parts.path.startswith("/static/"):
                assert parts.path in self.app.extensions["assets"].values(), f"no file behind {address}"
            else:
                self._resolves(parts.path, "GET")

    def _resolves(self, path: str, method: str) -> str:
        adapter = self.app.url_map.bind("localhost")
        try:
            return str(adapter.match(path, method=method)[0])
        except RequestRedirect:
            return ""  # to the same address with a slash
        except HTTPException as error:
            raise AssertionError(f"no route for {method} {path}") from error

    def _inline(self) -> None:
        """Nothing that the content security policy would refuse."""
        assert not list(self.all("style")), "an inline style sheet"
        for one in self.all("script"):
            assert one.get("src"), "an inline script"
            assert not (one.text or "").strip(), "a script with text"
        for one in self.tree.iter():
            for name, value in one.attrib.items():
                assert name != "style", f"a style attribute on {one.tag}"
                assert not re.match("on[a-z]", str(name)), f"{name} on {one.tag}"
                led_to = "" if name == "value" else str(value).lower()  # a field may hold whatever was typed
                assert not led_to.startswith(("javascript:", "data:")), f"{name}={value}"

    def _classes(self) -> None:
        """No class that the stylesheet does not know, such as one made of a part and a wrong variant."""
        used = {name for one in self.tree.iter() for name in one.get("class", "").split()}
        unknown = {name for name in used - classes() if not name.startswith("fig-")} - {"lessonpage"}
        assert not unknown, f"classes without a rule: {unknown}"

    def _headers(self) -> None:
        for name, value in ALWAYS.items():
            stricter = STRICTER.get(name)
            assert self.response.headers.get(name) in (value, stricter), name
        assert self.response.content_type == "text/html; charset=utf-8"


# What a page may have in place of a header that all have.
STRICTER = {"Referrer-Policy": "no-referrer"}


@cache
def classes() -> frozenset[str]:
    """Return the classes that the stylesheet has rules for."""
    return frozenset(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.S)))


def words(element: Element) -> str:
    """Return what is read of an element."""
    return " ".join("".join(element.itertext()).split())


class PageOpener:
    """Opens pages in a browser of a test and checks each of them."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(
        self, client: FlaskClient, path: str, *, status: int = 200, data: dict[str, Any] | None = None, **more: Any
    ) -> Page:
        """GET the page, or POST `data` to it; follow redirects; the last answer has this status."""
        method = "GET" if data is None else "POST"
        response = client.open(path, method=method, data=data, follow_redirects=True, **more)
        assert response.status_code == status, f"{response.status_code} for {method} {path}"
        return Page(self.app, response)
