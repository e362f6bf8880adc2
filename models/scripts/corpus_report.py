"""What the corpus holds, and which of its briefs are near-copies of others.

    python models/scripts/corpus_report.py [FOLDER]

Prints the tables of data/corpora/README.md. Two briefs are near-copies when, with names and
digits blanked, they share more than half of the character 12-grams of the shorter one; exit
status 1 if there are any across or within writers.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "corpora" / "briefs"
GRAM = 12
NEAR = 0.5
KINDS = "funding planned acquisition fund ipo grant partnership corporate market".split()


def blanked(row: dict[str, Any]) -> str:
    """The text with annotated values and digits blanked, so that only its frame is compared."""
    text = row["text"]
    spans = []
    for record in row["rounds"]:
        for name, span in record["spans"].items():
            spans += span if name == "investors" else [span]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + "§" + text[end:]
    return re.sub(r"\d[\d,.]*", "0", text)


def near_copies(rows: list[dict[str, Any]]) -> list[tuple[str, str, float]]:
    """Pairs of ids whose frames are near-copies, by an inverted index of their grams."""
    owners: dict[int, list[int]] = defaultdict(list)
    sizes = []
    for n, row in enumerate(rows):
        frame = blanked(row)
        grams = {hash(frame[i : i + GRAM]) for i in range(max(1, len(frame) - GRAM + 1))}
        sizes.append(len(grams))
        for gram in grams:
            owners[gram].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for found in owners.values():
        if 1 < len(found) <= 50:
            shared.update((a, b) for i, a in enumerate(found) for b in found[i + 1 :])
    pairs = []
    for (a, b), count in shared.items():
        share = count / min(sizes[a], sizes[b])
        if share > NEAR and min(sizes[a], sizes[b]) > 8:
            pairs.append((rows[a]["id"], rows[b]["id"], round(share, 2)))
    return sorted(pairs)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    print("| language | briefs | without a round | rounds | " + " | ".join(KINDS) + " |")
    print("| --- " * (len(KINDS) + 4) + "|")
    for lang in ("ko", "en"):
        mine = [r for r in rows if r["lang"] == lang]
        kinds = Counter(r["kind"] for r in mine)
        quiet = sum(not r["rounds"] for r in mine)
        cells = [
            lang,
            len(mine),
            f"{quiet / max(1, len(mine)):.0%}",
            sum(len(r["rounds"]) for r in mine),
        ]
        print("| " + " | ".join(map(str, [*cells, *(kinds[k] for k in KINDS)])) + " |")
    rounds = [record for r in rows for record in r["rounds"]]
    fields = {
        "investors": sum(len(r["investors"]) for r in rounds),
        "leads": sum(i["lead"] for r in rounds for i in r["investors"]),
        **{
            f: sum(r[f] is not None for r in rounds)
            for f in ("amount", "stage", "valuation", "total_raised")
        },
        "extension": sum(r["extension"] for r in rounds),
        "briefs with several rounds": sum(len(r["rounds"]) > 1 for r in rows),
    }
    print("\n| value | count |\n| --- | --- |")
    for name, count in fields.items():
        print(f"| {name} | {count} |")
    pairs = near_copies(rows)
    print(f"\n{len(pairs)} near-copies")
    for a, b, share in pairs:
        print(f"{a} {b} {share}")
    return 1 if pairs else 0


if __name__ == "__main__":
    sys.exit(main())
