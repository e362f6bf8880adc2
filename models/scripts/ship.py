"""Put trained pipelines together into the one that is shipped: their readers average.

python models/scripts/ship.py models/brief_reader 0.1.0 models/training/first/model-last …
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import spacy

import tracker.extraction.factories  # noqa: F401 - registers what the pipelines are made of


def main() -> int:
    shipped, version, trained = Path(sys.argv[1]), sys.argv[2], [Path(p) for p in sys.argv[3:]]
    nlp = spacy.load(trained[0])
    for n, path in enumerate(trained[1:], 2):
        nlp.add_pipe("brief_reader", name=f"brief_reader_{n}", source=spacy.load(path))
    nlp.meta |= {
        "name": shipped.name,
        "version": version,
        "description": "Roles of tokens and kind of a startup-news brief, Korean and English",
        "license": "MIT",
        "performance": {},  # of one reader alone; what the whole scores is in metrics.json
    }
    if shipped.exists():
        shutil.rmtree(shipped)
    # The vocabulary's strings are every word of the training briefs; the readers keep their own.
    nlp.to_disk(shipped, exclude=["vocab"])
    first, *others = (shipped / name / "lexicon.json" for name in nlp.pipe_names)
    for lexicon in others:
        if lexicon.read_bytes() == first.read_bytes():
            lexicon.unlink()
    meta = json.loads((shipped / "meta.json").read_text(encoding="utf-8"))
    print(f"{meta['name']} {meta['version']}: {', '.join(nlp.pipe_names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
