"""Learners, as many as asked for, each on a connection of its own: they think, save answers and open pages."""

import asyncio
import json
import math
import multiprocessing
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlencode

from learnapp.config.settings import ROOT
from learnapp.quiz.types.multiple import Multiple
from tests.faults.browser import TOKEN
from tests.faults.learner import first_lesson, single_item

PROCESSES = 2
THINKS_SECONDS = 8.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5 * THINKS_SECONDS, 1.5 * THINKS_SECONDS
SAVES, MULTIPLE_SAVES = 0.45, 0.15  # of all actions; the others are pages
GIVES_UP_SECONDS = 10.0
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@dataclass(slots=True)
class Level:
    """What came of so many learners: waits in seconds, and what went wrong, counted."""

    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def wait(self, percent: float) -> float:
        """Return the wait that so many percent did not exceed, in milliseconds."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@dataclass(frozen=True, slots=True)
class Course:
    """Where learners are: a lesson, its quiz, and two questions of it."""

    lesson: str
    single: str
    multiple: str
    options: int


def course() -> Course:
    """Return what learners of the first lesson do."""
    lesson = first_lesson(ROOT)
    multiple = next(item for item in lesson.quiz.items if isinstance(item, Multiple))
    page = f"/modules/{lesson.module}/{lesson.slug}"
    return Course(page, single_item(ROOT).id, multiple.id, len(multiple.options))


class Learner:
    """A guest with an open attempt, who comes from an address of their own behind a proxy."""

    def __init__(self, port: int, number: int, course: Course) -> None:
        self._port, self._course, self._random = port, course, random.Random(number)
        self._head = f"Host: 127.0.0.1\r\nX-Forwarded-For: 10.{number >> 16}.{number >> 8 & 255}.{number & 255}\r\n"
        self._cookies: dict[str, str] = {}
        self._token, self._attempt, self._seq = "", "", 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def begin(self) -> None:
        """Begin an attempt."""
        await self._page(f"{self._course.lesson}/quiz")
        status, headers, _ = await self._send("POST", f"{self._course.lesson}/quiz", {"kind": "main"})
        assert status == 303, status
        self._attempt = headers["location"]
        await self._page(self._attempt)

    async def act(self) -> int:
        """Do one thing; return the status."""
        kind = self._random.random()
        if kind < SAVES:
            return await self._save({"item": self._course.single, "choice": self._random.randrange(3)})
        if kind < SAVES + MULTIPLE_SAVES:
            chosen = [number for number in range(self._course.options) if self._random.random() < 0.5]
            return await self._save({"item": self._course.multiple, "choices": chosen})
        return await self._page(self._random.choice(["/", self._course.lesson, self._attempt]), "br")

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _save(self, fields: dict[str, object]) -> int:
        fields = {**fields, "seq": self._seq, "action": "save"}
        status, _, body = await self._send("POST", f"{self._attempt}/answers", fields)
        if status == 200:
            self._seq = json.loads(body)["seq"]
        return status

    async def _page(self, path: str, encoding: str = "identity") -> int:
        status, _, body = await self._send("GET", path, None, f"Accept-Encoding: {encoding}\r\n")
        if encoding == "identity" and (found := TOKEN.search(body.decode())):
            self._token = found[1]
        return status

    async def _send(
        self, method: str, path: str, fields: dict[str, object] | None, head: str = ""
    ) -> tuple[int, dict[str, str], bytes]:
        body = b""
        if fields is not None:
            body = urlencode({"csrf_token": self._token, **fields}, doseq=True).encode()
            head = f"{FORM}Accept: application/json\r\nContent-Length: {len(body)}\r\n"
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        request = f"{method} {path} HTTP/1.1\r\n{self._head}Cookie: {cookies}\r\n{head}\r\n".encode() + body
        try:
            async with asyncio.timeout(GIVES_UP_SECONDS):
                if self._streams is None or self._streams[0].at_eof():  # a server ends what is idle for long
                    self._streams = await asyncio.open_connection("127.0.0.1", self._port)
                reader, writer = self._streams
                writer.write(request)
                top = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = re.search(r"(?i)\r\ncontent-length: (\d+)", top)
                content = await reader.readexactly(int(length[1]) if length else 0)
        except BaseException:
            self.close()
            raise
        headers = dict(line.split(": ", 1) for line in top.split("\r\n")[1:] if line)
        for cookie in re.findall(r"(?i)\r\nset-cookie: ([^=]+)=([^;\r]*)", top):
            self._cookies[cookie[0]] = cookie[1]
        return int(top.split(" ", 2)[1]), headers, content


class Crowd:
    """Learners in processes of their own; more can join."""

    def __init__(self, port: int) -> None:
        context = multiprocessing.get_context("fork")
        self._pipes: list[Connection] = []
        self._processes = []
        for index in range(PROCESSES):
            ours, theirs = context.Pipe()
            process = context.Process(target=_run, args=(theirs, port, index), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)

    def grow(self, learners: int) -> None:
        """Let learners join until there are so many."""
        self._all(("grow", learners // PROCESSES))

    def measure(self, seconds: float) -> Level:
        """Return what all learners meet in so many seconds, after as long as each thinks once."""
        level = Level()
        for waits, errors in self._all(("measure", seconds)):
            level.waits += waits
            level.errors += errors
        return level

    def close(self) -> None:
        """Send all learners home."""
        for process in self._processes:
            process.terminate()
            process.join()

    def _all(self, order: tuple[str, float]) -> list[tuple[list[float], Counter[str]]]:
        for pipe in self._pipes:
            pipe.send(order)
        answers = [pipe.recv() for pipe in self._pipes]
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return answers


def _run(pipe: Connection, port: int, index: int) -> None:
    learners: list[Learner] = []
    place = course()
    with asyncio.Runner() as runner:
        while True:
            order, amount = pipe.recv()
            try:
                if order == "grow":
                    new = range(len(learners), int(amount))
                    joined = [Learner(port, n * PROCESSES + index, place) for n in new]
                    runner.run(_begin(joined))
                    learners += joined
                    pipe.send(None)
                else:
                    pipe.send(runner.run(_measure(learners, amount)))
            except Exception as error:
                pipe.send(RuntimeError(repr(error)))


async def _begin(learners: list[Learner], at_once: int = 8) -> None:
    queue = iter(learners)

    async def some() -> None:
        for learner in queue:
            await learner.begin()

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(some())


def _rest_of_pause() -> float:
    """Return what is left of a pause for one who is met at any moment, so that no wave of them comes at first.

    Longer pauses are met more often: the chance of each is as its length.
    """
    pause = math.sqrt(random.uniform(SHORTEST_PAUSE**2, LONGEST_PAUSE**2))
    return random.random() * pause


async def _measure(learners: list[Learner], seconds: float) -> tuple[list[float], Counter[str]]:
    counted_from = time.monotonic() + THINKS_SECONDS
    until = counted_from + seconds
    waits: list[float] = []
    errors: Counter[str] = Counter()

    async def live(learner: Learner) -> None:
        await asyncio.sleep(_rest_of_pause())
        while (began := time.monotonic()) < until:
            try:
                status = await learner.act()
                problem = "" if status == 200 else str(status)
            except (OSError, EOFError, TimeoutError) as error:
                problem = type(error).__name__
            if began >= counted_from:
                waits.append(time.monotonic() - began)
                errors.update([problem] if problem else [])
            await asyncio.sleep(random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))

    async with asyncio.TaskGroup() as group:
        for learner in learners:
            group.create_task(live(learner))
    return waits, errors
