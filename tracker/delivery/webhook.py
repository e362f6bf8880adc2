"""Send JSON to a webhook, again where the other side is busy or away for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tracker.delivery.secrets import read_secret
from tracker.errors import BadValue, TrackerError

TRIES = 4
TIMEOUT = 15.0
"""Seconds for one try."""
PATIENCE = 30.0
"""The longest pause, whatever the other side asks for."""


def webhook_address(given: str) -> str:
    """The address itself, or what ``env:NAME``, ``file:PATH``, ``keyring:…`` holds."""
    if given.startswith(("http://", "https://")):
        address = given
    elif given.startswith(("env:", "file:", "keyring:")):
        address = read_secret("--webhook", given)
    else:
        raise BadValue("--webhook: give an http(s) address, or env:NAME or file:PATH that holds it")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadValue("--webhook: not an http(s) address")
    return address


def shown(address: str) -> str:
    """An address for messages: its host alone, for the rest is often a secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}/…"


def post(
    address: str, message: dict[str, Any], *, pause: Callable[[float], None] = time.sleep
) -> None:
    """Send `message`. Raises `TrackerError` where it did not arrive after `TRIES` tries."""
    import httpx

    reason, wait = "", 1.0
    # No redirects: the address is where it should go, and nowhere else.
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=True) as client:
        for attempt in range(TRIES):
            if attempt:
                pause(min(wait, PATIENCE))
            wait = 2.0 ** (attempt + 1)
            try:
                answer = client.post(address, json=message)
            except httpx.InvalidURL:
                raise BadValue("--webhook: not an address") from None
            except httpx.HTTPError as error:
                reason = type(error).__name__
                continue
            if answer.is_success:
                return
            reason = f"it answered {answer.status_code}"
            if answer.status_code != 429 and answer.status_code < 500:
                break
            after = answer.headers.get("retry-after", "")
            wait = float(after) if after.isascii() and after.isdigit() else wait
    raise TrackerError(f"webhook {shown(address)}: not delivered: {reason}")
