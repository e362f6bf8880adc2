"""Train one reader from each seed, side by side, a core each.

    python models/scripts/train_readers.py CONFIG CORPUS OUT SEED…

Each goes to OUT/SEED; its log beside it. Training is the same whatever else runs: one thread a reader.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CODE = Path(__file__).resolve().parents[1] / "code.py"


def main() -> int:
    config, corpus, out, *seeds = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    running = []
    for seed in seeds:
        log = (Path(out) / f"{seed}.log").open("w", encoding="utf-8")
        command = [sys.executable, "-m", "spacy", "train", config, "--code", str(CODE)]
        command += ["--output", f"{out}/{seed}", "--paths.corpus", corpus, "--system.seed", seed]
        env = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        running.append(
            subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=env)  # noqa: S603 - our own
        )
    return max(process.wait() for process in running)


if __name__ == "__main__":
    sys.exit(main())
