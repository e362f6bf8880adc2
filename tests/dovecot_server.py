"""A Dovecot of the tests' own: free ports, certificates made here, a temporary folder.

Root starts it with the users that Debian's package makes; anyone else runs all of it as himself.
Without the program the tests that need it are skipped; with TRACKER_CI set they fail.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from authority import Authority

USER, PASSWORD = "reader", "geheim&비밀"
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
maildir_stat_dirs = yes
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_fsync = never
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {encrypted}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # Who gave a wrong password waits no longer the next time.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap {{
  vsz_limit = 512M
}}
"""


class Dovecot:
    """A running server; its letters are files, put there as a delivery would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plain, self.encrypted = _free_ports(2)
        self.authority = Authority()
        self.ca_file = str(folder / "ca.pem")
        self._delivered = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = "mail" if os.geteuid() == 0 else getpass.getuser()
        self._configure()

    def _configure(self) -> None:
        root = os.geteuid() == 0
        me = getpass.getuser()
        self.authority.save(Path(self.ca_file))
        self.authority.issue(self.folder / "server.pem", self.folder / "server.key")
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        (self.folder / "conf").write_text(
            _CONFIG.format(
                folder=self.folder,
                internal="dovecot" if root else me,
                group="dovecot" if root else os.getegid(),
                login="dovenull" if root else me,
                owner=self._owner,
                owner_group=self._owner if root else os.getegid(),
                plain=self.plain,
                encrypted=self.encrypted,
            )
        )
        self.folder.chmod(0o755)
        if root:
            shutil.chown(self.folder / "users", "dovecot")
        self.deliver()

    def url(self, folder: str = "INBOX", *, port: int = 0, scheme: str = "imaps") -> str:
        """The address of a folder."""
        usual = self.encrypted if scheme == "imaps" else self.plain
        return f"{scheme}://{USER}@127.0.0.1:{port or usual}/{folder}"

    def place(self, folder: str = "INBOX") -> Path:
        """Where the letters of a folder are."""
        from imapclient.imap_utf7 import encode

        name = "" if folder == "INBOX" else "." + encode(folder).decode("ascii")
        return self.folder / "mail" / name

    def deliver(self, *letters: bytes, folder: str = "INBOX") -> None:
        """Put letters into a folder, which is made where it is new."""
        place = self.place(folder)
        for part in ("tmp", "new", "cur"):
            (place / part).mkdir(parents=True, exist_ok=True)
        for letter in letters:
            self._delivered += 1
            name = f"{1_700_000_000 + self._delivered}.M{self._delivered}.tests"
            (place / "new" / name).write_bytes(letter)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", self._owner, str(self.folder / "mail")], check=True)

    def flags(self, folder: str = "INBOX") -> list[str]:
        """The flags of every letter: "S" where it was read, "T" where it was deleted."""
        place = self.place(folder)
        letters = [*(place / "new").iterdir(), *(place / "cur").iterdir()]
        return sorted(path.name.partition(":2,")[2] for path in letters)

    def renumber(self, folder: str = "INBOX") -> None:
        """Give the folder another UIDVALIDITY, as a restored backup has."""
        validity = str(int(time.time()) + 100_000)
        update = ["doveadm", "-c", str(self.folder / "conf"), "mailbox", "update", "-u", USER]
        subprocess.run([*update, "--uid-validity", validity, folder], check=True)

    def forget(self) -> None:
        """An empty mailbox."""
        shutil.rmtree(self.folder / "mail", ignore_errors=True)
        self.deliver()

    def start(self) -> None:
        """Run it, and wait until it answers."""
        with (self.folder / "stderr").open("ab") as stderr:
            self._process = subprocess.Popen(
                ["dovecot", "-F", "-c", str(self.folder / "conf")],
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )
        for _ in range(200):
            if _greets(self.plain):
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        log = self.folder / "log"
        said = (self.folder / "stderr").read_text() + (log.read_text() if log.exists() else "")
        pytest.fail(f"Dovecot does not start: {said[-2000:]}")

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
            self._process = None

    def restart(self) -> None:
        """End it and run it again, on the same ports."""
        self.stop()
        self.start()


def _greets(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
        probe.settimeout(5)
        return probe.recv(4) == b"* OK"
    return False


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server, gone at the end."""
    if shutil.which("dovecot") is None:
        reason = "Dovecot is not here: apt-get install dovecot-imapd"
        if os.environ.get("TRACKER_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="tracker-imap-"))
    server = Dovecot(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
