"""Metrics: all processes of a server together, for operators only, without a person or an address."""

import re
from http.client import HTTPConnection
from itertools import product
from pathlib import Path

import pytest

from tests.courses.island import FILES
from tests.faults.learner import Learner
from tests.faults.serving import MakeRun, environment
from tests.programs import run_program

pytestmark = [pytest.mark.faults, pytest.mark.slow]

TOKEN = "a-token-of-the-operator-0123456789"


class Metered(MakeRun):
    def start(self) -> None:
        self.env["LEARNAPP_METRICS"] = TOKEN
        super().start()


def ask(server: MakeRun, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/metrics", headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def value(text: str, pattern: str) -> float:
    """Return the sum of the samples that fit."""
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if re.match(pattern, line))


@pytest.mark.long
def test_processes_are_added_up_and_nobody_is_named(tmp_path: Path) -> None:
    left_over = tmp_path / "instance" / "metrics" / "counter_1.db"
    left_over.parent.mkdir(parents=True)
    left_over.touch()
    with Metered(f"sqlite:///{tmp_path / 'a.sqlite3'}", tmp_path, workers=2) as server:
        learners = [Learner(server) for _ in range(4)]
        for number, learner in product(range(5), learners):
            learner.save(number % 2)
        status, text = ask(server)
        stranger, _body = ask(server, **{"X-Forwarded-For": "203.0.113.9"})
        told, _text = ask(server, **{"X-Forwarded-For": "203.0.113.9", "Authorization": f"Bearer {TOKEN}"})
    assert (status, stranger, told) == (200, 404, 200)
    assert not left_over.exists()
    assert value(text, r'learnapp_saves_total\{outcome="saved"\}') == 20
    assert value(text, r'learnapp_requests_total\{.*route="/attempts/<int.*answers",status="200"\}') == 20
    assert value(text, r"learnapp_write_wait_seconds_count") >= 20
    assert value(text, r"learnapp_ready") == 1
    assert value(text, r"learnapp_disk_free_bytes") > 0
    assert value(text, r"learnapp_requests_running") >= 1
    labels = set(re.findall(r'(\w+)="', text))
    assert labels <= {"method", "route", "status", "outcome", "reason", "le", "schema"}
    assert set(re.findall(r'route="([^"]*)"', text)) <= routes(server)


def routes(server: MakeRun) -> set[str]:
    """Return the patterns of addresses, which hold no id and no name."""
    folder = Path(server.env["LEARNAPP_INSTANCE"]).parent
    env = environment(f"sqlite:///{folder / 'a.sqlite3'}", folder, FILES)
    listed = run_program("flask", "--app", "learnapp.cli", "routes-policy", env=env, folder=folder)
    return {line.split("  ")[0] for line in listed.text.splitlines()} | {"none"}
