"""What the user types → paths of single sources."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracker.sources import find_sources


def _tree(root: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.eml",
        "sub/pic.png",
        ".hidden.txt",
        ".git/d.txt",
        "e.json",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_folder_is_walked_in_order_for_letters_only(tmp_path: Path) -> None:
    _tree(tmp_path)
    found = [os.path.relpath(path, tmp_path) for path in find_sources([str(tmp_path)])]
    assert found == ["a.md", "b.txt", "sub/c.eml"]


def test_glob_file_and_stdin_once_each(tmp_path: Path) -> None:
    _tree(tmp_path)
    typed = [str(tmp_path / "*.txt"), str(tmp_path / "b.txt"), "-", "-", str(tmp_path / "e.json")]
    found = list(find_sources(typed))
    assert found == [str(tmp_path / "b.txt"), "-", str(tmp_path / "e.json")]


@pytest.mark.parametrize("typed", ["missing.txt", "none/*.md", "a\0b", ""])
def test_what_is_not_there_comes_out_as_typed(tmp_path: Path, typed: str, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(find_sources([typed])) == [typed]


def test_file_whose_name_holds_glob_characters(tmp_path: Path) -> None:
    path = tmp_path / "[투자] 소식?.txt"
    path.write_text("x")
    assert list(find_sources([str(path)])) == [str(path)]


def test_empty_folder_comes_out_itself(tmp_path: Path) -> None:
    assert list(find_sources([str(tmp_path)])) == [str(tmp_path)]


def test_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert list(find_sources([str(tmp_path)])) == [str(tmp_path / "a.txt")]
