"""A small browser: keeps its cookies and its connection, fills in forms with their token."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """One person's browser, not for two threads at once: `twin` is another window with the same cookies."""

    def __init__(self, port: int, timeout: float = 30.0) -> None:
        self.port = port
        self.timeout = timeout
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._connection: http.client.HTTPConnection | None = None
        self._windows: list[Browser] = []

    def twin(self) -> Browser:
        """Return another window of this browser."""
        other = Browser(self.port, self.timeout)
        other.cookies, other.token = dict(self.cookies), self.token
        self._windows.append(other)
        return other

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page; remembers the token of its form."""
        answer = self._request("GET", path, None, headers)
        plain = "content-encoding" not in answer.headers and "html" in answer.headers.get("content-type", "")
        if plain and (found := TOKEN.search(answer.text)):
            self.token = found[1]
        return answer

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Answer:
        """Send a form with the token of the page opened last."""
        body = urlencode({"csrf_token": self.token, **fields})
        sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._request("POST", path, body.encode(), sent)

    def close(self) -> None:
        """Close the connection, and those of the other windows; the next request opens it again."""
        for window in self._windows:
            window.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _request(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        if self.cookies:
            headers = {**headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise ConnectionError(str(error)) from error
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer
