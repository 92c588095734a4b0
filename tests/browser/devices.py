"""Devices: contexts of one browser, lent from test to test as if nobody had been there.

Each has a page that stays open, and with it the process that shows its pages: to start one takes longer than to show
a page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext


class Devices:
    """Lends devices of a browser that know one site.

    They ask for less motion: what is looked at is a state, and not a color on its way to another one.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url
        self._free: dict[str, list[BrowserContext]] = {}

    @contextmanager
    def lent(self, *, fresh: bool = False, **about: Any) -> Iterator[BrowserContext]:
        """Lend a device of a kind, without a page, a cookie or anything that pages keep.

        What it has cached may be there. A `fresh` one, for who changes its clock, goes afterwards, as does one that
        begins with cookies.
        """
        if fresh or "storage_state" in about:
            context = self._new(**about)
            yield context
            context.close()
            return
        free = self._free.setdefault(repr(sorted(about.items())), [])
        context = free.pop() if free else self._open(**about)
        yield context
        self._clear(context)
        free.append(context)

    def _open(self, **about: Any) -> BrowserContext:
        context = self._new(**about)
        context.new_page().goto("/robots.txt")
        return context

    def _new(self, **about: Any) -> BrowserContext:
        return self._browser.new_context(**{"base_url": self._url, "reduced_motion": "reduce", **about})

    def _clear(self, context: BrowserContext) -> None:
        stays, *others = context.pages
        for page in others:
            page.close()
        context.unroute_all()
        context.clear_cookies()
        tools = context.new_cdp_session(stays)
        tools.send("Storage.clearDataForOrigin", {"origin": self._url, "storageTypes": "all"})
        tools.detach()
