"""`make run` with several processes: they count tries together, serve the same content, come back, stop."""

import json
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.browser import Answer, Browser
from tests.faults.serving import COURSE, STOPPED_WITHIN, MakeRun, environment
from tests.programs import run_program

PROCESSES = 2
WITHIN_SECONDS = 20.0


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[MakeRun]:
    """Give a server with two processes and a course that may be changed."""
    content = tmp_path / "content"
    shutil.copytree(COURSE, content)
    made = MakeRun(sqlite_url, tmp_path, workers=PROCESSES, content=content)
    # Nothing is asked here of a worker that is replaced, so that it may go soon.
    made.env["FAULT_WORKERS"] = json.dumps({"OVERLAP_SECONDS": 0.5, "DRAIN_SECONDS": 0.2})
    with made:
        until(lambda: len(made.worker_pids()) == PROCESSES)
        yield made


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + WITHIN_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def guess(server: MakeRun) -> Answer:
    """Try a wrong password from a browser of its own, which any of the processes may get."""
    browser = server.browser()
    browser.get("/account/sign-in")
    return browser.post("/account/sign-in", {"name": "Ben", "password": "a wrong one"})


def test_all_processes_count_tries_together(url: str, tmp_path: Path) -> None:
    with MakeRun(url, tmp_path, workers=PROCESSES) as server:
        answers = [guess(server).status for _ in range(16)]
    assert answers == [422] * 10 + [429] * 6


@pytest.mark.long
def test_however_often_processes_are_killed_they_come_back_with_the_same_content(server: MakeRun) -> None:
    outline = server.content / "modules" / "course.yaml"
    before = server.browser().get("/").text
    outline.write_text("nothing that could be read: [", encoding="utf-8")
    for _ in range(2):
        for victim in server.worker_pids():
            server.kill_worker(victim)
            until(lambda gone=victim: gone not in (now := server.worker_pids()) and len(now) == PROCESSES)  # type: ignore[misc]
    assert {without_token(server.browser().get("/").text) for _ in range(8)} == {without_token(before)}
    assert "A worker has ended (SIGKILL" in server.log.read_text()


@pytest.mark.long
def test_a_hangup_with_broken_content_leaves_the_last_good_one_and_says_so(server: MakeRun) -> None:
    before = server.browser().get("/").text
    (server.content / "modules" / "course.yaml").write_text("title: [", encoding="utf-8")
    old = server.worker_pids()
    server.send(signal.SIGHUP)
    until(lambda: not set(old) & set(server.worker_pids()) and len(server.worker_pids()) == PROCESSES)
    assert {without_token(server.browser().get("/").text) for _ in range(8)} == {without_token(before)}
    assert "The content has errors; the last good one is served on" in server.log.read_text()


def test_no_process_outlives_the_one_that_started_it(server: MakeRun) -> None:
    workers = server.worker_pids()
    server.kill_main()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    with pytest.raises(ConnectionError):
        server.browser().get("/healthz")


def test_after_a_hangup_all_processes_serve_the_changed_content(server: MakeRun) -> None:
    outline = server.content / "modules" / "course.yaml"
    before, first = server.worker_pids(), outline.read_text(encoding="utf-8")
    title = next(line for line in first.splitlines() if "title:" in line).split("title:")[1].strip()
    outline.write_text(first.replace(title, "Another name for it", 1), encoding="utf-8")
    server.send(signal.SIGHUP)
    until(lambda: not set(before) & set(server.worker_pids()) and len(server.worker_pids()) == PROCESSES)
    until(lambda: all("Another name for it" in server.browser().get("/").text for _ in range(8)))


@pytest.mark.long
def test_another_start_serves_the_same_content_as_it_was_kept_and_no_former_one(server: MakeRun) -> None:
    kept, outline = server.content.parent / "instance" / "catalog", server.content / "modules" / "course.yaml"
    page, written = server.browser().get("/").text, kept.stat().st_mtime_ns
    assert kept.stat().st_mode & 0o077 == 0

    server.stop()
    server.start()
    assert server.browser().get("/").text.split("<main", 1)[1] == page.split("<main", 1)[1]
    assert kept.stat().st_mtime_ns == written

    server.stop()
    outline.write_text(outline.read_text(encoding="utf-8").replace("Skerry Island", "Another island"), encoding="utf-8")
    server.start()
    assert "Another island" in server.browser().get("/").text
    assert kept.stat().st_mtime_ns > written


def test_a_server_that_is_told_to_stop_answers_what_it_has_begun(server: MakeRun) -> None:
    answers: list[int] = []

    def read() -> None:
        browser = Browser(server.port)
        try:
            while True:
                answers.append(browser.get("/").status)
        except ConnectionError:
            browser.close()

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    until(lambda: len(answers) > 50)
    server.send(signal.SIGTERM)
    assert server.wait() == 0
    for reader in readers:
        reader.join(STOPPED_WITHIN)
    assert set(answers) == {200}


@pytest.mark.long
def test_a_database_without_tables_is_migrated_at_the_start(tmp_path: Path) -> None:
    with MakeRun(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path) as server:
        assert server.browser().get("/readyz").json == {"ready": True}
    assert b"lessons read, database ready" in server.log.read_bytes()


def test_a_port_that_is_taken_is_said_with_another_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run_program("learnapp", env={**environment("", tmp_path), "PORT": str(port)}, folder=tmp_path)
    assert done.code == 1
    assert f"make run PORT={port + 1}" in done.text


def without_token(text: str) -> str:
    """Return a page without what differs from visit to visit."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line)
