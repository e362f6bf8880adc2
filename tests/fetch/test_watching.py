"""Folders that are watched: files count once they are finished."""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.fetch.watching import watch_folders

PATIENCE = 30


class Watched:
    """A watcher at work in a thread; what it finds and says waits in a queue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: queue.Queue[str] = queue.Queue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        for paths in watch_folders([str(self.folder)], self._stop, self._tell, settle=0.3):
            for path in paths:
                self.said.put(Path(path).name)

    def _tell(self, message: str) -> None:
        self.said.put(message.rpartition(": ")[2].partition(";")[0])

    def next(self) -> str:
        return self.said.get(timeout=PATIENCE)

    def quiet(self, seconds: float) -> bool:
        time.sleep(seconds)
        return self.said.empty()

    def end(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is gone is looked for more often than it is for a user."""
    monkeypatch.setattr("tracker.fetch.watching._MISSING", 0.2)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "there.txt").write_text("was there before")
    watched = Watched(folder)
    assert watched.next() == "there.txt"
    yield watched
    watched.end()


def test_a_folder_that_comes_with_its_letters(watched: Watched, tmp_path: Path) -> None:
    made = tmp_path / "made elsewhere" / "deep"
    made.mkdir(parents=True)
    (made / "moved.txt").write_text("letter")
    (made / "picture.jpg").write_text("picture")
    made.parent.rename(watched.folder / "moved")
    assert watched.next() == "moved.txt"
    assert watched.quiet(0.7)


def test_new_files_and_renamed_ones(watched: Watched) -> None:
    (watched.folder / "a.txt").write_text("letter")
    assert watched.next() == "a.txt"
    (watched.folder / "b.part").write_text("letter")
    (watched.folder / "ignored.jpg").write_text("picture")
    assert watched.quiet(0.7)
    (watched.folder / "b.part").rename(watched.folder / "b.md")
    assert watched.next() == "b.md"
    (watched.folder / "sub").mkdir()
    (watched.folder / "sub" / "c.html").write_text("letter")
    assert watched.next() == "c.html"
    (watched.folder / "a.txt").write_text("letter, corrected")
    assert watched.next() == "a.txt"


def test_a_file_that_is_still_written_waits(watched: Watched) -> None:
    with (watched.folder / "a.txt").open("w") as stream:
        stream.write("the first half, ")
        stream.flush()
        assert watched.quiet(0.7)
        stream.write("and the second")
    assert watched.next() == "a.txt"


def test_an_empty_file_waits_for_its_content(watched: Watched) -> None:
    (watched.folder / "a.txt").touch()
    assert watched.quiet(0.7)
    (watched.folder / "a.txt").write_text("letter")
    assert watched.next() == "a.txt"


def test_a_folder_that_vanishes_and_comes_back(watched: Watched) -> None:
    shutil.rmtree(watched.folder)
    assert watched.next() == "the folder is gone"
    watched.folder.mkdir()
    (watched.folder / "a.txt").write_text("letter")
    assert watched.next() == "the folder is back"
    assert watched.next() == "a.txt"


def test_a_maildir(tmp_path: Path) -> None:
    root = tmp_path / "in"
    for part in ("cur", "new", "tmp"):
        (root / part).mkdir(parents=True)
    (root / "new" / "1.host").write_text("Subject: 1\n\nletter")
    watched = Watched(root)
    assert watched.next() == "1.host"
    (root / "tmp" / "2.host").write_text("Subject: 2\n\nletter")
    assert watched.quiet(0.7)
    (root / "tmp" / "2.host").rename(root / "new" / "2.host")
    assert watched.next() == "2.host"
    watched.end()
