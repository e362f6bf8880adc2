"""Copy a trained pipeline to where it is shipped from, under its name and version.

python models/scripts/ship.py models/training/model-best models/brief_reader 0.1.0
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path


def main() -> int:
    trained, shipped, version = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if shipped.exists():
        shutil.rmtree(shipped)
    shutil.copytree(trained, shipped)
    # The vocabulary's strings are every word of the training briefs; the reader keeps its own.
    shutil.rmtree(shipped / "vocab")
    meta = json.loads((shipped / "meta.json").read_text(encoding="utf-8"))
    meta |= {
        "name": shipped.name,
        "version": version,
        "description": "Roles of tokens and kind of a startup-news brief, Korean and English",
        "license": "MIT",
    }
    (shipped / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
