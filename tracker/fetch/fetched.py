"""What fetchers take and give: options and a stored state in, letters as bytes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

Kind = Literal["imap", "feed", "page", "file", "folder"]
KINDS: tuple[Kind, ...] = ("imap", "feed", "page", "file", "folder")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One letter as it came, not yet read."""

    raw: bytes
    name: str
    """How reading should take it: "letter.eml", "page.html", "entry.xml"."""
    source: str
    """Where it came from, for people: a URL or a path. Never holds a password."""
    key: str
    """Its identity within the source: UIDVALIDITY and UID, an entry's guid, the page's URL."""
    newsletter: str | None = None
    """What the source calls itself, where the letter may not say it (a feed's title)."""
    published_on: date | None = None
    """The day the source gives it, for letters that carry none."""


@dataclass(frozen=True, slots=True)
class FetchProblem:
    """One letter that cannot be had while the others can; `final` means never, so it is not
    asked for again."""

    source: str
    reason: str
    key: str = ""
    final: bool = True


class Fetcher(Protocol):
    """One source of letters."""

    kind: Kind
    source: str
    """The source's address as people may see it, without secrets."""

    def fetch(self, state: Mapping[str, Any]) -> Iterator[Fetched | FetchProblem]:
        """Yield what is new since `state` ({} for everything there is).

        Raises `FetchFailed` where the source as a whole cannot be had; what was yielded before
        stays good.
        """
        ...  # pragma: no cover

    def state(self) -> dict[str, Any]:
        """What to remember, as JSON-able values: it covers all that `fetch` has handed out.

        Store it in the same transaction as those letters. `http_status`-like facts for people
        are not in it, but `moved_to` is, where a server says that the source has a new address.
        """
        ...  # pragma: no cover
