"""A folder of an IMAP mailbox as a source: the letters that arrived since the last time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult

from tracker.errors import FetchFailed
from tracker.fetch.certificates import tls_context
from tracker.fetch.connection import ConnectionLost, read_address, session, within
from tracker.fetch.fetched import Fetched, FetchProblem, Kind
from tracker.fetch.options import FetchOptions
from tracker.fetch.passwords import find_password

if TYPE_CHECKING:
    from imapclient import IMAPClient

log = logging.getLogger("tracker.fetch")

_TOGETHER = 20
"""Letters asked for at once, and no more bytes than that."""
_TOGETHER_BYTES = 2_000_000
_SIZES_TOGETHER = 500
_SEARCHED_TOGETHER = 100_000
"""Numbers in one search: its answer is one line, and the standard library bounds those."""


class MailboxFetcher:
    """Reads letters without marking or deleting them.

    State: ``uidvalidity``, and ``last_uid``: all up to it was handed out. Where the server gave
    the folder new numbers (another UIDVALIDITY) it is read anew; the store knows its letters.
    """

    kind: Kind = "imap"

    def __init__(
        self, parts: SplitResult, options: FetchOptions, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._mailbox = read_address(parts)
        self.source = str(self._mailbox)
        self._options = options
        self._sleep = sleep
        self._validity = 0
        self._last = 0
        self._handed_out = 0

    def state(self) -> dict[str, Any]:
        """What to remember."""
        return {"uidvalidity": self._validity, "last_uid": self._last} if self._validity else {}

    def fetch(self, state: Mapping[str, Any]) -> Iterator[Fetched | FetchProblem]:
        """Yield the letters in the order of their arrival; a lost connection is taken up again."""
        self._validity = int(state.get("uidvalidity") or 0)
        self._last = int(state.get("last_uid") or 0)
        options = self._options
        password = find_password(self.source, self._mailbox.account, options)
        context = tls_context(options.ca_file)
        failures = 0
        while True:
            before = self._handed_out
            try:
                with session(self._mailbox, password, context, options) as (client, validity, size):
                    self._begin(validity)
                    yield from self._letters(client, size)
                return
            except ConnectionLost as lost:
                failures = 1 if self._handed_out > before else failures + 1
                if failures > options.retries:
                    raise FetchFailed(self.source, f"{lost} (tried {failures} times)") from lost
                log.info("%s: %s; connecting again", self.source, lost)
                self._sleep(min(options.backoff * 2 ** (failures - 1), options.max_wait))

    def _begin(self, validity: int) -> None:
        if validity != self._validity:
            if self._validity:
                log.warning("%s: the server has renumbered it; reading it anew", self.source)
            self._validity, self._last = validity, 0

    def _letters(self, client: IMAPClient, size: int) -> Iterator[Fetched | FetchProblem]:
        for uids in self._new(client, size):
            for start in range(0, len(uids), _SIZES_TOGETHER):
                chunk = uids[start : start + _SIZES_TOGETHER]
                yield from self._chunk(client, chunk)

    def _new(self, client: IMAPClient, size: int) -> Iterator[list[int]]:
        """The numbers of the new letters, searched for by the server."""
        criteria: list[Any] = ["UNDELETED"]
        if self._options.since:
            criteria += ["SINCE", self._options.since]
        start, step = self._last + 1, _SEARCHED_TOGETHER
        while True:
            end = "*" if size <= step else str(start + step - 1)
            with within(client, self._options.deadline, self._mailbox):
                found = client.search([*criteria, "UID", f"{start}:{end}"])
                last = max(client.search(["UID", "*"]), default=0) if end != "*" else 0
            # "n:*" gives the last letter even where its number is below n.
            yield sorted(uid for uid in found if uid >= start)
            start += step
            if end == "*" or start > last:
                return

    def _chunk(self, client: IMAPClient, uids: Sequence[int]) -> Iterator[Fetched | FetchProblem]:
        with within(client, self._options.deadline, self._mailbox):
            facts = client.fetch(uids, ["RFC822.SIZE"])
        together: list[int] = []
        weight = 0
        for uid in uids:
            bytes_of = int(facts.get(uid, {}).get(b"RFC822.SIZE", 0))
            if bytes_of > self._options.max_bytes:
                yield from self._download(client, together)
                together, weight = [], 0
                self._advance(uid)
                limit = self._options.max_bytes // 1_000_000
                yield FetchProblem(
                    self._name(uid), f"larger than {limit} MB, too large for a letter",
                    self._key(uid),
                )  # fmt: skip
                continue
            if together and (len(together) >= _TOGETHER or weight + bytes_of > _TOGETHER_BYTES):
                yield from self._download(client, together)
                together, weight = [], 0
            together.append(uid)
            weight += bytes_of
        yield from self._download(client, together)

    def _download(self, client: IMAPClient, uids: Sequence[int]) -> Iterator[Fetched]:
        if not uids:
            return
        with within(client, self._options.deadline, self._mailbox):
            found = client.fetch(uids, ["BODY.PEEK[]", "INTERNALDATE"])
        for uid in uids:
            letter = found.get(uid, {})
            data = letter.get(b"BODY[]")
            self._advance(uid)
            if not isinstance(data, bytes):
                continue  # deleted in the meantime
            arrived = letter.get(b"INTERNALDATE")
            yield Fetched(
                data,
                "letter.eml",
                self._name(uid),
                self._key(uid),
                published_on=arrived.date() if arrived else None,
            )
            if self._options.mark_seen:
                with within(client, self._options.deadline, self._mailbox):
                    client.add_flags([uid], [rb"\Seen"], silent=True)

    def _advance(self, uid: int) -> None:
        self._last = max(self._last, uid)
        self._handed_out += 1

    def _name(self, uid: int) -> str:
        return f"{self.source};uid={uid}"

    def _key(self, uid: int) -> str:
        return f"{self._validity}.{uid}"
