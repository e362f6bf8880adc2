"""`tracker extract`: the contract that other programs rely on, against the shipped pipeline."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tracker.cli import main
from tracker.records import KINDS

# One process loads the pipeline for all of them.
pytestmark = pytest.mark.xdist_group("pipeline")

ROUND = "포장재 기업 가온랩이 나래벤처스로부터 60억원 규모의 시리즈A 투자를 유치했다고 12일 밝혔다."
NEWS = "가온랩이 새 공장을 열고 직원 30명을 채용한다고 밝혔다."


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process, with bytes on its standard input as a pipe gives them."""

    def call(*args: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        code = main(list(args))
        return Ran(code, *capsys.readouterr())

    return call


def rows(done: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def lines(*items: object) -> str:
    return "".join(
        (i if isinstance(i, str) else json.dumps(i, ensure_ascii=False)) + "\n" for i in items
    )


def test_one_line_in_one_line_out_in_order(run: Run) -> None:
    given = [{"id": n, "text": ROUND if n % 3 == 0 else NEWS} for n in range(7)]
    done = run("extract", "--jsonl", stdin=lines(*given))
    assert done.code == 0, done.err
    found = rows(done)
    assert [row["id"] for row in found] == list(range(7))
    assert {row["kind"] for row in found} <= set(KINDS)
    assert [bool(row["rounds"]) for row in found] == [n % 3 == 0 for n in range(7)]


def test_a_round_has_the_contracts_fields_and_true_spans(run: Run) -> None:
    done = run("extract", "--jsonl", stdin=lines({"id": "a", "text": ROUND, "date": "2026-11-13"}))
    (row,) = rows(done)
    (found,) = row["rounds"]
    assert (found["company"], found["amount"], found["currency"], found["stage"]) == (
        "가온랩",
        6_000_000_000,
        "KRW",
        "series_a",
    )
    assert found["investors"] == [{"name": "나래벤처스", "lead": False}]
    assert found["announced_on"] == "2026-11-12"
    words = {k: ROUND[s[0] : s[1]] for k, s in found["spans"].items() if k != "investors"}
    assert words == {
        "company": "가온랩",
        "amount": "60억원",
        "stage": "시리즈A",
        "announced_on": "12일",
        "description": "포장재",
    }
    assert [ROUND[a:b] for a, b in found["spans"]["investors"]] == ["나래벤처스"]
    for name in ("valuation", "total_raised", "extension", "confidence", "stage_raw"):
        assert name in found


def test_a_process_of_its_own_says_the_same(run: Run) -> None:
    given = lines({"id": 1, "text": ROUND}, "no json").encode()
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "extract", "--jsonl"],
        input=given,
        capture_output=True,
        check=False,
    )
    here = run("extract", "--jsonl", stdin=given)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (here.code, here.out, b"")
    assert (here.code, here.err) == (1, "")


BAD_LINES = [
    ("{not json", None),
    ("[1, 2]", None),
    ('{"id": "x"}', "x"),
    ('{"id": "x", "text": 5}', "x"),
    ('{"id": "x", "text": "a", "date": "soon"}', "x"),
    ("[" * 5000, None),
]


def test_a_malformed_line_is_an_error_in_its_place(run: Run) -> None:
    given: list[object] = [{"id": 0, "text": ROUND}]
    for n, (bad, _) in enumerate(BAD_LINES, 1):
        given += [bad, {"id": n, "text": NEWS}]
    done = run("extract", "--jsonl", stdin=lines(*given))
    assert done.code == 1
    assert "Traceback" not in done.err
    found = rows(done)
    assert [row["id"] for row in found[::2]] == list(range(len(BAD_LINES) + 1))
    assert all("rounds" in row for row in found[::2])
    for place, (row, (_, known_id)) in enumerate(zip(found[1::2], BAD_LINES, strict=True)):
        assert row["id"] == known_id
        assert row["error"].startswith(f"line {2 * place + 2}: ")


def test_odd_texts_are_read_without_harm(run: Run) -> None:
    texts = ["", " ", "\n", "🚀" * 50, "가" * 30_000, "\u202e유치\x1b[31m", "a\x00b", "(" * 500]
    given = [{"id": n, "text": text} for n, text in enumerate(texts)]
    done = run("extract", "--jsonl", stdin=lines(*given))
    assert done.code == 0, done.err
    assert [row["id"] for row in rows(done)] == list(range(len(texts)))


def test_broken_utf8_in_the_stream_does_not_stop_it(run: Run) -> None:
    stdin = b'{"id": 1, "text": "\xff\xfe"}\n' + lines({"id": 2, "text": ROUND}).encode()
    done = run("extract", "--jsonl", stdin=stdin)
    assert [row["id"] for row in rows(done)] == [1, 2]


def test_a_whole_letter_as_json(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        f"2026. 11. 13. | Vol. 7\n\n투자 소식\n🚀 가온랩: {ROUND}\n🚀 나래: {NEWS}\n",
        encoding="utf-8",
    )
    done = run("extract", str(letter), "--format", "json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found["issued_on"] == "2026-11-13"
    assert [bool(b["rounds"]) for b in found["briefs"]] == [True, False]
    for brief in found["briefs"]:
        assert {"text", "section", "kind", "start", "end", "rounds"} <= set(brief)
        assert brief["end"] - brief["start"] == len(brief["text"])


def test_a_whole_letter_as_text(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        f"2026. 11. 13.\n\n투자 소식\n🚀 가온랩: {ROUND}\n🚀 {NEWS}\n", encoding="utf-8"
    )
    done = run("extract", str(letter))
    assert "→ 가온랩 | 60억원 | Series A | 나래벤처스" in done.out


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("extract", "no-such-file.txt"), 1, "no-such-file.txt"),
        (("extract", "--jsonl", "no-such-file.jsonl"), 1, "no-such-file.jsonl"),
        (("extract", "--format", "yaml"), 2, "yaml"),
        (("extract", "--jsonl", "--model", "/nowhere"), 1, "/nowhere"),
    ],
)
def test_errors_are_one_line(run: Run, args: tuple[str, ...], code: int, says: str) -> None:
    done = run(*args)
    message = done.err
    assert done.code == code
    assert says in message
    assert len(message.strip().splitlines()) == 1


def test_several_processes_write_the_same_in_the_same_order(run: Run, tmp_path: Path) -> None:
    texts = [ROUND, NEWS, ROUND.replace("60억", "70억")] * 100  # more than two batches
    given = lines(*({"id": n, "text": text} for n, text in enumerate(texts)), "no json")
    alone = run("extract", "--jsonl", stdin=given)
    spread = run("extract", "--jsonl", "--processes", "2", stdin=given)
    assert spread.code == alone.code == 1
    assert spread.out == alone.out
    assert len(rows(alone)) == 301


def test_explain_shows_what_a_round_was_read_from(run: Run) -> None:
    done = run("extract", "--explain", ROUND)
    out = done.out
    assert done.code == 0, done.err
    for said in ("company", "가온랩", "나래벤처스", "6,000,000,000 KRW", "Series A", "a round:"):
        assert said in out
    assert "\x1b" not in out  # piped: no colours


def test_explain_says_why_there_is_none(run: Run) -> None:
    out = run("extract", "--explain", NEWS).out
    assert "no round: read as corporate" in out


def test_explain_escapes_what_a_letter_says(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "why.html"
    text = "<script>alert(1)</script>가온랩이 나래벤처스로부터 60억원을 유치했다.\x1b[31m"
    assert run("extract", "--explain", text, "--html", str(page)).code == 0
    written = page.read_text(encoding="utf-8")
    assert "<script>" not in written and "&lt;script&gt;" in written and "가온랩" in written
    assert "\x1b" not in run("extract", "--explain", text).out
    bad = run("extract", "--explain", text, "--html", str(tmp_path / "no" / "why.html"))
    assert bad.code == 1 and bad.err.count("\n") == 1
