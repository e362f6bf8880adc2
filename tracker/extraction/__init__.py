"""Brief → its kind and its rounds. The only room that imports spaCy, and only when it must.

>>> extractor = load_extractor()                                     # doctest: +SKIP
>>> next(extractor.extract([("퓨어그린이 10억원을 유치했다.", None)]))   # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.extraction.loader import load_pipeline, pipeline_info, pipeline_path
from tracker.records import MAX_BRIEF_CHARS, ExtractedBrief

if TYPE_CHECKING:
    from spacy.language import Language

    from tracker.extraction.confidence import Calibration

__all__ = ["Extractor", "load_extractor", "pipeline_info", "pipeline_path"]

BATCH = 128
"""Briefs read at once: enough to keep the matrix products busy, small enough to stream."""


class Extractor:
    """Reads briefs with a loaded pipeline."""

    def __init__(self, nlp: Language, calibration: Calibration | None = None) -> None:
        self.nlp = nlp
        self.calibration = calibration

    def extract(
        self, texts: Iterable[tuple[str, date | None]], batch_size: int = BATCH
    ) -> Iterator[ExtractedBrief]:
        """One `ExtractedBrief` for each (text, day of issue), in order, batch by batch.

        Spans are character offsets into the text given. A text beyond `MAX_BRIEF_CHARS`
        is read up to there.
        """
        from tracker.extraction.assembly import assemble
        from tracker.extraction.normalize import normalize

        source = iter(texts)
        while batch := [(text[:MAX_BRIEF_CHARS], day) for text, day in islice(source, batch_size)]:
            clean = [normalize(text) for text, _ in batch]
            docs = self.nlp.pipe((text for text, _ in clean), batch_size=batch_size)
            for doc, (_, offsets), (text, day) in zip(docs, clean, batch, strict=True):
                yield assemble(doc, offsets, text, day, calibration=self.calibration)


def load_extractor(path: str | Path | None = None) -> Extractor:
    """The shipped pipeline, or the one at `path`, ready to read. Raises `PipelineMissing`."""
    from tracker.extraction.confidence import read_calibration

    found = pipeline_path(path)
    return Extractor(load_pipeline(found), read_calibration(found))
