"""The forms in which letters arrived: their bytes, and which stored issue each is a copy of.

In: fingerprints, keys and bytes of the letters of one transaction. Out: what is known of them,
and rows that wait to be written. Whether two letters are the same is identity's answer.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select, update

from tracker.records import Issue, Raw, storable
from tracker.store import job_tables as j
from tracker.store import tables as t
from tracker.store.backend import backend_of
from tracker.store.pending import Pending, chunked

CROWD = 16
"""A key that so many issues have says nothing any more; it is not given to another."""
CANDIDATES = 4
"""Issues that a letter is compared with, those that share most keys."""


class CopyBook:
    """What the store knows of letters, and of those of this transaction."""

    def __init__(self, connection: Connection, pending: Pending) -> None:
        self._connection = connection
        self._pending = pending
        self._now = datetime.now(UTC)
        self._asked: set[str] = set()
        self._known: set[str] = set()
        self._keys: dict[int, list[int]] = {}
        self._raws: dict[str, tuple[int, str | None]] = {}

    def expect(
        self, fingerprints: Iterable[str], keys: Iterable[int], raws: Iterable[Raw | None]
    ) -> None:
        """Look up together what will be asked for one by one."""
        copy, key, raw = j.ISSUE_COPY.c, j.ISSUE_KEY.c, j.RAW_ISSUE.c
        for some in chunked(set(fingerprints) - self._asked):
            known = select(copy.fingerprint).where(copy.fingerprint.in_(some))
            self._known.update(self._connection.execute(known).scalars())
            self._asked.update(some)
        if wanted := sorted(set(keys) - self._keys.keys()):
            backend = backend_of(self._connection)
            holders = select(key.key, key.issue_id).where(backend.among(key.key, "keys"))
            self._keys.update((one, []) for one in wanted)
            for found, issue_id in self._connection.execute(holders, {"keys": backend.ids(wanted)}):
                self._keys[found].append(issue_id)
        for shas in chunked({r.sha256 for r in raws if r} - self._raws.keys()):
            stored = select(raw.sha256, raw.id, raw.failure).where(raw.sha256.in_(shas))
            for sha, raw_id, failure in self._connection.execute(stored):
                self._raws[sha] = raw_id, failure

    def knows(self, fingerprint: str) -> bool:
        """Whether a letter has arrived in this very form."""
        return fingerprint in self._known

    def alike(self, keys: Sequence[int], enough: int) -> list[int]:
        """The issues that share at least so many keys, those that share most first."""
        shared = Counter(issue_id for key in keys for issue_id in self._keys[key])
        found = sorted((-count, issue_id) for issue_id, count in shared.items() if count >= enough)
        return [issue_id for _, issue_id in found[:CANDIDATES]]

    def add_keys(self, issue_id: int, keys: Sequence[int]) -> None:
        """Let the issue be found by these keys."""
        for key in keys:
            holders = self._keys[key]
            if len(holders) < CROWD:
                holders.append(issue_id)
                self._pending.add(j.ISSUE_KEY, key, issue_id)

    def add(self, issue_id: int, issue: Issue, fingerprint: str, source_id: int | None) -> None:
        """Keep the form in which the issue has arrived."""
        self._known.add(fingerprint)
        raw_id = self._keep(issue.raw, source_id, None) if issue.raw else None
        self._pending.add(
            j.ISSUE_COPY, issue_id, raw_id, source_id, fingerprint, issue.source, self._now
        )

    def set_aside(self, raw: Raw, failure: str, source_id: int | None) -> None:
        """Keep bytes of which no issue could be made, so that they can be tried again."""
        self.expect((), (), [raw])
        self._keep(raw, source_id, failure)

    def _keep(self, raw: Raw, source_id: int | None, failure: str | None) -> int:
        known = self._raws.get(raw.sha256)
        if known is None:
            raw_id = self._pending.next_id(j.RAW_ISSUE)
            self._pending.add(
                j.RAW_ISSUE,
                raw_id,
                raw.sha256,
                storable(raw.name),
                len(raw.data),
                self._now,
                source_id,
                failure,
                zlib.compress(raw.data),
            )
        else:
            raw_id, before = known
            # Of what could be read at last, the old failure is no news; and one letter of a
            # mailbox that cannot be read takes nothing from the others.
            if before is not None and before != failure:
                self._connection.execute(
                    update(j.RAW_ISSUE).where(j.RAW_ISSUE.c.id == raw_id).values(failure=failure)
                )
            elif before is None:
                failure = None
        self._raws[raw.sha256] = raw_id, failure
        return raw_id


def clear_failure(connection: Connection, raw_id: int) -> None:
    """The letter is set aside no longer."""
    connection.execute(update(j.RAW_ISSUE).where(j.RAW_ISSUE.c.id == raw_id).values(failure=None))


def stored_letter(connection: Connection, issue_id: int) -> tuple[str, Sequence[str], date | None]:
    """The text of an issue, the texts of its briefs in order, and its day."""
    issue, brief = t.ISSUE.c, t.BRIEF.c
    letter = select(issue.text_z, issue.issued_on).where(issue.id == issue_id)
    text_z, day = connection.execute(letter).one()
    briefs = select(brief.text).where(brief.issue_id == issue_id).order_by(brief.position)
    return zlib.decompress(text_z).decode("utf-8"), connection.execute(briefs).scalars().all(), day
