"""The pieces of a body as sent in, the body unpacked out, never more than it may hold.

httpx unpacks too, but a piece at a time without a limit: a few kilobytes that are packed thrice
over would fill the memory before their size could be looked at.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

ACCEPTED = "gzip, deflate"


class TooLarge(Exception):
    """The body goes beyond its limit."""


class Damaged(Exception):
    """The body does not unpack; the message says why."""


def unpack(pieces: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The whole body; `encoding` is the header Content-Encoding, `limit` counts unpacked bytes."""
    packed = encoding.strip().lower()
    if packed in ("", "identity"):
        return _plain(pieces, limit)
    if packed not in ("gzip", "x-gzip", "deflate"):
        raise Damaged(f"it is packed in a way that was not asked for ({packed[:40]})")
    return _inflated(pieces, limit)


def _plain(pieces: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


def _inflated(pieces: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    inflater = None
    for piece in pieces:
        if inflater is None:
            inflater = _inflater(piece)
        while piece:
            try:
                body += inflater.decompress(piece, limit + 1 - len(body))
            except zlib.error as error:
                raise Damaged("what was sent does not unpack") from error
            if len(body) > limit:
                raise TooLarge
            if inflater.eof:
                # Several gzip members may follow one another; what else follows is ignored.
                piece = inflater.unused_data
                if not piece.startswith(b"\x1f\x8b"):
                    break
                inflater = _inflater(piece)
            else:
                piece = inflater.unconsumed_tail
    if inflater is not None and not inflater.eof:
        raise Damaged("what was sent ends too early")
    return bytes(body)


def _inflater(first: bytes) -> zlib._Decompress:
    if first.startswith(b"\x1f\x8b"):
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    # "deflate" is zlib's format by the book, and bare deflate by many servers.
    zlib_header = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)
