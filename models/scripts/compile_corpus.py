"""Writers' markup → annotated JSONL in the contract's gold format.

    python models/scripts/compile_corpus.py MARKUP… --out data/corpora/briefs

Each markup file (``ko-01.txt``: language, writer) becomes one JSONL file of the same name. The
markup is described in data/corpora/README.md; a value's integer, currency and stage code are
what the writer typed, never what our own parsers read, so that the corpus can test them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TAG = re.compile(r"\[\[([a-z](?:\+x)?)([\d,]*)(?:=([^:\]]*))?:(.*?)\]\]", re.DOTALL)
MONEY = {
    "a": ("amount", "currency"),
    "v": ("valuation", "valuation_currency"),
    "t": ("total_raised", "total_raised_currency"),
}


def blocks(markup: str) -> Iterator[tuple[str, str]]:
    """(kind, marked text) of each ``### kind`` block."""
    for part in re.split(r"^###", markup, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        if body.strip():
            yield head.split()[0], body.strip()


def empty_round() -> dict[str, Any]:
    return {
        "company": None,
        "investors": [],
        "amount": None,
        "currency": None,
        "stage": None,
        "extension": False,
        "valuation": None,
        "valuation_currency": None,
        "total_raised": None,
        "total_raised_currency": None,
        "spans": {"investors": []},
    }


def read_block(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its rounds, every value with its span in that text."""
    text, at = "", 0
    rounds: dict[str, dict[str, Any]] = {}
    marks: list[tuple[str, str, str | None, str, int, int]] = []
    for m in TAG.finditer(marked):
        text += marked[at : m.start()]
        start = len(text)
        text += m[4]
        marks.append((m[1], m[2], m[3], m[4], start, len(text)))
        at = m.end()
    text += marked[at:]
    for tag, numbers, _, _, _, _ in marks:
        if tag == "c":
            for n in numbers.split(","):
                rounds.setdefault(n, empty_round())
    for tag, numbers, value, words, start, end in marks:
        for n in numbers.split(","):
            place(rounds[n], tag, value, words, [start, end])
    return text, list(rounds.values())


def place(record: dict[str, Any], tag: str, value: str | None, words: str, span: list[int]) -> None:
    """Put one mark into its round; the first mark of a field holds."""
    spans = record["spans"]
    base = tag[0]
    if base == "c" and record["company"] is None:
        record["company"], spans["company"] = words, span
    elif base in "il" and all(i["name"] != words for i in record["investors"]):
        record["investors"].append({"name": words, "lead": base == "l"})
        spans["investors"].append(span)
    elif base in MONEY:
        field, currency = MONEY[base]
        if record[field] is None:
            number, code = (value or "").split()
            record[field], record[currency], spans[field] = int(number), code, span
    elif base == "s" and record["stage"] is None:
        record["stage"], spans["stage"] = value, span
    if tag.endswith("x"):
        record["extension"] = True
        spans.setdefault("extension", span)


def compile_file(path: Path) -> list[dict[str, Any]]:
    rows = []
    for n, (kind, marked) in enumerate(blocks(path.read_text(encoding="utf-8")), 1):
        text, rounds = read_block(marked)
        row = {
            "id": f"{path.stem}-{n:04}",
            "lang": path.stem[:2],
            "kind": kind,
            "text": text,
            "rounds": rounds,
        }
        rows.append(row)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("markup", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for path in args.markup:
        rows = compile_file(path)
        target = args.out / f"{path.stem}.jsonl"
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        target.write_text("".join(lines), encoding="utf-8")
        print(f"{target}: {len(rows)} briefs", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
