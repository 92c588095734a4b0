"""Two servers start at once on a database that holds nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import KINDS, new_database
from tests.faults.serving import environment, migrate


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_of_two_first_starts_one_migrates_and_the_other_waits(kind: str, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    with new_database(kind, tmp_path) as url, ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda folder: migrate(environment(url, folder), folder), folders))
