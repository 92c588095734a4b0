"""Spoilt files: thousands of them are read or refused in words, and none is taken in by half."""

import random
from collections.abc import Callable, Iterator

import pytest

from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.archive import pack
from learnapp.groups.roster.lists.reading.decode import OFFERED
from learnapp.groups.roster.lists.reading.files import read_list
from learnapp.groups.roster.lists.values import ListAnswers, PeopleList
from learnapp.groups.roster.models import RosterImport
from tests.actors.groups import Class
from tests.actors.lists import apply, bring
from tests.actors.people import People
from tests.groups.roster.lists.samples import BORN, SAMPLES, SCHOOL, SECRET, school
from tests.shares import LONG

MUTATIONS = 5_000 if LONG else 400
CARRIED_OUT = 250 if LONG else 20
Mutate = Callable[[random.Random, bytes], bytes]


def drop_cell(chance: random.Random, content: bytes) -> bytes:
    cells = content.split(b",")
    del cells[chance.randrange(len(cells))]
    return b",".join(cells)


def double_cell(chance: random.Random, content: bytes) -> bytes:
    cells = content.split(b",")
    at = chance.randrange(len(cells))
    return b",".join([*cells[:at], cells[at], *cells[at:]])


def drop_line(chance: random.Random, content: bytes) -> bytes:
    rows = content.splitlines(keepends=True)
    del rows[chance.randrange(len(rows))]
    return b"".join(rows)


def double_line(chance: random.Random, content: bytes) -> bytes:
    rows = content.splitlines(keepends=True)
    return b"".join([*rows, chance.choice(rows)])


def put(what: bytes) -> Mutate:
    def mutate(chance: random.Random, content: bytes) -> bytes:
        at = chance.randrange(len(content) + 1)
        return content[:at] + what + content[at:]

    return mutate


def cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def swap_encoding(chance: random.Random, content: bytes) -> bytes:
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", *OFFERED])
    return content.decode("utf-8-sig", "replace").encode(encoding, "replace")


def swap_ends(chance: random.Random, content: bytes) -> bytes:
    return content.replace(b"\r\n", chance.choice([b"\n", b"\r", b"\n\r", b"\0\n", b"\x85", b"\xe2\x80\xa8"]))


def swap_delimiter(chance: random.Random, content: bytes) -> bytes:
    return content.replace(b",", chance.choice([b";", b"\t", b"|", b",,", b" , ", b"\x1f"]))


MUTATE: tuple[Mutate, ...] = (
    *(drop_cell, double_cell, drop_line, double_line, cut, flip, swap_encoding, swap_ends, swap_delimiter),
    *map(put, (b"\0", b'"', b"'", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b",", b"\r", b"\n", b'""', b'"\n"', b"=")),
)


def spoilt(count: int) -> Iterator[bytes]:
    """Yield files, each changed once to three times, zips among them; always the same."""
    chance = random.Random(20261121)
    files = [sample.content for sample in SAMPLES.values()]
    for _ in range(count):
        if chance.random() < 0.2:
            parts = {name: _mutated(chance, one) if chance.random() < 0.5 else one for name, one in SCHOOL.items()}
            content = pack(parts)
            yield chance.choice([flip, cut])(chance, content) if chance.random() < 0.3 else content
        else:
            yield _mutated(chance, chance.choice(files))


def _mutated(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(MUTATE)(chance, content or b"x")
    return content


@pytest.mark.scaled
def test_spoilt_files_are_read_or_refused_in_words() -> None:
    outcomes = set()
    for content in spoilt(MUTATIONS):
        for answers in (ListAnswers(), ListAnswers("latin-1", "c-1", {"full_name": 0})):
            try:
                found = read_list(content, answers)
            except ListRefused:
                outcomes.add("refused")
                continue
            outcomes.add(type(found).__name__)
            if isinstance(found, PeopleList):
                assert len({person.row for person in found.people}) == len(found.people)
                assert all(person.left_out or person.full_name for person in found.people)
    assert outcomes == {"refused", "PeopleList", "EncodingQuestion", "ClassQuestion", "ColumnsQuestion"}


@pytest.mark.slow
@pytest.mark.scaled
def test_no_spoilt_file_is_taken_in_by_half(people: People) -> None:
    """Every person who is offered comes in, or nobody does and no row is left."""
    taken = 0
    for content in spoilt(CARRIED_OUT):
        one = Class(people)
        answer = bring(one.ada, one.id, content)
        assert answer.status_code in {200, 303, 422}
        if answer.status_code != 303:
            assert one.members() == set()
            continue
        page = one.ada.get(answer.location).text
        if 'name="digest"' not in page:
            assert one.members() == set()
            continue
        offered = page.count("signs in as")
        apply(one.ada, answer.location)
        assert len(one.members()) == offered
        taken += 1
    assert 0 < taken < CARRIED_OUT
    assert people.count(RosterImport) >= taken


def test_samples_hold_what_must_not_be_kept() -> None:
    """Or the tests that look for it would look for nothing."""
    everything = b"".join(sample.content for sample in SAMPLES.values())
    assert everything.count(SECRET.encode()) > 10
    assert BORN.encode() in everything
    assert len(school(users=b"x")) > 50


@pytest.mark.parametrize("mutate", MUTATE)
def test_each_way_of_spoiling_changes_something(mutate: Mutate) -> None:
    content = SAMPLES["moodle"].content + b"\r\n"
    assert any(mutate(random.Random(number), content) != content for number in range(5))
