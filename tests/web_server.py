"""A web server of the tests' own, as a process: it does what it was told to, and counts.

``Web.serve("/feed", Reply(…), Reply(…))`` scripts a path: one reply a request, the last for ever.
Run as a program it is that server.
"""

from __future__ import annotations

import base64
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int = -1
    """Break off after so many bytes of the body."""
    drip: float = 0
    """Seconds between one byte and the next, headers included."""
    endless: bool = False
    """Send the body again and again."""
    silent: float = 0
    """Seconds before anything is answered."""
    length: bool = True
    """Whether Content-Length is told."""


class Web:
    """The running server as the tests see it."""

    def __init__(self, port: int, control: int, scheme: str) -> None:
        self.port = port
        self._control = control
        self.address = f"{scheme}://127.0.0.1:{port}"

    def serve(self, path: str, *replies: Reply) -> str:
        """Script a path; returns its address."""
        rows = [{**asdict(r), "body": base64.b64encode(r.body).decode()} for r in replies]
        self._tell("script", {"path": path, "replies": rows})
        return self.address + path

    def forget(self) -> None:
        """No scripts, no requests."""
        self._tell("forget", {})

    def requests(self, path: str | None = None) -> list[dict[str, Any]]:
        """What was asked: path and headers (by lower-case name), in order."""
        asked = self._tell("requests", {})
        return [one for one in asked if path in (None, one["path"])]

    def _tell(self, what: str, value: object) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._control}/{what}", json.dumps(value).encode()
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)


@contextmanager
def running(certificate: str | None = None, key: str | None = None) -> Iterator[Web]:
    """A server process; with TLS where it has a certificate."""
    command = [sys.executable, __file__, *([certificate, key] if certificate and key else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port, control = map(int, process.stdout.readline().split())
            yield Web(port, control, "https" if certificate else "http")
        finally:
            process.terminate()


_scripts: dict[str, list[dict[str, Any]]] = {}
_asked: list[dict[str, Any]] = []


class _Control(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        value = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer: object = {}
        if self.path == "/script":
            _scripts[value["path"]] = value["replies"]
        elif self.path == "/forget":
            _scripts.clear()
            _asked.clear()
        else:
            answer = _asked
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        _asked.append({"path": self.path, "headers": headers})
        replies = _scripts.get(self.path)
        if not replies:
            self._send({"status": 404, "headers": {}, "body": "", "length": True})
            return
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        etag = reply["headers"].get("ETag")
        if etag and headers.get("if-none-match") == etag:
            reply = {"status": 304, "headers": {}, "body": "", "length": True}
        with suppress(OSError):
            self._send(reply)

    def _send(self, reply: dict[str, Any]) -> None:
        time.sleep(reply.get("silent", 0))
        body = base64.b64decode(reply["body"])
        lines = [f"HTTP/1.1 {reply['status']} Scripted"]
        lines += [f"{name}: {value}" for name, value in reply["headers"].items()]
        if reply["length"] and not reply.get("endless"):
            lines.append(f"Content-Length: {len(body)}")
        else:
            lines.append("Connection: close")
            self.close_connection = True
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        cut = reply.get("cut_after", -1)
        if cut >= 0:
            body = body[:cut]
            self.close_connection = True
        if reply.get("drip"):
            for byte in head + body:
                self.wfile.write(bytes([byte]))
                time.sleep(reply["drip"])
            return
        self.wfile.write(head + body)
        while reply.get("endless"):
            self.wfile.write(body)
        if cut >= 0:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def _main(certificate: list[str]) -> None:
    pages = _Server(("127.0.0.1", 0), _Pages)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        pages.socket = context.wrap_socket(pages.socket, server_side=True)
    control = _Server(("127.0.0.1", 0), _Control)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    print(pages.server_port, control.server_port, flush=True)
    pages.serve_forever()


if __name__ == "__main__":
    _main(sys.argv[1:])
