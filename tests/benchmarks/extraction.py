"""How fast briefs are read: the whole chain against the bare tokenizer, over the same briefs.

    python tests/benchmarks/extraction.py [BRIEFS]

Prints briefs a second of ``Extractor.extract`` (normalise, tokenise, read, assemble), of the
tokenizer alone, and their ratio; then what two processes gain over one, and the memory in use.
Both run in this one process, in turns, and the best of three is taken.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from tracker.extraction import load_extractor
from tracker.extraction.normalize import normalize

BRIEFS = Path(__file__).resolve().parents[2] / "data" / "corpora" / "briefs"


def texts(count: int) -> list[str]:
    lines = [line for f in sorted(BRIEFS.glob("*.jsonl")) for line in f.open(encoding="utf-8")]
    found = [json.loads(line)["text"] for line in lines[:: max(1, len(lines) // count)]]
    return list(islice(cycle(found), count))


def rate(run: Callable[[], int]) -> float:
    start = time.perf_counter()
    return run() / (time.perf_counter() - start)


def command(path: Path, processes: int) -> float:
    """Seconds of the command over a file, start-up included."""
    args = [sys.executable, "-m", "tracker", "extract", "--jsonl", str(path)]
    start = time.perf_counter()
    subprocess.run([*args, "--processes", str(processes)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    given = texts(count)
    extractor = load_extractor()
    tokenizer = extractor.nlp.tokenizer

    def bare() -> int:
        return sum(1 for text in given if len(tokenizer(normalize(text)[0])) >= 0)

    def whole() -> int:
        return sum(1 for _ in extractor.extract((text, None) for text in given))

    turns = [(rate(whole), rate(bare)) for _ in range(3)]
    chain, alone = max(a for a, _ in turns), max(b for _, b in turns)
    print(f"extract          {chain:8.0f} briefs/s")
    print(f"tokenizer alone  {alone:8.0f} briefs/s")
    print(f"ratio            {chain / alone:8.2f}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "briefs.jsonl"
        rows = (json.dumps({"id": n, "text": t}) for n, t in enumerate(given))
        path.write_text("\n".join(rows), encoding="utf-8")
        one, two = command(path, 1), command(path, 2)
    print(f"two processes    {one / two:8.2f} times one (start-up included)")
    print(f"memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:8} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
