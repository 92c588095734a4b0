"""Static files: styles, scripts, fonts and pictures, all below one hash of their content, compressed ahead.

They name each other by relative paths, and may be cached for ever. The folders of earlier builds stay: a page
that was open during an update goes on with the files it was made for.
"""

import hashlib
import os
import re
import shutil
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from learnapp.web.http import headers

STATIC = Path(__file__).resolve().parents[2] / "static"


def read_file(file: Path) -> bytes:
    """Return a file's content; in a stylesheet, each `@import` is replaced by the file it names."""
    if file.suffix != ".css":
        return file.read_bytes()
    part = re.compile(rb'^@import "([\w-]+\.css)";$', re.M)
    return part.sub(lambda match: (file.parent / match[1].decode()).read_bytes(), file.read_bytes())


def stylesheet() -> str:
    """Return the text of the stylesheet."""
    return read_file(STATIC / "css" / "look.css").decode()


def build_assets(source: Path, target: Path) -> dict[str, str]:
    """Copy the files to `<target>/<hash>/` if they are not there; return the address of each name."""
    paths = [path for path in sorted(source.rglob("*")) if path.is_file()]
    files = {path.relative_to(source).as_posix(): read_file(path) for path in paths}
    digest = hashlib.sha256(repr(files).encode()).hexdigest()[:12]
    if not (target / digest).exists():
        draft = target / f".{digest}.{os.getpid()}"
        for name, content in files.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_bytes(content)
            if (compressor := Compressor(quiet=True)).should_compress(name):
                compressor.compress(str(draft / name))
        try:
            draft.replace(target / digest)
        except OSError:  # another process has just made the same folder
            shutil.rmtree(draft)
    return {name: f"/static/{digest}/{name}" for name in files}


def init_app(app: Flask) -> None:
    """Serve the files below /static, without asking Flask, and give templates `asset(name)`."""
    settings = app.config["SETTINGS"]
    target = settings.instance_path / "static"

    def addresses() -> dict[str, str]:
        return {name: settings.prefix + address for name, address in build_assets(STATIC, target).items()}

    urls = app.extensions["assets"] = addresses()
    app.jinja_env.globals["asset"] = urls.__getitem__
    if settings.debug:
        app.before_request(lambda: urls.update(addresses()))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(target),
        prefix="/static/",
        autorefresh=settings.debug,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=lambda sent, _path, _url: headers.add_to_file(settings, sent),
        allow_all_origins=False,
        charset="utf-8",
    )
