"""Fixtures for every test: an app on a database of its own, SQLite unless the test asks for both."""

import gc
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session, scoped_session

from learnapp.accounts.passwords import hashing
from learnapp.database.db import db
from learnapp.web.http import assets
from tests.actors.people import People
from tests.apps import UNHINDERED, close_app, new_app
from tests.courses.real import check_once, load_once
from tests.databases import BOTH, KINDS, empty_tables, new_database, refused
from tests.logs import logged
from tests.pages import PageOpener
from tests.shares import IN_CI, LONG

# What the machine has set for a server of its own is nothing to the tests.
for _name in list(os.environ):
    if re.match(r"(DATABASE_URL|PORT)$|FLASK_|LEARNAPP_(?!TEST_)", _name):
        del os.environ[_name]

# A machine under load is slow, which is no finding; a fixture may serve all examples of a test.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.register_profile("tests", ANY_MACHINE, max_examples=60 if LONG else 10)
settings.load_profile("tests")

QUICK_CASES = 2
tried: Counter[str] = Counter()  # cases so far, by test

gc.disable()  # until all tests are collected


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run a worker a processor, and one more where some always wait, for a server or a browser."""
    return (os.cpu_count() or 1) + ("not faults" not in config.option.markexpr)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give SQLite to a test of the app, and PostgreSQL too where the test is marked `both_databases`.

    That one is marked `long`, unless the mark says `always`.
    """
    chosen = [str(mark.args[0]) for mark in metafunc.definition.iter_markers("parametrize")]
    if "database_url" not in metafunc.fixturenames or any("database_url" in names for names in chosen):
        return
    both = metafunc.definition.get_closest_marker("both_databases")
    twins = BOTH if both and both.kwargs.get("always") else KINDS
    kinds = twins if both else [pytest.param("sqlite", id=pytest.HIDDEN_PARAM)]
    metafunc.parametrize("database_url", kinds, indirect=True, scope="session")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the later cases of a test `slow`: of each table `make test-quick` tries the first ones."""
    name = item.nodeid.partition("[")[0]
    tried[name] += not item.get_closest_marker("long")
    if tried[name] > QUICK_CASES:
        item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Let the garbage collector begin now, seldom, and leave the thousands of tests alone: they are there to stay."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, in every worker; the order stays the same otherwise.

    xdist gives each worker one stretch of the tests to begin with, so each stretch begins with some of them:
    whole files, whose tests share what they have prepared. What mostly waits is kept together: were two workers
    to wait at the same time, a processor would have nothing to do.
    """
    leave_out_long(config, items)
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    waiting = max(workers // 3, 1)
    hands = {"faults": range(waiting), "browser": range(waiting, workers) or range(1)}
    slow: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for folder, own in hands.items():
        tests = [item for item in items if item.path.parent.name == folder]
        files = list(dict.fromkeys(item.path for item in tests))
        for item in sorted(tests, key=lambda item: files.index(item.path)):
            slow[own[files.index(item.path) % len(own)]].append(item)
    quick = iter([item for item in items if item.path.parent.name not in hands])
    left = len(items)
    items.clear()
    for number, stretch in enumerate(slow):
        size = (left - len(items)) // (workers - number)
        items += [*stretch, *islice(quick, max(size - len(stretch), 0))]
    items += quick


def leave_out_long(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what is marked `long`, unless all is asked for."""
    if LONG:
        return
    kept = [item for item in items if not item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
    items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was skipped and why, one line a reason."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"skipped {count}: {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped anything: there, every test has what it needs."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[PasswordHasher]:
    """Hash as fast as possible and yield the real hasher; `real_passwords` brings it back for one test."""
    real = hashing.HASHER
    hashing.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield real
    hashing.HASHER = real


@pytest.fixture(scope="session", autouse=True)
def one_real_course() -> Iterator[None]:
    """Let all apps of this worker that serve the real course share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("learnapp.web.catalog.load", load_once)
        patch.setattr("learnapp.authoring.working_copy.check", check_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def files_shrunk_once() -> Iterator[None]:
    """Let all apps of this worker share what became of each static file: hundreds are built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assets, "shrink", cache(assets.shrink))
        yield


@pytest.fixture
def real_passwords(quick_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash as the app does: for tests of what that costs and whom it keeps waiting."""
    monkeypatch.setattr(hashing, "HASHER", quick_passwords)
    hashing._dummy_hash.cache_clear()
    yield
    hashing._dummy_hash.cache_clear()


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make a database for this worker and yield its address."""
    with new_database(request.param, tmp_path_factory.mktemp("db")) as url:
        yield url


@pytest.fixture(scope="session")
def built_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Build the app once for each database; its tables are made once."""
    app = new_app(tmp_path_factory.mktemp("instance"), database_url=database_url, **UNHINDERED)
    yield app
    close_app(app)


@pytest.fixture
def app(built_app: Flask) -> Iterator[Flask]:
    """Give the app with empty tables."""
    yield built_app
    with built_app.app_context():
        db.session.rollback()
        empty_tables(db.engine)
    statements, refused[:] = [*refused], []
    assert statements == [], "begin_write comes first"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser that has not been here before."""
    return app.test_client()


@pytest.fixture
def people(app: Flask) -> People:
    """Give the cast: accounts and browsers of Ada, Ben and the others."""
    return People(app)


@pytest.fixture
def visit(app: Flask) -> PageOpener:
    """Open pages: `visit(client, "/display")` returns the page after it has passed every check."""
    return PageOpener(app)


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Build further apps, each with the settings given, on one empty SQLite file of this test."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(new_app(tmp_path / "instance", **settings))
        return made[-1]

    yield make
    for one in made:
        close_app(one)


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Flask]]:
    """Give an app with the settings given, one for all tests of this worker that ask for these and keep nothing in it.

    Nobody is in it, and no test may put anybody or anything there.
    """

    with ExitStack() as kept:

        @cache
        def share(**settings: Any) -> Flask:
            app = new_app(tmp_path_factory.mktemp("shared"), **settings)
            kept.callback(close_app, app)
            return app

        yield share


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Give what is logged, as a server writes it."""
    with logged(logging.WARNING) as out:
        yield out


@pytest.fixture
def db_session(app: Flask) -> Iterator[scoped_session[Session]]:
    """Give the session of an app context that lasts through the test."""
    with app.app_context():
        yield db.session  # type: ignore[misc]
