"""Files that kept pages need, each with its digest, and the text of the service worker."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from flask import current_app

from learnapp.config.settings import current_settings
from learnapp.web.http.assets import STATIC, shrink

# The modules of the worker, each before those that import it; no two of them use one name for different things.
NAMES = ("rules", "store", "fetching", "keeper", "worker")
WORKER = tuple(STATIC / "js" / "worker" / f"{name}.js" for name in NAMES)
KINDS = (".js", ".woff2", ".svg")
STYLESHEET = "css/look.css"


def worker_text() -> str:
    """Return the service worker as one script without imports, as not every browser takes a module there."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in WORKER)
    plain = re.sub(r"(?m)^import \{[^}]+\} from .*\n|^export ", "", text)
    return shrink("worker.js", plain.encode()).decode()


def page_files() -> dict[str, str]:
    """Return the address and the SHA-256 of each file that pages load."""
    addresses: dict[str, str] = current_app.extensions["assets"]
    folder, prefix = current_settings().instance_path, current_settings().prefix
    wanted = (address for name, address in addresses.items() if name == STYLESHEET or name.endswith(KINDS))
    return {address: _digest(folder / address.removeprefix(f"{prefix}/")) for address in sorted(wanted)}


@lru_cache(maxsize=512)
def _digest(file: Path) -> str:
    """Return a file's SHA-256; what stands below the hash of all files never changes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
