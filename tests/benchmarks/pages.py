"""Which reader of HTML keeps briefs apart? The share of brief text that arrives in one piece.

    pip install trafilatura lxml_html_clean selectolax    # only for the comparison
    python tests/benchmarks/pages.py [FOLDER_OF_ISSUES]

Read are the archive pages of tests/page_layouts.py and the HTML letters and mails of data/issues;
every reader's text goes through the same segmentation. A brief arrives in one piece where one
found brief holds its words and those of no other. Of a folder only counts are printed.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from page_layouts import LAYOUTS, LETTERS  # noqa: E402

from tracker.records import Issue  # noqa: E402
from tracker.segment import find_briefs, read_head  # noqa: E402
from tracker.sources import read_data  # noqa: E402
from tracker.sources.cleaning import clean_text  # noqa: E402
from tracker.sources.html import html_to_text  # noqa: E402

Reader = Callable[[str], str]


def trafilatura_text(html: str) -> str:
    """Its main content as Markdown, with lists and tables."""
    import trafilatura

    return trafilatura.extract(html, include_tables=True, output_format="markdown") or ""


def selectolax_text(html: str) -> str:
    """All text of the body, a line a node."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for tag in ("script", "style", "noscript"):
        for node in tree.css(tag):
            node.decompose()
    return tree.body.text(separator="\n", strip=True) if tree.body else ""


READERS: dict[str, Reader] = {
    "own tokenizer": html_to_text,
    "trafilatura": trafilatura_text,
    "selectolax": selectolax_text,
}


def pages() -> Iterator[tuple[str, str, list[str]]]:
    """Name, HTML and the briefs that stand in it."""
    for name, layout in LAYOUTS.items():
        for letter in LETTERS:
            yield name, layout(letter), [text for _, text in letter.briefs]
    import json

    golden = ROOT / "tests" / "golden" / "issues"
    for path in sorted((ROOT / "data" / "issues").glob("*.html")):
        briefs = json.loads((golden / f"{path.stem}.briefs.json").read_text(encoding="utf-8"))
        yield path.name, path.read_text(encoding="utf-8"), briefs


def bare(text: str) -> str:
    """Letters and digits."""
    return re.sub(r"[\W_]+", "", text)


def in_one_piece(html: str, expected: list[str], reader: Reader) -> tuple[int, int, int]:
    """Characters of briefs that arrived whole and alone, of how many, and briefs too many."""
    (issue,) = read_data(html.encode(), "page.html", "x")
    text = clean_text(reader(html))
    issue = read_head(replace(issue, text=text, media="html"))
    found = [bare(brief.text) for brief in find_briefs(issue) if brief.in_news_section]
    whole = [bare(text) for text in expected]
    good = sum(
        len(brief)
        for brief in whole
        if any(
            brief in one and not any(other in one for other in whole if other != brief)
            for one in found
        )
    )
    return good, sum(map(len, whole)), max(0, len(found) - len(whole))


def main(folders: list[str]) -> None:
    """Print a line a reader."""
    rows = list(pages())
    print(f"{len(rows)} pages with {sum(len(briefs) for _, _, briefs in rows)} briefs")
    for name, reader in READERS.items():
        started = time.perf_counter()
        try:
            results = [in_one_piece(html, briefs, reader) for _, html, briefs in rows]
        except ImportError as error:
            print(f"{name:15} not installed ({error.name})")
            continue
        good, of, extra = (sum(column) for column in zip(*results, strict=True))
        took = 1000 * (time.perf_counter() - started) / len(rows)
        print(f"{name:15} {good / of:7.1%} in one piece, {extra} too many, {took:.1f} ms a page")
    for folder in folders:
        _count(Path(folder))


def _count(folder: Path) -> None:
    """How many of the rounds of other letters stand whole in one brief."""
    import json

    told = held = 0
    for path in sorted(folder.glob("*.rounds.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        letters = [
            p for p in folder.glob(f"{path.name.removesuffix('.rounds.json')}.*") if p != path
        ]
        issues = [read_head(one) for one in _issues(letters[0])]
        briefs = [brief.text for one in issues for brief in find_briefs(one)]
        for record in gold["rounds"] if isinstance(gold, dict) else gold:
            names = [record["company"], *(investor["name"] for investor in record["investors"])]
            told += 1
            held += any(all(name in brief for name in names) for brief in briefs)
        if isinstance(gold, dict):
            print(f"{letters[0].name}: {len(briefs)} briefs found, {gold['briefs']} in it")
    print(f"{folder}: {held} of {told} rounds with all their names in one brief")


def _issues(path: Path) -> list[Issue]:
    return list(read_data(path.read_bytes(), path.name, path.name))


if __name__ == "__main__":
    main(sys.argv[1:])
