"""Tell whether requirements*.txt still pin what pyproject.toml asks for.

Compares names and versions, not hashes: a wheel added later to a pinned release is no drift.
Exit status: 0 in step, 1 not.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS: dict[str, list[str]] = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev", "-c", "requirements.txt"],
    "requirements-audit.txt": ["--group", "audit"],
}


def pins(text: str) -> set[str]:
    """Return every `name==version ; marker` of a lock."""
    found = (line for line in text.splitlines() if re.match(r"[a-z0-9]\S*==", line))
    return {re.sub(r"\s*\\$", "", line).strip() for line in found}


def main() -> int:
    """Compile each lock again from its own pins and compare."""
    drift = 0
    uv = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--quiet"]
    for name, options in LOCKS.items():
        locked = (ROOT / name).read_text()
        with tempfile.TemporaryDirectory() as folder:
            again = Path(folder, name)
            again.write_text(locked)
            command = [*uv, "--python-version", "3.11", "--generate-hashes", *options, "-o", str(again)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            changed = pins(locked) ^ pins(again.read_text())
        for pin in sorted(changed):
            sys.stderr.write(f"{name}: {pin} is not in step with pyproject.toml; run make lock\n")
        drift += len(changed)
    return 1 if drift else 0


if __name__ == "__main__":
    sys.exit(main())
