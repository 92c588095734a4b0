"""Styles, scripts, fonts and pictures under names that change with their content, compressed ahead.

`build` copies learnapp/static to the instance folder: look.css becomes look.<hash>.css, beside it the same in
.br and .gz, and names inside it (fonts, imported modules) are replaced. It only makes what is missing, so it
costs a few milliseconds when all is there; the app calls it at each start, `flask assets build` before.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
from flask import Flask
from whitenoise import WhiteNoise

from learnapp.config import Refusal
from learnapp.web import headers

if TYPE_CHECKING:
    from wsgiref.headers import Headers

STATIC = Path(__file__).resolve().parent.parent / "static"
PREFIX = "/static/"
SQUEEZED = {".css", ".js", ".svg", ".txt", ".json"}
REFERENCE = {
    ".css": re.compile(r'(?P<before>url\(")(?P<name>[^"#]+)(?P<after>")'),
    ".js": re.compile(r'(?P<before>\b(?:from|import)\s*\(?\s*")(?P<name>\.[^"]+)(?P<after>")'),
}


class Assets:
    """Knows each file's hashed name; in debug it looks again when a file has changed."""

    def __init__(self, source: Path, target: Path, watch: bool = False) -> None:
        self.source = source
        self.target = target
        self.watch = watch
        self.names: Mapping[str, str] = {}
        self._stamp = -1

    def build(self) -> Mapping[str, str]:
        """Make what is missing; return each name with its hashed one."""
        made: dict[str, bytes] = {}
        names: dict[str, str] = {}
        for file in sorted(self.source.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                self._name(file, names, made, ())
        for name, content in made.items():
            self._write(name, content)
        self.names = names
        self._stamp = self._latest()
        return names

    def url(self, name: str) -> str:
        """Return the address of a file below static/. Raises KeyError for an unknown one."""
        if self.watch and self._latest() != self._stamp:
            self.build()
        return PREFIX + self.names[name]

    def _name(self, file: Path, names: dict[str, str], made: dict[str, bytes], above: tuple[str, ...]) -> str:
        """Give a file its hashed name, after those that it refers to."""
        name = file.relative_to(self.source).as_posix()
        if name in names:
            return names[name]
        if name in above:
            raise Refusal(f"static files import each other in a circle: {' -> '.join((*above, name))}")
        content = file.read_bytes()
        pattern = REFERENCE.get(file.suffix)
        if pattern and "vendor" not in file.parts:
            text = content.decode()

            def replace(found: re.Match[str]) -> str:
                other = (file.parent / found["name"]).resolve()
                hashed = self._name(other, names, made, (*above, name))
                relative = os.path.relpath(hashed, Path(name).parent)
                dotted = relative if file.suffix == ".css" or relative.startswith(".") else f"./{relative}"
                return found["before"] + dotted + found["after"]

            content = pattern.sub(replace, text).encode()
        digest = hashlib.sha256(content).hexdigest()[:12]
        names[name] = str(Path(name).with_name(f"{file.stem}.{digest}{file.suffix}"))
        made[names[name]] = content
        return names[name]

    def _write(self, name: str, content: bytes) -> None:
        file = self.target / name
        if file.suffix in SQUEEZED:
            for suffix, squeeze in ((".br", brotli.compress), (".gz", _gzip)):
                squeezed = file.with_name(file.name + suffix)
                if not squeezed.exists():
                    _put(squeezed, squeeze(content))
        if not file.exists():
            _put(file, content)

    def _latest(self) -> int:
        return max(one.stat().st_mtime_ns for one in self.source.rglob("*"))


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _put(file: Path, content: bytes) -> None:
    """Write a file in one step, so that two starting processes cannot spoil it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(file)


def init_app(app: Flask) -> None:
    """Serve the files below /static, without asking Flask, and give templates `asset(name)`."""
    settings = app.config["SETTINGS"]
    assets = Assets(STATIC, settings.instance_path / "static", watch=settings.debug)
    assets.build()
    app.extensions["assets"] = assets
    app.jinja_env.globals["asset"] = assets.url

    def more(made: Headers, _path: str, _url: str) -> None:
        headers.add_to_file(settings.secure, made)

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(assets.target),
        prefix=PREFIX,
        autorefresh=settings.debug,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=more,
        allow_all_origins=False,
        charset="utf-8",
    )
