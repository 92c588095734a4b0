"""A way between a program and its server that can freeze, as a network does that has lost its packets."""

import selectors
import socket
import threading
from types import TracebackType
from typing import Self

import sqlalchemy as sa


class Proxy:
    """Pass on all that is sent, unless frozen: then connections are taken, and nothing is heard of them."""

    def __init__(self, host: str, port: int) -> None:
        self._goal = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._moving = threading.Event()
        self._moving.set()
        self._ends: list[socket.socket] = []
        self.connections = 0

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._moving.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._ends:
            end.close()

    def freeze(self) -> None:
        """Pass on nothing."""
        self._moving.clear()

    def thaw(self) -> None:
        """Pass on what has waited, and all that comes."""
        self._moving.set()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(self._goal)
            self._ends += [near, far]
            threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as waiting:
            try:
                for end, other in ((near, far), (far, near)):
                    waiting.register(end, selectors.EVENT_READ, other)
                while True:
                    for key, _events in waiting.select():
                        self._moving.wait()
                        data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                        if not data:
                            return
                        key.data.sendall(data)
            except (OSError, ValueError):
                pass
            finally:
                near.close()
                far.close()


def through(proxy: Proxy, url: str) -> str:
    """Return a database's address that leads through the proxy."""
    return sa.make_url(url).set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)


def proxy_to(url: str) -> Proxy:
    """Return a proxy to the server of a database's address."""
    made = sa.make_url(url)
    return Proxy(made.host or "127.0.0.1", made.port or 5432)
