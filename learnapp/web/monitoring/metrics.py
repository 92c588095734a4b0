"""Metrics: counts and times of requests, saves, waits and faults, of all processes together; no person, no address.

Each process writes to files of its own in a folder, and whichever is asked adds them up. Nothing is imported and
nothing runs while metrics are not switched on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from time import monotonic, perf_counter
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from sqlalchemy import Engine, event

from learnapp.config.derived_keys import believed_secrets
from learnapp.config.instance_lock import is_running
from learnapp.config.settings import current_settings
from learnapp.database import sqlite_connection
from learnapp.database.db import db
from learnapp.database.outages import why_unavailable
from learnapp.web.monitoring import health

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from sqlalchemy.engine import ExceptionContext

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OUTCOMES = {2: "saved", 3: "saved", 5: "failed"}


class Meters:
    """What is counted; one for each app."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Read by the library once, as it is imported: so it is imported here and nowhere else.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        from learnapp.web.monitoring import metric_files

        metric_files.use()
        self.folder = folder
        own = CollectorRegistry()
        self.requests = Counter(
            "learnapp_requests", "Answers, by route and status.", ("method", "route", "status"), registry=own
        )
        self.seconds = Histogram(
            "learnapp_request_seconds", "Time to answer.", ("route",), buckets=SECONDS, registry=own
        )
        self.running = Gauge(
            "learnapp_requests_running", "Requests under way.", registry=own, multiprocess_mode="livesum"
        )
        self.saves = Counter("learnapp_saves", "Answers sent by learners, by outcome.", ("outcome",), registry=own)
        self.database_errors = Counter(
            "learnapp_database_errors", "Statements that failed, by reason.", ("reason",), registry=own
        )
        self.write_wait = Histogram(
            "learnapp_write_wait_seconds", "Time a writer waited for SQLite’s lock.", buckets=SECONDS, registry=own
        )
        self.password_wait = Histogram(
            "learnapp_password_wait_seconds", "Time a sign-in waited for its turn.", buckets=SECONDS, registry=own
        )

    def exposition(self) -> bytes:
        """Return all processes' figures and the state of the installation as Prometheus reads them."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        self._forget_ended_processes()
        MultiProcessCollector(registry, str(self.folder))  # type: ignore[no-untyped-call]
        return generate_latest(_state()) + generate_latest(registry)

    def _forget_ended_processes(self) -> None:
        """Leave out of `running` what was under way in a process that was killed."""
        for file in self.folder.glob("gauge_live*_*.db"):
            if not is_running(int(file.stem.rpartition("_")[2])):
                file.unlink(missing_ok=True)


def _state() -> CollectorRegistry:
    """Return gauges of what is so now, the same whichever process is asked."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import GaugeMetricFamily

    registry = CollectorRegistry()
    gauges = {
        "learnapp_ready": (
            "1 while answers can be saved.",
            float(health.recent_problem(db.engine, believed_secrets(), int(monotonic())) is None),
        ),
        "learnapp_disk_free_bytes": ("Room left for the database and what is built.", float(_room())),
    }

    class State:
        def collect(self) -> list[GaugeMetricFamily]:
            info = GaugeMetricFamily("learnapp_info", "The schema of this version.", labels=("schema",))
            info.add_metric((health.newest_revision(),), 1)
            return [info, *(GaugeMetricFamily(name, text, value) for name, (text, value) in gauges.items())]

    registry.register(State())
    return registry


def _room() -> int:
    """Return how many bytes are left where the database is, or where the instance folder is."""
    file = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    return shutil.disk_usage(Path(file).parent if file else current_settings().instance_path).free


def count_requests(app: Flask, meters: Meters) -> None:
    """Count each request as it ends."""

    def begin() -> None:
        g.metered_at = perf_counter()
        meters.running.inc()

    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
        meters.requests.labels(method, route, str(response.status_code)).inc()
        if (begun := g.get("metered_at")) is not None:
            meters.seconds.labels(route).observe(perf_counter() - begun)
        if method == "POST" and request.endpoint and request.endpoint.endswith(".answers"):
            outcome = "stale" if response.status_code == 409 else OUTCOMES.get(response.status_code // 100, "refused")
            meters.saves.labels(outcome).inc()
        return response

    def leave(_error: BaseException | None) -> None:
        if g.pop("metered_at", None) is not None:
            meters.running.dec()

    app.before_request_funcs.setdefault(None, []).insert(0, begin)  # so that what is refused is counted, too
    app.after_request(end)
    app.teardown_request(leave)


def count_errors(engine: Engine, meters: Meters) -> None:
    """Count each statement that fails because the database cannot serve."""

    @event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        if reason := why_unavailable(context.sqlalchemy_exception or context.original_exception):
            meters.database_errors.labels(reason).inc()


def switch_on(app: Flask) -> None:
    """Count in this server and the processes forked from it, where the operator wants it.

    The first server of an instance folder forgets what those before it have counted.
    """
    settings = app.config["SETTINGS"]
    if not settings.metrics:
        return
    folder = settings.instance_path / "metrics"
    if app.extensions["first_server"]:
        shutil.rmtree(folder, ignore_errors=True)
    meters = app.extensions["meters"] = Meters(folder)
    count_requests(app, meters)
    with app.app_context():
        count_errors(db.engine, meters)
    sqlite_connection.wait_observers.append(meters.write_wait.observe)
    password_wait_observers(app).append(meters.password_wait.observe)


def password_wait_observers(app: Flask) -> list[Callable[[float], None]]:
    """Return the list of who is told how long sign-ins wait; accounts, which know, put theirs in its place."""
    observers: list[Callable[[float], None]] = app.extensions.setdefault("password_wait_observers", [])
    return observers
