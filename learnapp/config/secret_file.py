"""Secret file: `secret_key` in the instance folder; its first line signs, further lines are former secrets.

What a former secret signed is still believed, so that a new one signs nobody out.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NAME = "secret_key"


def read_secrets(folder: Path) -> list[str]:
    """Return the secrets of an instance folder, the newest first; none where there is no file."""
    file = folder / NAME
    return file.read_text(encoding="utf-8").split() if file.is_file() else []


def write_secret(folder: Path) -> Path:
    """Write a new secret, unless there is one; return its file. All who start at once get the same one."""
    return write_once(folder, NAME, lambda: [new_secret()])


def write_once(folder: Path, name: str, make_lines: Callable[[], Sequence[str]]) -> Path:
    """Write a file that is its owner's alone, unless there is one; return it. All who start at once get the same."""
    file = folder / name
    if file.is_file() and not file.stat().st_size:
        file.unlink()  # a full disk has left it empty
    if not file.is_file():
        with _draft(folder, make_lines(), name) as draft:
            try:
                os.link(draft, file)  # unlike a renaming, it takes nothing away from who was faster
            except FileExistsError:
                pass
    return file


def is_open_to_others(folder: Path, name: str = NAME) -> bool:
    """Tell whether somebody beside its owner can read a file of secrets (on Windows there is no telling)."""
    file = folder / name
    return os.name == "posix" and file.is_file() and bool(file.stat().st_mode & 0o077)


def foreign_owner(folder: Path) -> int | None:
    """Return whose a folder is, by user id, unless it is whoever runs this: what others write there cannot be read."""
    owner = folder.stat().st_uid
    return owner if hasattr(os, "geteuid") and os.geteuid() != owner else None


def new_secret() -> str:
    """Return a secret that nobody guesses: 384 bits."""
    return secrets.token_urlsafe(48)


def rotate_secret(folder: Path, new: str) -> None:
    """Sign with a new secret from the next start on, and believe what the present ones have signed."""
    replace_secrets(folder, [new, *read_secrets(folder)])


def replace_secrets(folder: Path, lines: Sequence[str], name: str = NAME) -> None:
    """Put these secrets in place of all others; at no moment is there half a file, whatever happens."""
    with _draft(folder, lines, name) as draft:
        draft.replace(folder / name)


@contextmanager
def _draft(folder: Path, lines: Sequence[str], name: str) -> Iterator[Path]:
    """Yield a file of this folder with these lines on the disk, and keep what becomes of it there."""
    make_private_folder(folder)
    draft = folder / f".{name}.{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
            out.flush()
            os.fsync(out.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(folder)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, unless it is there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


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
