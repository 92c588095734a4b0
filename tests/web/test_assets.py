"""Static files: named by their content, kept for good, compressed ahead."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.config import Refusal
from learnapp.web.assets import STATIC, Assets


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Give a folder with a style that names a font, and a script that imports another."""
    source = tmp_path / "static"
    for name, text in {
        "css/look.css": '@font-face { src: url("../fonts/a.woff2"); }',
        "fonts/a.woff2": "font",
        "js/quiz.js": 'import { save } from "./net.js";\nsave();',
        "js/net.js": "export const save = () => {};",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    return source


def built(source: Path, **more: bool) -> Assets:
    assets = Assets(source, source.parent / "out", **more)
    assets.build()
    return assets


def test_a_name_changes_with_the_content(files: Path) -> None:
    before = built(files).url("js/net.js")
    (files / "js/net.js").write_text("export const save = () => 1;", encoding="utf-8")
    after = built(files).url("js/net.js")
    assert before != after
    assert re.fullmatch(r"/static/js/net\.[0-9a-f]{12}\.js", after)


def test_files_refer_to_each_other_by_the_new_names(files: Path) -> None:
    assets = built(files)
    style = (assets.target / assets.names["css/look.css"]).read_text()
    script = (assets.target / assets.names["js/quiz.js"]).read_text()
    assert f'url("../{assets.names["fonts/a.woff2"]}")' in style
    assert f'from "./{Path(assets.names["js/net.js"]).name}"' in script


def test_a_change_in_an_imported_file_renames_what_imports_it(files: Path) -> None:
    before = built(files).url("js/quiz.js")
    (files / "js/net.js").write_text("export const save = () => 2;", encoding="utf-8")
    assert built(files).url("js/quiz.js") != before


def test_scripts_that_import_each_other_in_a_circle_are_refused(files: Path) -> None:
    (files / "js/net.js").write_text('import "./quiz.js";', encoding="utf-8")
    with pytest.raises(Refusal, match="in a circle"):
        built(files)


def test_building_twice_writes_nothing_anew(files: Path) -> None:
    assets = built(files)
    times = {one: one.stat().st_mtime_ns for one in assets.target.rglob("*") if one.is_file()}
    built(files)
    assert {one: one.stat().st_mtime_ns for one in assets.target.rglob("*") if one.is_file()} == times


def test_in_debug_a_changed_file_is_served_at_once(files: Path) -> None:
    assets = built(files, watch=True)
    before = assets.url("js/net.js")
    (files / "js/net.js").write_text("export const save = () => 3;", encoding="utf-8")
    assert assets.url("js/net.js") != before


def test_an_unknown_file_is_a_mistake(app: Flask) -> None:
    with pytest.raises(KeyError):
        app.extensions["assets"].url("css/nothing.css")


@pytest.mark.parametrize(("accepted", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_styles_are_sent_as_compressed_ahead(
    app: Flask, client: FlaskClient, accepted: str, unpack: object
) -> None:
    url = app.extensions["assets"].url("css/look.css")
    answer = client.get(url, headers={"Accept-Encoding": accepted}, buffered=True)
    plain = client.get(url, headers={"Accept-Encoding": "identity"}, buffered=True)
    assert answer.headers["Content-Encoding"] == accepted
    assert callable(unpack)
    assert unpack(answer.data) == plain.data
    assert len(answer.data) < len(plain.data) / 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("css/look.css", "text/css"),
        ("js/site.js", "text/javascript"),
        ("img/icons.svg", "image/svg+xml"),
        ("fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", "font/woff2"),
    ],
)
def test_files_are_kept_for_good_and_have_their_type(
    app: Flask, client: FlaskClient, name: str, kind: str
) -> None:
    answer = client.get(app.extensions["assets"].url(name), buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=315360000" in answer.headers["Cache-Control"]


def test_a_file_has_only_its_hashed_name(client: FlaskClient) -> None:
    assert client.get("/static/css/look.css").status_code == 404


@pytest.mark.parametrize("path", ["../__init__.py", "..%2f__init__.py", "css/../../config.py", "/etc/passwd"])
def test_nothing_beside_the_static_files_can_be_had(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_every_licence_that_asks_for_it_is_served_with_its_file() -> None:
    for name in ("fonts/LICENSE.txt", "img/icons-LICENSE.txt", "vendor/htmx-LICENSE.txt"):
        assert (STATIC / name).stat().st_size > 500


def test_vendored_files_are_what_they_were() -> None:
    lines = (STATIC / "vendor" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    found = {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in (STATIC / "vendor").iterdir()
        if one.name != "SHA256SUMS"
    }
    assert found == listed


def test_the_command_builds_what_the_app_serves(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["assets", "build"])
    assert result.exit_code == 0
    assert f"{len(app.extensions['assets'].names)} files" in result.output
