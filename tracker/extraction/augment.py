"""Variations of an annotated brief that leave its meaning alone: other names, quotes, bullets, sources.

What a writer happened to do everywhere (quote no company, begin with a rocket) must not become
what the reader goes by.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]

_QUOTES = re.compile(r"['\"‘’“”]")
_LEAD = re.compile(r"^(?:[^\w\s'\"(‘“$€£¥₩₹]+|\[[^\]]{1,12}\]|\d{1,2}[.)])\s*")
_BULLETS = ("🚀 ", "▲ ", "■ ", "• ", "- ", "[투자] ", "▶ ", "1. ", "◆ ", "💰 ", "* ", "📌 ")
_ENDINGS_KO = (
    " - 한빛경제",
    " - 벤처저널",
    " | 테크데일리",
    " (스타트업신문)",
    " - 새벽뉴스",
    "…",
    "...",
)
_ENDINGS_EN = (" - The Ledger", " - StartupWire", " | TechPost", " (Daily Brief)", " ...", "…")
_WORD = re.compile(r"[가-힣]{2,8}|[A-Z][A-Za-z]{2,12}")


def named_spans(row: Row) -> list[tuple[int, int, str]]:
    """(start, end, role) of every company and investor mention: the annotated ones and, by program,
    every other place where the same string stands."""
    text = row["text"]
    names: dict[str, str] = {}
    for record in row["rounds"]:
        names.setdefault(record["company"], "company")
        for investor in record["investors"]:
            role = "lead" if investor["lead"] else "investor"
            if names.get(investor["name"]) != "lead":
                names[investor["name"]] = role
    for record in row["rounds"]:
        names[record["company"]] = "company"
    spans: list[tuple[int, int, str]] = []
    for record in row["rounds"]:
        marks = [(record["spans"]["company"], "company")]
        for investor, span in zip(record["investors"], record["spans"]["investors"], strict=True):
            marks.append((span, "lead" if investor["lead"] else "investor"))
        for (start, end), role in marks:
            if not any(s < end and start < e for s, e, _ in spans):
                spans.append((start, end, role))
    for name, role in sorted(names.items(), key=lambda item: -len(item[0])):
        if len(name) < 2:
            continue
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            glued = (at and _glue(text[at - 1], name[0])) or (
                end < len(text) and name[-1].isascii() and _glue(name[-1], text[end])
            )
            if not glued and not any(s < end and at < e for s, e, _ in spans):
                spans.append((at, end, role))
            at = text.find(name, at + 1)
    return sorted(spans)


def _glue(a: str, b: str) -> bool:
    """Whether two neighbouring characters belong to one word of one script."""
    return (a.isascii() and b.isascii() and a.isalnum() and b.isalnum()) or (
        "가" <= a <= "힣" and "가" <= b <= "힣"
    )


def swap_names(row: Row, pool: dict[str, list[str]], rng: random.Random, share: float = 0.8) -> Row:
    """The same brief with other names of the same script for a share of them; spans follow."""
    text = row["text"]
    chosen: dict[str, str] = {}
    pieces: list[str] = []
    moved: list[tuple[int, int, int]] = []  # old start, old end, new start
    at = length = 0
    for start, end, role in named_spans(row):
        name = text[start:end]
        if name not in chosen:
            kind = ("ko" if any("가" <= c <= "힣" for c in name) else "en") + (
                "-company" if role == "company" else "-investor"
            )
            chosen[name] = (
                rng.choice(pool[kind]) if pool.get(kind) and rng.random() < share else name
            )
        pieces += [text[at:start], chosen[name]]
        length += start - at
        moved.append((start, end, length))
        length += len(chosen[name])
        at = end
    new_text = "".join(pieces) + text[at:]
    sizes = {(s, e): (n, n + len(chosen[text[s:e]])) for s, e, n in moved}

    def move(span: list[int]) -> list[int]:
        if tuple(span) in sizes:
            return list(sizes[tuple(span)])  # type: ignore[index]
        shift = 0
        for s, e, n in moved:
            if e <= span[0]:
                shift = n + len(chosen[text[s:e]]) - e
        return [span[0] + shift, span[1] + shift]

    rounds = []
    for record in row["rounds"]:
        spans: Row = {k: move(v) for k, v in record["spans"].items() if k != "investors"}
        spans["investors"] = [move(v) for v in record["spans"]["investors"]]
        investors = [
            {"name": chosen.get(i["name"], i["name"]), "lead": i["lead"]}
            for i in record["investors"]
        ]
        company = chosen.get(record["company"], record["company"])
        rounds.append({**record, "company": company, "investors": investors, "spans": spans})
    return {**row, "text": new_text, "rounds": rounds}


def name_pool(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Names of the rows by script and part: ``ko-company``, ``en-investor``, …"""
    pool: dict[str, set[str]] = {}
    for row in rows:
        for record in row["rounds"]:
            pairs = [(record["company"], "company")]
            pairs += [(i["name"], "investor") for i in record["investors"]]
            for name, part in pairs:
                script = "ko" if any("가" <= c <= "힣" for c in name) else "en"
                pool.setdefault(f"{script}-{part}", set()).add(name)
    return {key: sorted(names) for key, names in pool.items()}


def vary(row: Row, pool: dict[str, list[str]], rng: random.Random) -> Row:
    """The brief with other names, and now and then with other quotes, beginning or ending."""
    if row["rounds"]:
        row = swap_names(row, pool, rng)
    if rng.random() < 0.3:
        row = _edit(row, [(m.start(), m.end(), "") for m in _QUOTES.finditer(row["text"])])
    elif rng.random() < 0.3:
        row = _quote_a_name(row, rng)
    if rng.random() < 0.3:
        lead = _LEAD.match(row["text"])
        first = min((s for s, _, _ in named_spans(row)), default=len(row["text"]))
        if lead and lead.end() <= first:
            row = _edit(row, [(0, lead.end(), "")])
        elif not lead:
            row = _edit(row, [(0, 0, rng.choice(_BULLETS))])
    if rng.random() < 0.15:
        end = len(row["text"])
        endings = _ENDINGS_KO if row["lang"] == "ko" else _ENDINGS_EN
        row = _edit(row, [(end, end, rng.choice(endings))])
    return row


def _quote_a_name(row: Row, rng: random.Random) -> Row:
    """Quotes around the company, or around some word of a brief that names none."""
    mark = rng.choice("'\"")
    if row["rounds"]:
        places = [(s, e) for s, e, role in named_spans(row) if role == "company"]
    else:
        words = [m.span() for m in _WORD.finditer(row["text"][:80])]
        places = [rng.choice(words)] if words else []
    edits = []
    for start, end in places:
        around = row["text"][max(0, start - 1) : end + 1]
        if not _QUOTES.search(around):
            edits += [(start, start, mark), (end, end, mark)]
    return _edit(row, edits)


def _edit(row: Row, edits: list[tuple[int, int, str]]) -> Row:
    """Replace stretches of the text; spans move along. An insertion lies outside of a span it touches."""
    if not edits:
        return row
    text = row["text"]
    edits = sorted(edits)
    out: list[str] = []
    at = 0
    for start, end, new in edits:
        out += [text[at:start], new]
        at = end
    out.append(text[at:])

    def move(offset: int, is_start: bool) -> int:
        shift = 0
        for start, end, new in edits:
            if end < offset or (end == offset and (is_start or start < end)):
                shift += len(new) - (end - start)
            elif start < offset:
                return start + shift
        return offset + shift

    def span(pair: list[int]) -> list[int]:
        return [move(pair[0], True), move(pair[1], False)]

    rounds = []
    for record in row["rounds"]:
        spans: Row = {k: span(v) for k, v in record["spans"].items() if k != "investors"}
        spans["investors"] = [span(v) for v in record["spans"]["investors"]]
        rounds.append({**record, "spans": spans})
    varied = {**row, "text": "".join(out), "rounds": rounds}
    for record in varied["rounds"]:
        # A name may hold a quote of its own; it is then another string.
        start, end = record["spans"]["company"]
        record["company"] = varied["text"][start:end]
        record["investors"] = [
            {**investor, "name": varied["text"][s:e]}
            for investor, (s, e) in zip(
                record["investors"], record["spans"]["investors"], strict=True
            )
        ]
    return varied
