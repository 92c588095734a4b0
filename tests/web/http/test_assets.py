"""Static files: below one hash of them all, cached for ever, compressed ahead."""

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.web.http import assets
from learnapp.web.http.assets import STATIC, build_assets


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a folder with a stylesheet in two parts, and a script that imports another."""
    folder = tmp_path / "source"
    for name, text in {
        "css/look.css": '/* the look */\n@import "base.css";\n@import "print.css";\n',
        "css/base.css": '@font-face { src: url("../fonts/a.woff2"); }\n',
        "css/print.css": "p { orphans: 3; }\n",
        "fonts/a.woff2": "font",
        "js/quiz.js": 'import { save } from "./net.js";\nsave();',
        "js/net.js": "export const save = () => {};",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target"


def test_a_change_in_any_file_changes_every_address(source: Path, target: Path) -> None:
    before = build_assets(source, target)
    (source / "js/net.js").write_text("export const save = () => 1;", encoding="utf-8")
    after = build_assets(source, target)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert re.fullmatch(r"/static/[0-9a-f]{12}/js/net\.js", after["js/net.js"])


def test_the_files_of_an_earlier_build_stay_for_pages_that_are_open(source: Path, target: Path) -> None:
    before = build_assets(source, target)["js/net.js"]
    (source / "js/net.js").write_text("export const save = () => 1;", encoding="utf-8")
    build_assets(source, target)
    assert (target / before.removeprefix("/static/")).read_text() == "export const save = () => {};"


def test_the_stylesheet_is_joined_from_its_parts(source: Path, target: Path) -> None:
    url = build_assets(source, target)["css/look.css"]
    joined = (target / url.removeprefix("/static/")).read_text()
    assert "@import" not in joined
    assert joined.index("@font-face") < joined.index("orphans")


def test_a_script_is_sent_with_what_it_imports(source: Path, target: Path) -> None:
    url = build_assets(source, target)["js/quiz.js"]
    sent = (target / url.removeprefix("/static/")).read_text()
    assert sent == "const { save } = (() => {\nconst save = () => {};\nreturn { save };\n})();\nsave();"


def test_a_script_of_another_folder_finds_its_files_where_it_is_sent(source: Path, target: Path) -> None:
    for name, text in {
        "js/page.js": 'import { start } from "./parts/all.js";\nstart();',
        "js/parts/all.js": 'import { SIGN } from "./sign.js";\nexport const start = () => SIGN;',
        "js/parts/sign.js": 'export const SIGN = new URL("../../img/a.svg", import.meta.url);',
    }.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    url = build_assets(source, target)["js/page.js"]
    sent = (target / url.removeprefix("/static/")).read_text()
    base = 'new URL("./sign.js", new URL("./parts/all.js", import.meta.url))'
    assert f'const SIGN = new URL("../../img/a.svg", {base});' in sent


def test_comments_and_indents_are_not_sent(source: Path, target: Path) -> None:
    (source / "css/look.css").write_text('/* a */\n:root { --dark: ; }\np > a { color: red; content: "a b"; }\n')
    (source / "js/net.js").write_text("// why\nif (true) {\n  go(); // now\n}\n")
    urls = build_assets(source, target)
    style, script = (
        (target / urls[name].removeprefix("/static/")).read_text() for name in ("css/look.css", "js/net.js")
    )
    assert style == ':root{--dark: ;}p > a{color: red;content: "a b";}'
    assert script == "if (true) {\ngo(); // now\n}\n"


def test_no_script_of_the_site_asks_for_another_before_it_runs(target: Path) -> None:
    urls = build_assets(STATIC, target)
    scripts = [target / url.removeprefix("/static/") for name, url in urls.items() if name.endswith(".js")]
    assert len(scripts) > 10
    assert [script.name for script in scripts if re.search(r"^import\b(?!\()", script.read_text(), re.M)] == []


def test_a_missing_part_of_the_stylesheet_is_a_mistake(source: Path, target: Path) -> None:
    (source / "css/print.css").unlink()
    with pytest.raises(FileNotFoundError, match=r"print\.css"):
        build_assets(source, target)


def test_building_twice_writes_nothing_anew(source: Path, target: Path) -> None:
    build_assets(source, target)
    times = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    build_assets(source, target)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == times


def test_of_two_processes_that_build_at_once_either_may_be_first(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_beside(draft: Path, folder: Path) -> None:
        """Let the other process finish just before this one does."""
        folder.mkdir()
        (folder / "of-the-other").touch()
        rename(draft, folder)

    rename = Path.replace
    monkeypatch.setattr(Path, "replace", build_beside)
    urls = build_assets(source, target)
    assert [path.name for path in target.iterdir()] == [urls["js/net.js"].split("/")[2]]


def test_in_debug_a_changed_file_is_served_at_once(
    make_app: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(STATIC, tmp_path / "copy")
    monkeypatch.setattr(assets, "STATIC", copy)
    client = make_app(environment="development", debug=True).test_client()
    before = stylesheet_address(client)
    (copy / "css/print.css").write_text("p { orphans: 4; }", encoding="utf-8")
    after = stylesheet_address(client)
    assert after != before
    assert "orphans: 4" in client.get(after, buffered=True).text


def stylesheet_address(client: FlaskClient) -> str:
    found = re.search(r'<link rel="stylesheet" href="([^"]+)"', client.get("/support").text)
    assert found
    return found[1]


def test_an_unknown_file_is_a_mistake(app: Flask) -> None:
    with pytest.raises(KeyError):
        app.extensions["assets"]["css/nothing.css"]


@pytest.mark.parametrize(("accepted", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_styles_are_sent_as_compressed_ahead(app: Flask, client: FlaskClient, accepted: str, unpack: object) -> None:
    url = app.extensions["assets"]["css/look.css"]
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
def test_files_are_kept_for_good_and_have_their_type(app: Flask, client: FlaskClient, name: str, kind: str) -> None:
    answer = client.get(app.extensions["assets"][name], buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=315360000" in answer.headers["Cache-Control"]


def test_a_file_has_only_its_address_with_the_hash(client: FlaskClient) -> None:
    assert client.get("/static/css/look.css").status_code == 404


@pytest.mark.parametrize("path", ["../__init__.py", "..%2f__init__.py", "css/../../cli.py", "/etc/passwd"])
def test_nothing_beside_the_static_files_can_be_had(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_every_licence_that_asks_for_it_is_served_with_its_file() -> None:
    for name in ("fonts/LICENSE.txt", "img/icons-LICENSE.txt"):
        assert (STATIC / name).stat().st_size > 500


def test_the_command_builds_what_the_app_serves(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["assets", "build"])
    assert result.exit_code == 0
    assert f"{len(app.extensions['assets'])} files" in result.output
