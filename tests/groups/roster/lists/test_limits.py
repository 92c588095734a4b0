"""The worst files: each is read or refused within 5 seconds and 256 MB, more than the smallest file takes."""

import io
import resource
import time
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection

import pytest

from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.archive import MOST_BYTES as MOST_UNPACKED
from learnapp.groups.roster.lists.reading.archive import pack
from learnapp.groups.roster.lists.reading.files import MOST_BYTES, SCHOOL_ROWS, read_list
from learnapp.groups.roster.lists.values import ListAnswers
from tests.programs import FORKED
from tests.shares import one_in

SECONDS, MEGABYTES = 5.0, 256
USERS = b"sourcedId,role,username,givenName,familyName\n"
ENROLLED = b"classSourcedId,userSourcedId,role\n"


def filled(line: bytes, header: bytes = b"") -> bytes:
    """Return as many of the same line as a file may hold."""
    return header + line * ((MOST_BYTES - len(header)) // len(line))


def bomb() -> bytes:
    """Return a small zip that unpacks to 200 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(10):
            archive.writestr(f"{number}.csv", b"0" * 20_000_000)
    return target.getvalue()


def whole_school() -> bytes:
    rows = SCHOOL_ROWS - 1
    users = USERS + b"".join(b"u%d,student,u%d,M,K\n" % (n, n) for n in range(rows))
    enrolled = ENROLLED + b"".join(b"c-%d,u%d,student\n" % (n % 2000, n) for n in range(rows))
    return pack({"users.csv": users, "enrollments.csv": enrolled})


def full_of_empty_cells() -> bytes:
    wide = USERS[:-1] + b"," * 55 + b"\n" + (b"u," + b"," * 57 + b"\n") * SCHOOL_ROWS
    return pack({"users.csv": wide[: MOST_UNPACKED - 1000], "enrollments.csv": ENROLLED})


WORST: dict[str, Callable[[], bytes]] = {
    "commas": lambda: filled(b","),
    "quotes": lambda: filled(b'"'),
    "quoted-cells": lambda: filled(b'"",'),
    "ends-of-lines": lambda: filled(b"\n"),
    "returns": lambda: filled(b"\r"),
    "short-rows": lambda: filled(b"a\n", b"username,firstname,lastname\n"),
    "one-cell": lambda: filled(b"a"),
    "open-quote": lambda: filled(b"a\n", b'username,firstname,lastname\n"'),
    "marks": lambda: filled("à́́́́,".encode(), b"username,firstname,lastname\n"),
    "arabic-ligatures": lambda: filled("ﷺ".encode() * 160 + b"\n", b"Name\n"),
    "korean": lambda: filled("김".encode("cp949") * 200 + b"\n"),
    "utf-16": lambda: b"\xff\xfe" + filled("a,b\n".encode("utf-16-le"))[:-2],
    "control-signs": lambda: filled(b"\x01"),
    "same-people": lambda: b"username,firstname,lastname,email\n" + b"m,M,K,m@x.example\n" * 2000,
    "bomb": bomb,
    "whole-school": whole_school,
    "empty-cells": full_of_empty_cells,
    "zip-of-nothing": lambda: filled(b"PK\x03\x04"),
}


def read(name: str, answer: Connection) -> None:
    """Read a file, twice, in a process whose largest size is that of this file; send what it took and what was said."""
    content = WORST[name]()
    assert len(content) <= MOST_BYTES, "refused unread"
    read_list(b"username,firstname,lastname\nm,M,K\n", ListAnswers())  # what Python itself takes
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    for answers in (ListAnswers(), ListAnswers("latin-1", "c-1", {"full_name": 0})):
        try:
            said = type(read_list(content, answers)).__name__
        except ListRefused as error:
            said = error.problems[0].reason
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    answer.send((time.process_time() - started, used / 1024, said))


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(3, list(WORST), 2))
def test_the_worst_file_takes_little_time_and_memory(name: str) -> None:
    answer, sender = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=read, args=(name, sender))
    process.start()
    sender.close()
    seconds, megabytes, said = answer.recv()
    process.join()
    assert seconds <= SECONDS, said
    assert megabytes <= MEGABYTES, said
