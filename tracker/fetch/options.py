"""How to fetch: limits, manners and secrets' whereabouts, from flags and the environment.

TRACKER_CONTACT        a URL or address that servers' owners may turn to; sent as User-Agent
TRACKER_CA_FILE        certificates (PEM) to trust besides the usual ones
TRACKER_PRIVATE_HOSTS  names of your own network's servers that may be asked, comma-separated
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker import __version__
from tracker.sources import MAX_BYTES

CONTACT = "https://example.invalid/set-TRACKER_CONTACT"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Everything that a fetcher may be told; times in seconds, sizes in bytes."""

    timeout: float = 20.0
    """For each single wait: connecting, the next bytes."""
    deadline: float = 120.0
    """For one whole response or one letter, however slowly it drips."""
    retries: int = 3
    """Further tries after a failure that may pass."""
    backoff: float = 1.0
    """The first pause; each further one is twice as long."""
    max_wait: float = 60.0
    """The longest pause, whatever a server's Retry-After asks for."""
    max_bytes: int = MAX_BYTES
    """Of one letter, page or feed, after decompression."""
    max_redirects: int = 5
    contact: str = CONTACT
    ca_file: str | None = None
    """Certificates (PEM) to trust besides the usual ones."""
    private_hosts: frozenset[str] = frozenset()
    """Names whose private addresses may be asked."""
    since: date | None = None
    """On a first fetch from a mailbox: only letters that arrived from this day on."""
    full_pages: bool = False
    """Fetch the page of a feed's entry that holds but a teaser."""
    allow_plain: bool = False
    """Let a mailbox be read without TLS."""
    mark_seen: bool = False
    """Mark mails as read in the mailbox."""
    password_env: str | None = None
    """The environment variable that holds a mailbox's password."""
    password_file: str | None = None
    """The file that holds it, in its first line."""

    @property
    def user_agent(self) -> str:
        """What servers are told of us."""
        return f"startup-funding-tracker/{__version__} (+{self.contact})"


def load_options(environ: Mapping[str, str] | None = None, **given: Any) -> FetchOptions:
    """The options as the environment has them; what is `given` (and not None) wins."""
    env = os.environ if environ is None else environ
    hosts = env.get("TRACKER_PRIVATE_HOSTS", "").lower().split(",")
    options = FetchOptions(
        contact=env.get("TRACKER_CONTACT") or CONTACT,
        ca_file=env.get("TRACKER_CA_FILE") or None,
        private_hosts=frozenset(host.strip() for host in hosts if host.strip()),
    )
    return replace(options, **{name: value for name, value in given.items() if value is not None})
