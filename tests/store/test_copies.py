"""Letters as they came: every byte kept, one issue for all forms, and found by few keys."""

from __future__ import annotations

import hashlib
import zlib

from conftest import Desk

from tracker.query.issues import get_issue, list_copies, list_issues, raw_bytes
from tracker.store.copies import CROWD

BRIEFS = tuple(
    f"회사{n} | 시리즈A | {n}0억원 | 바다{n}캐피탈*, 나래{n}벤처스 | 누적 {n}5억원"
    for n in range(1, 7)
)


def test_bytes_are_kept(filled: Desk) -> None:
    with filled.open(read_only=True) as store, store.reading() as connection:
        for row in list_issues(connection):
            [copy] = list_copies(connection, row.id)
            text = filled.letters[row.source]
            assert copy.raw_id is not None
            assert raw_bytes(connection, copy.raw_id) == text.encode()
            assert copy.sha256 == hashlib.sha256(text.encode()).hexdigest()
            assert (copy.length, copy.name) == (len(text.encode()), row.source)
            found = get_issue(connection, row.id)
            assert found and found[1] == text
        assert get_issue(connection, 99) is None


def test_another_form_is_a_copy(desk: Desk) -> None:
    """In one batch and in a later one; then it is known by its own fingerprint."""
    desk.write("mail", "레터 | 1 | 2026-01-02", *BRIEFS)
    desk.write("feed", "레터 | 1 | 2026-01-02", *BRIEFS, "~#market 로그인 | 구독하기")
    desk.write("page", "레터 | 1 | 2026-01-03", "~#market 홈 지난 호", *BRIEFS)
    assert [o.status for o in desk.ingest("mail", "feed")] == ["new", "known"]
    assert [o.status for o in desk.ingest("page")] == ["known"]
    assert desk.rows("select count(*) from issue") == [(1,)]
    assert desk.rows("select count(*) from report") == [(6,)]
    assert [row[0] for row in desk.rows("select origin from issue_copy order by id")] == [
        "mail",
        "feed",
        "page",
    ]
    loads = desk.loads
    assert {o.status for o in desk.ingest()} == {"known"}
    assert desk.loads == loads, "nothing is extracted again"
    assert desk.rows("select count(*) from raw_issue") == [(3,)]


def test_next_issue_is_no_copy(desk: Desk) -> None:
    frame = tuple(
        f"#market 매주 금요일 아침에 보내 드리는 편지의 {n}번째 인사말입니다" for n in range(9)
    )
    for n in range(CROWD + 4):
        news = f"회사{n} | 시리즈A | {n + 1}0억원 | 바다{n}캐피탈, 나래{n}벤처스"
        desk.write(f"{n}", f"레터 | {n} | 2026-01-02", *frame, news)
    assert {o.status for o in desk.ingest()} == {"new"}
    crowds = desk.rows("select count(*) from issue_key group by key order by count(*) desc")
    assert crowds[0] == (CROWD,), "what all letters say tells none of them"


def test_letters_of_one_file_share_its_bytes(desk: Desk) -> None:
    from tracker.ingest import ingest_issues
    from tracker.records import Issue, Raw

    raw = Raw(b"<rss>", "feed.xml")
    issues = [
        Issue(f"@ 레터 | {n} | 2026-01-02\n회사{n} | 시드 | 3억원 | 갑", f"feed#{n}", raw=raw)
        for n in range(3)
    ]
    with desk.open() as store:
        assert [o.status for o in ingest_issues(issues, store, steps=desk.steps())] == ["new"] * 3
    assert desk.rows("select count(*) from raw_issue") == [(1,)]
    assert desk.rows("select distinct raw_id from issue_copy") == [(1,)]
    [(data,)] = desk.rows("select data_z from raw_issue")
    assert zlib.decompress(bytes(data)) == b"<rss>"
