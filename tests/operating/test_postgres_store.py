"""PostgreSQL for backups: where its programs are not installed, that is said."""

from pathlib import Path

import pytest

from learnapp.operating.backup import make_backup
from learnapp.operating.errors import BackupFailed
from tests.operating.conftest import NOW, Install


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["postgresql"])
def test_without_postgresqls_programs_it_is_said_what_to_install(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = install("Ben")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFailed, match="pg_dump is not installed: install PostgreSQL’s client programs"):
        make_backup(here.store, here.folder, tmp_path / "backup", NOW)
    assert not (tmp_path / "backup").exists()
