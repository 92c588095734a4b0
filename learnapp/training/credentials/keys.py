"""Keys of credentials: the one that signs, and the public parts of all that signed before it.

They stand in `credential_key` in the instance folder, one JWK a line, the newest first. What a former key signed is
still to be verified, so its public part stays for ever, while its private part is dropped when a newer one comes.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from learnapp.config.secret_file import is_open_to_others, replace_secrets, write_once
from learnapp.training.errors import CredentialKeyRefused

log = logging.getLogger(__name__)

NAME = "credential_key"
BITS = 2048


@dataclass(frozen=True, slots=True)
class CredentialKey:
    """An RSA key: its thumbprint (RFC 7638), since when it is there, its public numbers.

    `private` is the whole JWK as text, empty where the key does not sign any more. It stands in no representation.
    """

    thumbprint: str
    since: datetime
    n: str
    e: str
    private: str = field(default="", repr=False)

    def public_jwk(self, kid: str) -> dict[str, str]:
        """Return what verifiers need, and nothing else."""
        return {"kty": "RSA", "n": self.n, "e": self.e, "alg": "RS256", "use": "sig", "kid": kid}


def read_keys(folder: Path) -> tuple[CredentialKey, ...]:
    """Return the keys of an instance folder, the one that signs first; none where there is no file.

    The file is read again when it has changed, so a new key needs no restart. Raises CredentialKeyRefused where others
    can read it, or nobody could make sense of it.
    """
    file = folder / NAME
    try:
        status = file.stat()
    except FileNotFoundError:
        return ()
    if is_open_to_others(folder, NAME):
        raise _refused(f"Others can read it. Take it from them: chmod 600 {file}")
    return _parse(file, status.st_ino, status.st_mtime_ns, status.st_size)


def ensure_keys(folder: Path, now: datetime) -> tuple[CredentialKey, ...]:
    """Return the keys of an instance folder, which gets one if it has none."""
    return read_keys(folder) or read_keys(write_key(folder, now).parent)


def write_key(folder: Path, now: datetime) -> Path:
    """Write a key, unless there is one; return its file. All who start at once get the same one."""
    return write_once(folder, NAME, lambda: [_new_line(now)])


def rotate_key(folder: Path, now: datetime) -> CredentialKey:
    """Sign with a new key from now on, and return it; of the former ones the public parts stay."""
    former = [_line({"kty": "RSA", "n": key.n, "e": key.e}, key.thumbprint, key.since) for key in read_keys(folder)]
    replace_secrets(folder, [_new_line(now), *former], NAME)
    return read_keys(folder)[0]


@lru_cache(maxsize=1)  # so that a private part that was dropped is soon gone from memory, too
def _parse(file: Path, _inode: int, _changed: int, _size: int) -> tuple[CredentialKey, ...]:
    try:
        keys = tuple(map(_key, file.read_text(encoding="utf-8").splitlines()))
    except (ValueError, KeyError, TypeError):
        keys = None
    if keys is None or (keys and not keys[0].private):  # outside of the handler, as the cause quotes the file
        raise _refused(f"{file} is damaged. Put back that of a backup.")
    return keys


def _key(line: str) -> CredentialKey:
    jwk = json.loads(line)
    since = datetime.fromisoformat(jwk["since"])
    return CredentialKey(jwk["kid"], since, jwk["n"], jwk["e"], line if "d" in jwk else "")


def _new_line(now: datetime) -> str:
    from joserfc.jwk import RSAKey  # 0.1 s and 20 MB, for those alone who make a key

    made = RSAKey.generate_key(BITS)
    return _line(made.as_dict(private=True), made.thumbprint(), now)


def _line(jwk: Mapping[str, Any], thumbprint: str, since: datetime) -> str:
    return json.dumps({**jwk, "kid": thumbprint, "since": since.isoformat(timespec="seconds")})


def _refused(why: str) -> CredentialKeyRefused:
    log.error("The key that signs credentials is refused. %s", why)
    return CredentialKeyRefused(why)
