"""A TCP proxy in front of a test's server that breaks connections when it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class BreakingProxy:
    """Passes bytes on; each connection is cut after the next of `limits` bytes from the server.

    Once the limits are used up, connections live as long as they like.
    """

    def __init__(self, target: int, limits: list[int]) -> None:
        self._target = target
        self.limits = limits
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            limit = self.limits.pop(0) if self.limits else None
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                client.close()
                continue
            threading.Thread(target=_pass, args=(client, server, None), daemon=True).start()
            threading.Thread(target=_pass, args=(server, client, limit), daemon=True).start()

    def close(self) -> None:
        self._listener.close()


def _pass(source: socket.socket, target: socket.socket, limit: int | None) -> None:
    passed = 0
    with suppress(OSError):
        while data := source.recv(4096):
            passed += len(data)
            if limit is not None and passed > limit:
                break
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def breaking(target: int, *limits: int) -> Iterator[BreakingProxy]:
    """A proxy before the port `target`."""
    proxy = BreakingProxy(target, list(limits))
    try:
        yield proxy
    finally:
        proxy.close()
