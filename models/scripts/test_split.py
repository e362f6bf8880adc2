"""Score the shipped pipeline on the corpus's test split, file by file, into a JSON file.

python models/scripts/test_split.py data/corpora/briefs models/metrics.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tracker.evaluation.run import evaluate_file
from tracker.extraction import load_extractor, pipeline_info
from tracker.extraction.corpus import split_files


def main() -> int:
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    extractor = load_extractor()
    figures = {
        path.stem: {
            name: round(value, 4)
            for name, value in evaluate_file(path, extractor).figures().items()
        }
        for path in split_files(folder, "test")
    }
    found = {"pipeline": pipeline_info(), "test": figures}
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(target.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
