"""The catalog's holder: loaded once, in debug anew when a file changes, never without a good version."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from learnapp.config.settings import ConfigurationError
from learnapp.web import catalog
from learnapp.web.catalog import CatalogHolder


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """Let the loader return what the file says ("good 1", "bad"), and list what was loaded."""
    done: list[Any] = []
    (tmp_path / "modules").mkdir()
    monkeypatch.setattr(catalog, "LOOK_AGAIN_SECONDS", -1.0)

    def load(root: Path) -> SimpleNamespace:
        text = (root / "modules" / "course.yaml").read_text()
        found = SimpleNamespace(source="the source", text=text) if text.startswith("good") else None
        problems = () if found else (SimpleNamespace(severity="error", __str__=lambda: "bad"),)
        done.append(text)
        return SimpleNamespace(catalog=found, problems=problems)

    monkeypatch.setattr(catalog, "load", load)
    return done


def write(root: Path, text: str, at: int) -> None:
    file = root / "modules" / "course.yaml"
    file.write_text(text)
    os.utime(file, (at, at))


def test_content_is_read_once(loads: list[Any], tmp_path: Path) -> None:
    write(tmp_path, "good 1", 1)
    holder = CatalogHolder(tmp_path, reload=False)
    first = holder.get()
    write(tmp_path, "good 2", 2)
    assert holder.get() is first
    assert loads == ["good 1"]


def test_in_debug_a_change_is_read_at_once(loads: list[Any], tmp_path: Path) -> None:
    write(tmp_path, "good 1", 1)
    holder = CatalogHolder(tmp_path, reload=True)
    holder.get()
    holder.get()
    write(tmp_path, "good 2", 2)
    assert holder.get().text == "good 2"  # type: ignore[attr-defined]
    assert loads == ["good 1", "good 2"]


def test_the_last_good_version_stays_while_the_files_have_errors(loads: list[Any], tmp_path: Path) -> None:
    write(tmp_path, "good 1", 1)
    holder = CatalogHolder(tmp_path, reload=True)
    first = holder.get()
    write(tmp_path, "bad", 2)
    assert holder.get() is first
    assert len(holder.problems) == 1
    write(tmp_path, "good 3", 3)
    assert holder.get() is not first
    assert not holder.problems


def test_without_any_good_version_the_app_refuses(loads: list[Any], tmp_path: Path) -> None:
    write(tmp_path, "bad", 1)
    with pytest.raises(ConfigurationError, match="The content has errors"):
        CatalogHolder(tmp_path, reload=False).get()


class Kept:
    """A snapshot that has something or not, and knows what it was given."""

    def __init__(self, catalog: Any) -> None:
        self.catalog, self.given = catalog, list[Any]()

    def read(self, _root: Path) -> Any:
        return self.catalog

    def keep(self, loaded: Any) -> None:
        self.given.append(loaded.catalog)


def test_a_start_takes_up_what_is_kept_and_loads_nothing(loads: list[Any], tmp_path: Path) -> None:
    holder, kept = CatalogHolder(tmp_path, reload=False), Kept(SimpleNamespace(text="kept"))

    holder.start(kept)  # type: ignore[arg-type]

    assert holder.get() is kept.catalog
    assert (loads, kept.given) == ([], [])


def test_a_start_that_finds_nothing_loads_and_keeps_it(loads: list[Any], tmp_path: Path) -> None:
    write(tmp_path, "good 1", 1)
    holder, kept = CatalogHolder(tmp_path, reload=False), Kept(None)

    holder.start(kept)  # type: ignore[arg-type]

    assert kept.given == [holder.get()]
    assert loads == ["good 1"]
