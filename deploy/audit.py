"""Audit of locked packages: ask the advisory database about each, and fail where it gave no answer.

pip-audit takes a package that it could not look up for one without advisories. Here that is a failure.
Exit status: 0 all were looked up and none has an advisory, 1 some have one, 2 not all could be looked up.
"""

import json
import os
import subprocess
import sys
from typing import Any


def look_up(tool: str, lock: str) -> list[dict[str, Any]]:
    """Return what pip-audit found about each package of a lock."""
    command = [tool, "--require-hashes", "--disable-pip", "--format", "json", "--requirement", lock]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr.strip().rpartition("\n")[2])
        return []
    return found


def report(lock: str, packages: list[dict[str, Any]]) -> int:
    """Print what was found about a lock; return its part of the exit status."""
    for package in packages:
        for one in package.get("vulns", []):
            mended = ", ".join(one.get("fix_versions", [])) or "nothing yet"
            print(f"{package['name']} {package['version']}: {one['id']}, mended in {mended}")
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if unknown or not packages:
        some = f"{len(unknown)} of {len(packages)} packages" if packages else "packages"
        names = f" {' '.join(unknown[:5])} ..." if unknown else ""
        print(f"{lock}: NOT CHECKED, {some} could not be looked up: is there a way to pypi.org?{names}")
        return 2
    bad = sum(bool(package["vulns"]) for package in packages)
    print(f"{lock}: {len(packages)} packages looked up, {bad} with advisories")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(max(report(lock, look_up(os.environ["AUDIT"], lock)) for lock in sys.argv[1:]))
