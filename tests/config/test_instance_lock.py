"""Instance lock: servers share it, a restore waits for none and keeps them out."""

import os
from pathlib import Path

import pytest

from learnapp.config.instance_lock import InstanceInUse, hold_alone, share
from tests.programs import FORKED


def in_another_process(folder: Path) -> str:
    """Return what a server that starts now finds: the first one, one more, or nothing that it may use."""
    context = FORKED
    parent, child = context.Pipe()
    process = context.Process(target=_try, args=(str(folder), child))
    process.start()
    said = str(parent.recv())
    process.join()
    return said


def _try(folder: str, answer: "os.PathLike[str]") -> None:
    try:
        said = "first" if share(Path(folder)) else "one more"
    except InstanceInUse:
        said = "refused"
    answer.send(said)  # type: ignore[attr-defined]


@pytest.mark.long
def test_servers_share_it_and_the_first_one_knows_that_it_is(tmp_path: Path) -> None:
    assert in_another_process(tmp_path) == "first"
    assert in_another_process(tmp_path) == "first"  # the one before has ended
    assert share(tmp_path)
    assert in_another_process(tmp_path) == "one more"


def test_nobody_replaces_a_database_under_a_server(tmp_path: Path) -> None:
    share(tmp_path)
    with pytest.raises(InstanceInUse), hold_alone(tmp_path):
        pass


def test_no_server_starts_while_a_database_is_replaced(tmp_path: Path) -> None:
    with hold_alone(tmp_path):
        assert in_another_process(tmp_path) == "refused"
    assert in_another_process(tmp_path) == "first"
