"""Which certificates are trusted, and how a refused one is told."""

from __future__ import annotations

import ssl

from tracker.errors import BadValue

_REASONS = (
    ("expired", "its certificate has expired"),
    ("not yet valid", "its certificate is not valid yet"),
    ("mismatch", "its certificate is for another server"),
    ("self-signed", "its certificate is signed by nobody who is trusted (see --ca-file)"),
    ("self signed", "its certificate is signed by nobody who is trusted (see --ca-file)"),
    ("unable to get", "its certificate is signed by nobody who is trusted (see --ca-file)"),
    ("revoked", "its certificate was revoked"),
)


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Verify servers by the usual authorities, and by those in `ca_file`."""
    import httpx

    context = httpx.create_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise BadValue(f"{ca_file}: no certificates in PEM format in it") from error
    return context


def tls_failure(error: BaseException | None) -> str | None:
    """Why a TLS connection was refused, None where it was not about TLS."""
    while error is not None and not isinstance(error, ssl.SSLError):
        # httpcore and httpx wrap the error they met.
        error = error.__cause__ or error.__context__
    if error is None:
        return None
    said = str(getattr(error, "verify_message", "") or error.reason or error)
    for sign, reason in _REASONS:
        if sign in said.lower():
            return reason
    return f"no TLS connection ({said.lower().replace('_', ' ')[:80]})"
