"""Static files: styles, scripts, fonts and pictures, all below one hash of their content, compressed ahead.

They name each other by relative paths, and may be cached for ever. A stylesheet or script is sent with all that it
imports in one file, and without comments. The folders of earlier builds stay: a page that was open during an update
goes on with the files it was made for.
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

# The only way in which our scripts import one another; what is loaded later is asked for by import().
_IMPORT = re.compile(rb'^import \{([\w, ]+)\} from "\./([\w/-]+\.js)";$', re.M)
STATIC = Path(__file__).resolve().parents[2] / "static"


def read_file(file: Path) -> bytes:
    """Return a file's content; what a stylesheet or a script imports is put in its place."""
    if file.suffix == ".js":
        return _IMPORT.sub(lambda match: _module(file.parent, match[2], match[1]), file.read_bytes())
    if file.suffix != ".css":
        return file.read_bytes()
    part = re.compile(rb'^@import "([\w-]+\.css)";$', re.M)
    return part.sub(lambda match: (file.parent / match[1].decode()).read_bytes(), file.read_bytes())


def _module(folder: Path, name: bytes, names: bytes) -> bytes:
    """Return a script's module as the value of the names that another one imports from it.

    Addresses that it makes from its own stay the same, though it is now part of a script in another folder.
    """
    body = re.sub(rb"(?m)^export (?=(?:async )?(?:function|class|const)\b)", b"", read_file(folder / name.decode()))
    body = body.replace(b"import.meta.url", b'new URL("./%s", import.meta.url)' % name)
    return b"const {%s} = (() => {\n%s\nreturn {%s};\n})();" % (names, body, names)


def shrink(name: str, content: bytes) -> bytes:
    """Return a stylesheet or a script without its comments and most of its spaces."""
    if name.endswith(".css"):
        content = re.sub(rb"/\*.*?\*/", b"", content, flags=re.S)
        return re.sub(rb" ?([{}]) ?|(?<=;) ", rb"\1", re.sub(rb"\s+", b" ", content)).strip()
    if name.endswith(".js"):
        return re.sub(rb"(?m)^\s*(?://.*)?\n|^\s+", b"", content)
    return content


def stylesheet() -> str:
    """Return the text of the stylesheet."""
    return read_file(STATIC / "css" / "look.css").decode()


def build_assets(source: Path, target: Path) -> dict[str, str]:
    """Copy the files to `<target>/<hash>/` if they are not there; return the address of each name."""
    paths = [path for path in sorted(source.rglob("*")) if path.is_file()]
    files = {path.relative_to(source).as_posix(): shrink(path.name, read_file(path)) for path in paths}
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
