"""A real server and the system's Chromium. Each worker has its own of both, and a database of its own."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError
from werkzeug.serving import make_server

from learnapp.database.db import db
from tests.apps import close_app, new_app
from tests.browser.devices import Devices
from tests.browser.learner import Gate, Site
from tests.browser.loss import Loss
from tests.databases import empty_tables

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    # Half of the processes, which take a sixth of the processor time: none for drawing, none in reserve.
    *("--in-process-gpu", "--disable-extensions", "--disable-features=SpareRendererForSitePerProcess"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Launch the system's Chromium; without one these tests cannot run, which CI does not accept."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on this machine, and in CI nothing may be skipped")
        pytest.skip("no Chromium on this machine")
    return {"executable_path": CHROMIUM, "args": ARGS}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the real course over HTTP."""
    folder = tmp_path_factory.mktemp("served")
    database = f"sqlite:///{folder / 'learnapp.sqlite3'}"
    app = new_app(folder / "instance", database_url=database, TESTING=False, throttled=False)
    loss = Loss(app)
    gate = Gate(loss)
    server = make_server("127.0.0.1", 0, gate, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}", gate, loss)
    server.shutdown()
    thread.join()
    server.server_close()
    close_app(app)


@pytest.fixture(scope="session")
def base_url(served: Site) -> str:
    """Let pages be opened by their path."""
    return served.url


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    """Give the site with nobody in it yet."""
    yield served
    served.gate.shut = served.gate.unplugged = False
    served.loss.end()
    with served.app.app_context():
        empty_tables(db.engine)


@pytest.fixture
def noticed() -> list[str]:
    """Collect what pages log as errors and which other hosts they ask; a test may clear what it provoked."""
    return []


@pytest.fixture(scope="session")
def devices(browser: Browser, base_url: str) -> Devices:
    """Give what is lent to the tests of this worker."""
    return Devices(browser, base_url)


@pytest.fixture
def lend(devices: Devices, served: Site, noticed: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Lend devices, as `Devices.lent` does, and note what goes wrong on them."""
    with ExitStack() as lent:

        def one(**about: Any) -> BrowserContext:
            context = lent.enter_context(devices.lent(**about))
            lent.enter_context(watched(context, served, noticed))
            return context

        yield one


@pytest.fixture
def context(lend: Callable[..., BrowserContext]) -> BrowserContext:
    """Give the device that pages are opened on where nothing else is said."""
    return lend()


@pytest.fixture(autouse=True)
def quiet(context: BrowserContext, noticed: list[str]) -> Iterator[None]:
    """Fail a test whose pages log an error or ask another host."""
    yield
    assert noticed == []


@pytest.fixture
def open_device(lend: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page on another device, such as a phone or a browser without scripts."""
    return lambda **about: lend(**about).new_page()


@contextmanager
def watched(context: BrowserContext, served: Site, noticed: list[str]) -> Iterator[None]:
    """Note what goes wrong in any page of a context."""

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            noticed.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(served.url).netloc):
            noticed.append(f"other host: {request.url}")

    def failed(error: WebError) -> None:
        noticed.append(f"script: {error.error}")

    listeners: dict[Any, Callable[[Any], None]] = {"console": logged, "request": asked, "weberror": failed}
    for event, listener in listeners.items():
        context.on(event, listener)
    yield
    for event, listener in listeners.items():
        context.remove_listener(event, listener)
