"""A line that loses requests: some before the app has them, others after it has answered."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from socket import SHUT_RDWR
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Loss:
    """Stands before the app and, once begun, loses a share of all forms, half of them with the app's answer alone.

    Which ones is decided by a seed. `lost` counts both kinds, those that the app never had first.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self.end()

    def begin(self, share: float, seed: int) -> None:
        """Lose this share from now on."""
        self._share, self._random, self.lost = share, Random(seed), [0, 0]

    def end(self) -> None:
        """Lose nothing any more."""
        self.begin(0, 0)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        chance = self._random.random() if environ["REQUEST_METHOD"] == "POST" else 1
        if chance < self._share / 2:
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            self._lose(environ, 0)
        answer = self._app(environ, start_response)
        if chance < self._share:
            getattr(answer, "close", lambda: None)()
            self._lose(environ, 1)
        return answer

    def _lose(self, environ: WSGIEnvironment, kind: int) -> None:
        self.lost[kind] += 1
        environ["werkzeug.socket"].shutdown(SHUT_RDWR)
        raise ConnectionResetError
