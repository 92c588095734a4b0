"""Lists of classes in a browser: brought, looked at, taken in."""

import re
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart


def bring(browser: FlaskClient, group: int, *contents: bytes, **form: str) -> TestResponse:
    """Send files as the list of a class, the first one as users.csv."""
    names = ("users.csv", "enrollments.csv", "classes.csv")
    files = [FileStorage(BytesIO(content), name) for content, name in zip(contents, names, strict=False)]
    # In memory: what the client would write to a disk stays open.
    stream, _length, boundary = stream_encode_multipart({"file": files, **form}, use_tempfile=False)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(f"/groups/{group}/list", data=stream.read(), content_type=kind)


def carried_on(page: str) -> str:
    """Return what a page that asks something carries of the file."""
    found = re.search(r'name="carried" value="([\w=-]*)"', page)
    assert found
    return found[1]


def digest_of(browser: FlaskClient, preview: str) -> str:
    """Return what stands for a preview as it is shown now."""
    found = re.search(r'name="digest" value="(\w+)"', browser.get(preview).text)
    assert found, "there is nothing to take in"
    return found[1]


def apply(browser: FlaskClient, preview: str) -> TestResponse:
    """Carry a list out as it is shown now."""
    return browser.post(f"{preview}/apply", data={"digest": digest_of(browser, preview)})


def take_in(browser: FlaskClient, group: int, *contents: bytes) -> str:
    """Bring a list and carry it out; return the address of what was done."""
    done = apply(browser, str(bring(browser, group, *contents).location))
    assert done.status_code == 303
    return str(done.location)
