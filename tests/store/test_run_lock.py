"""One run at a time, and a lock that dies with its holder."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys

import pytest
from conftest import Desk

from tracker.errors import AlreadyRunning
from tracker.store.run_lock import run_lock

HOLDER = (
    "import sys, time; from tracker.store import open_store; from tracker.store.run_lock import run_lock\n"
    "with open_store(sys.argv[1]) as store, run_lock(store):\n"
    "    print('held', flush=True); time.sleep(60)"
)


def test_second_leaves_and_the_lock_dies_with_its_holder(desk: Desk) -> None:
    desk.open().close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, desk.db], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with desk.open() as store:
            with pytest.raises(AlreadyRunning, match="another tracker run"), run_lock(store):
                pass
            assert not store.knows("ingesting goes on meanwhile")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with desk.open() as store:
        for _ in range(100):  # a server takes a moment to see that its client is gone
            try:
                with run_lock(store):
                    break
            except AlreadyRunning:
                continue
        with (
            run_lock(store),
            desk.open() as other,
            pytest.raises(AlreadyRunning),
            run_lock(other),
        ):
            pass


def test_lock_file_is_private_and_one_for_all_names(file_desk: Desk) -> None:
    link = file_desk.folder / "link.sqlite3"
    os.symlink(file_desk.db, link)
    with (
        file_desk.open() as store,
        run_lock(store),
        Desk(str(link), file_desk.folder).open() as other,
        pytest.raises(AlreadyRunning),
        run_lock(other),
    ):
        pass
    [lock] = file_desk.folder.glob("*.run-lock")
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600
