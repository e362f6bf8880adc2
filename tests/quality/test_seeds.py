"""Two real letters: what the first holds is known exactly, the second holds no round.

The letters are other people's text and stay outside of the repository; where they are not
beside it, the test skips.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import main

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no letters at {SEEDS}")

Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command on a database of its own; its JSON output, or nothing."""
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "seeds.sqlite3"))

    def run(*argv: str) -> Any:
        assert main(argv) == 0
        out = capsys.readouterr().out
        return json.loads(out) if out.strip() else None

    return run


def test_the_seeds(ask: Ask) -> None:
    for _ in range(2):  # the second time nothing doubles
        ask("ingest", str(SEEDS))
        (found,) = ask("list", "-f", "json")
        assert (found["company"], found["amount"], found["currency"], found["stage"]) == (
            "퓨어스페이스",
            6_000_000_000,
            "KRW",
            "series_a",
        )
        assert found["investors"] == [{"name": "알토스벤처스", "lead": False}]
        assert found["announced_on"] == "2025-12-19"
        (source,) = found["sources"]
        assert source["issue"] == "25-47"
        briefs = [b for b in ask("briefs", "-f", "json") if b["date"] == "2025-12-19"]
        kinds = {b["text"].split(":")[0].lstrip("🚀 "): b["kind"] for b in briefs}
        assert kinds == {
            "퓨어스페이스": "funding",
            "다비다": "partnership",
            "에버스핀": "partnership",
        }
