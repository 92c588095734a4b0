"""The worst files: each is read or refused within 5 seconds and 256 MB, more than the smallest file takes."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from learnapp.config.settings import ROOT
from learnapp.groups.roster.lists.reading.archive import MOST_BYTES as MOST_UNPACKED
from learnapp.groups.roster.lists.reading.archive import pack
from learnapp.groups.roster.lists.reading.files import MOST_BYTES, SCHOOL_ROWS

SECONDS, MEGABYTES = 5.0, 256
# In a process of its own, whose largest size is that of this file; the small one shows what Python takes itself.
READ = """
import json, resource, sys, time
from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.files import read_list
from learnapp.groups.roster.lists.values import ListAnswers
read_list(b"username,firstname,lastname\\nm,M,K\\n", ListAnswers())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
content, started = open(sys.argv[1], "rb").read(), time.process_time()
for answers in (ListAnswers(), ListAnswers("latin-1", "c-1", {"full_name": 0})):
    try:
        said = type(read_list(content, answers)).__name__
    except ListRefused as error:
        said = error.problems[0].reason
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([time.process_time() - started, used / 1024, said]))
"""
USERS = b"sourcedId,role,username,givenName,familyName\n"
ENROLLED = b"classSourcedId,userSourcedId,role\n"


def filled(line: bytes, header: bytes = b"") -> bytes:
    """Return as many of the same line as a file may hold."""
    return header + line * ((MOST_BYTES - len(header)) // len(line))


def bomb() -> bytes:
    """Return a zip of a few kilobytes that unpacks to very much."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(50):
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


@pytest.mark.parametrize("name", WORST)
def test_the_worst_file_takes_little_time_and_memory(tmp_path: Path, name: str) -> None:
    file = tmp_path / "list"
    file.write_bytes(WORST[name]())
    assert file.stat().st_size <= MOST_BYTES, "refused unread"
    command = [sys.executable, "-c", READ, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    seconds, megabytes, said = json.loads(done.stdout)
    assert seconds <= SECONDS, said
    assert megabytes <= MEGABYTES, said
