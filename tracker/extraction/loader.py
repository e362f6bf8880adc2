"""Finds the trained pipeline: an explicit path, else the one in the package, else the checkout's.

Only `load_pipeline` imports spaCy; where it is and what it is called is read from its files.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import PipelineMissing

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED = "brief_reader"
_PLACES = (
    _PACKAGE / "_models" / _SHIPPED,  # in the wheel
    _PACKAGE.parent / "models" / _SHIPPED,  # in a checkout
)


def pipeline_path(explicit: str | Path | None = None) -> Path:
    """The folder of the pipeline to use. Raises `PipelineMissing` where there is none."""
    places = (Path(explicit),) if explicit else _PLACES
    for place in places:
        if (place / "meta.json").is_file():
            return place
    raise PipelineMissing(f"no trained pipeline at {places[0]}: reinstall, or run `make models`")


def pipeline_info(explicit: str | Path | None = None) -> dict[str, str]:
    """The pipeline's name and version, without loading it."""
    path = pipeline_path(explicit)
    meta: dict[str, Any] = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    return {"name": str(meta["name"]), "version": str(meta["version"])}


@lru_cache(maxsize=2)
def load_pipeline(path: Path) -> Language:
    """The pipeline at `path`; loaded once a process."""
    import spacy

    import tracker.extraction.factories  # noqa: F401 - registers our tokenizer, network and component

    return spacy.load(path)
