"""A webhook and a mail server of our own, each a process with a real socket."""

from __future__ import annotations

import json
import mailbox
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

WEBHOOK = r"""
import json, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

folder, port = sys.argv[1], int(sys.argv[2])

class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        with open(folder + "/answers.json") as file:
            answers = json.load(file)
        code = answers.pop(0) if answers else 200
        with open(folder + "/answers.json", "w") as file:
            json.dump(answers, file)
        with open(folder + "/asked.jsonl", "a") as file:
            file.write(json.dumps([self.path, code, json.loads(body)]) + "\n")
        self.send_response(code)
        if code == 302:
            self.send_header("location", "/elsewhere")
        if code == 429:
            self.send_header("retry-after", "3")
        self.end_headers()

    def log_message(self, *args):
        pass

HTTPServer(("127.0.0.1", port), Hook).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        else:
            return


@dataclass
class Webhook:
    """What was asked of the server, and what it is to answer."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/services/T0/geheim"

    def answer(self, *codes: int) -> None:
        (self.folder / "answers.json").write_text(json.dumps(codes))

    @property
    def asked(self) -> list[tuple[str, int, Any]]:
        file = self.folder / "asked.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        return [tuple(json.loads(line)) for line in lines]


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[Webhook]:
    """A webhook that takes everything, unless it is told to `answer` otherwise."""
    folder = tmp_path / "hook"
    folder.mkdir()
    hook = Webhook(folder, free_port())
    hook.answer()
    process = subprocess.Popen([sys.executable, "-c", WEBHOOK, str(folder), str(hook.port)])
    try:
        _await(hook.port, process)
        yield hook
    finally:
        process.kill()
        process.wait()


@dataclass
class PostOffice:
    """A mail server that keeps what it takes."""

    port: int
    folder: Path

    @property
    def mails(self) -> list[Message]:
        return list(mailbox.Maildir(self.folder, create=False))


@pytest.fixture
def post_office(tmp_path: Path) -> Iterator[PostOffice]:
    """An SMTP server on this machine."""
    office = PostOffice(free_port(), tmp_path / "maildir")
    command = ["-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{office.port}"]
    command += ["-c", "aiosmtpd.handlers.Mailbox", str(office.folder)]
    process = subprocess.Popen([sys.executable, "-W", "ignore", *command])
    try:
        _await(office.port, process)
        yield office
    finally:
        process.kill()
        process.wait()
