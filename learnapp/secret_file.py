"""Secret file: `secret_key` in the instance folder; its first line signs, further lines are former secrets.

What a former secret signed is still believed, so that a new one signs nobody out.
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

NAME = "secret_key"


def read_secrets(folder: Path) -> list[str]:
    """Return the secrets of an instance folder, the newest first; none where there is no file."""
    file = folder / NAME
    return file.read_text(encoding="utf-8").split() if file.is_file() else []


def write_secret(folder: Path) -> Path:
    """Write a new secret that only its owner can read, unless there is one; return its file."""
    if not read_secrets(folder):
        replace_secrets(folder, [secrets.token_urlsafe(48)])
    return folder / NAME


def rotate_secret(folder: Path) -> None:
    """Sign with a new secret from the next start on, and believe what the present ones have signed."""
    replace_secrets(folder, [secrets.token_urlsafe(48), *read_secrets(folder)])


def replace_secrets(folder: Path, lines: Sequence[str], name: str = NAME) -> None:
    """Put these secrets in place of all others; at no moment is there half a file, whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / name)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Have the disk keep what was renamed in a folder; does nothing where a folder cannot be opened (Windows)."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
