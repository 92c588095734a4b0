"""Scripts: their unit tests, run by Node's own runner."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE = shutil.which("node")


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.js")), ids=lambda file: file.stem)
def test_scripts_do_what_their_own_tests_say(file: Path) -> None:
    if NODE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Node on this machine, and in CI nothing may be skipped")
        pytest.skip("no Node on this machine to test scripts with")
    run = subprocess.run([NODE, "--test", file], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
