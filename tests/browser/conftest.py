"""A real server and the system's Chromium. Each worker has its own of both, and a database of its own."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from werkzeug.serving import make_server

from learnapp.database.db import db
from tests.apps import close_app, new_app
from tests.browser.learner import Gate, Site
from tests.databases import empty_tables

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    # Half of the processes, which take a sixth of the processor time: none for drawing, none in reserve.
    *("--in-process-gpu", "--disable-extensions", "--disable-features=SpareRendererForSitePerProcess"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
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
    gate = Gate(app)
    server = make_server("127.0.0.1", 0, gate, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}", gate)
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
    served.gate.shut = False
    with served.app.app_context():
        empty_tables(db.engine)


@pytest.fixture
def noticed() -> list[str]:
    """Collect what pages log as errors and which other hosts they ask; a test may clear what it provoked."""
    return []


@pytest.fixture(autouse=True)
def quiet(context: BrowserContext, served: Site, noticed: list[str]) -> Iterator[None]:
    """Fail a test whose pages log an error or ask another host."""
    watch(context, served, noticed)
    yield
    assert noticed == []


@pytest.fixture
def open_device(new_context: Any, served: Site, noticed: list[str]) -> Callable[..., Page]:
    """Open a page on another device, such as a phone or a browser without scripts."""

    def make(**about: Any) -> Page:
        context = new_context(**about)
        watch(context, served, noticed)
        page: Page = context.new_page()
        return page

    return make


def watch(context: BrowserContext, served: Site, noticed: list[str]) -> None:
    """Note what goes wrong in any page of a context."""

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            noticed.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(served.url).netloc):
            noticed.append(f"other host: {request.url}")

    context.on("console", logged)
    context.on("request", asked)
    context.on("weberror", lambda error: noticed.append(f"script: {error.error}"))
