"""Keys of credentials: one for all who start at once, its owner's alone; former ones stay as public keys."""

import json
import logging
import os
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from jwcrypto.jwk import JWK

from learnapp.training.credentials.keys import NAME, CredentialKey, ensure_keys, read_keys, rotate_key, write_key
from learnapp.training.errors import CredentialKeyRefused
from tests.factories.base import NOON
from tests.logs import logged
from tests.programs import FORKED

PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


def first_key(folder: Path) -> str:
    return ensure_keys(folder, NOON)[0].thumbprint


def new_key(folder: Path) -> str:
    return rotate_key(folder, NOON).thumbprint


def private_numbers(folder: Path) -> list[str]:
    """Return all that must never be seen of the keys in a folder."""
    lines = map(json.loads, (folder / NAME).read_text().splitlines())
    return [value for jwk in lines for name, value in jwk.items() if name in PRIVATE]


def test_a_key_is_made_once_its_owner_s_alone_and_leaves_nothing_else(tmp_path: Path) -> None:
    assert read_keys(tmp_path) == ()
    (made,) = ensure_keys(tmp_path, NOON)
    assert made.since == NOON
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [NAME]
    assert ensure_keys(tmp_path, NOON + timedelta(days=1)) == (made,)


def test_a_key_has_2048_bits_and_the_thumbprint_that_another_library_finds(tmp_path: Path) -> None:
    (made,) = ensure_keys(tmp_path, NOON)
    other = JWK(**made.public_jwk("here"))
    assert other.thumbprint() == made.thumbprint
    assert other.export_public(as_dict=True) == made.public_jwk("here")
    assert other.get_op_key("verify").key_size == 2048


@pytest.mark.long
@pytest.mark.slow
def test_twenty_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    with FORKED.Pool(20) as pool:
        said = pool.map(first_key, [tmp_path] * 20, chunksize=1)
    assert set(said) == {read_keys(tmp_path)[0].thumbprint}
    assert os.listdir(tmp_path) == [NAME]


def test_threads_that_need_the_first_key_at_once_have_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: ensure_keys(tmp_path, NOON), range(8)))) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused_until_it_is_taken_from_them(tmp_path: Path, mode: int) -> None:
    file = write_key(tmp_path, NOON)
    assert read_keys(tmp_path)
    file.chmod(mode)
    with pytest.raises(CredentialKeyRefused, match="chmod 600"):
        read_keys(tmp_path)
    with pytest.raises(CredentialKeyRefused):
        rotate_key(tmp_path, NOON)
    file.chmod(0o600)
    assert read_keys(tmp_path)


def test_a_new_key_signs_and_the_former_ones_are_public_only(tmp_path: Path) -> None:
    first = ensure_keys(tmp_path, NOON)[0]
    second = rotate_key(tmp_path, NOON + timedelta(days=1))
    third = rotate_key(tmp_path, NOON + timedelta(days=2))
    found = read_keys(tmp_path)
    assert [key.thumbprint for key in found] == [third.thumbprint, second.thumbprint, first.thumbprint]
    assert [key.since for key in found] == [NOON + timedelta(days=days) for days in (2, 1, 0)]
    assert [bool(key.private) for key in found] == [True, False, False]
    assert found[2].public_jwk("x") == first.public_jwk("x")
    assert len(private_numbers(tmp_path)) == 6
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


@pytest.mark.slow
def test_a_key_that_another_process_has_put_there_is_read_without_a_restart(tmp_path: Path) -> None:
    before = ensure_keys(tmp_path, NOON)
    with FORKED.Pool(1) as pool:
        made = pool.apply(new_key, [tmp_path])
    newest, former = read_keys(tmp_path)
    assert newest.thumbprint == made
    assert former.thumbprint == before[0].thumbprint


def test_a_file_that_is_as_it_was_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ensure_keys(tmp_path, NOON)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("it is read again"))
    assert read_keys(tmp_path) is before


@pytest.mark.parametrize("spoil", ["x", '{"kty": "RSA"}', "[]", '{"d": 1, '])
def test_no_private_number_is_told_by_errors_logs_or_representations(tmp_path: Path, spoil: str) -> None:
    (made,) = ensure_keys(tmp_path, NOON)
    numbers, file = private_numbers(tmp_path), tmp_path / NAME
    with logged(logging.DEBUG) as out:
        told = StringIO(f"{made!r} {made} {rotate_key(tmp_path, NOON)!r}")
        numbers += private_numbers(tmp_path)
        file.write_text(f"{spoil}\n{file.read_text()}")
        with pytest.raises(CredentialKeyRefused) as raised:
            read_keys(tmp_path)
        logging.getLogger("learnapp").error("failure", exc_info=raised.value)
        told.write("".join(traceback.format_exception(raised.value)))
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    assert len(numbers) == 12
    assert "damaged" in out.getvalue()
    for number in numbers:
        assert number not in out.getvalue() + told.getvalue()


def test_a_file_without_a_private_key_is_damaged(tmp_path: Path) -> None:
    file = write_key(tmp_path, NOON)
    jwk = {name: value for name, value in json.loads(file.read_text()).items() if name not in PRIVATE}
    file.write_text(json.dumps(jwk))
    with pytest.raises(CredentialKeyRefused, match="damaged"):
        read_keys(tmp_path)


def test_a_public_key_has_nothing_but_public_numbers() -> None:
    jwk = CredentialKey("thumb", NOON, "n", "e", "private").public_jwk("there")
    assert jwk == {"kty": "RSA", "n": "n", "e": "e", "alg": "RS256", "use": "sig", "kid": "there"}
