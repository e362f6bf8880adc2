"""Send a digest by SMTP: text and HTML in one message."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Literal

from tracker.errors import BadValue, TrackerError

Security = Literal["starttls", "tls", "none"]
TIMEOUT = 30.0
_ADDRESS = re.compile(r"[^\s@<>,;\"\\\x00-\x1f\x7f]+@[^\s@<>,;\"\\\x00-\x1f\x7f]+")
_PORTS: dict[str, Security] = {"465": "tls", "25": "none", "1025": "none"}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"


def make_server(
    where: str,
    user: str | None = None,
    password: str | None = None,
    security: str | None = None,
) -> Server:
    """A server from ``host`` or ``host:port`` (587 if none is given). Raises `BadValue`."""
    host, _, port = where.strip().rpartition(":") if ":" in where else (where.strip(), "", "587")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadValue(f"--smtp {where}: give HOST or HOST:PORT")
    how = security or _PORTS.get(port, "starttls")
    if how not in ("starttls", "tls", "none"):
        raise BadValue(f"--smtp-security {security}: choose from starttls, tls, none")
    if user and how == "none" and host not in ("localhost", "127.0.0.1", "::1"):
        raise BadValue("--smtp-security none would send the password for all to read")
    return Server(host, int(port), how, user, password)  # type: ignore[arg-type]


def check_address(option: str, address: str) -> str:
    """An address, or a `BadValue`; a line feed in one would be a header of its own."""
    if not _ADDRESS.fullmatch(address.strip()):
        raise BadValue(f"{option} {address!r}: not a mail address")
    return address.strip()


def make_message(
    sender: str, recipients: Sequence[str], subject: str, text: str, page: str
) -> EmailMessage:
    """A message that mail programs show as text or as a page."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    return message


def send(server: Server, message: EmailMessage) -> None:
    """Hand the message over for every recipient. Raises `TrackerError` where that fails."""
    context = ssl.create_default_context()
    try:
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        with connection:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password or "")
            refused = connection.send_message(message)
    except smtplib.SMTPAuthenticationError:
        raise TrackerError(f"{server.host}: does not take this user and password") from None
    except smtplib.SMTPNotSupportedError as error:
        raise TrackerError(f"{server.host}: cannot do that: {error}") from None
    except smtplib.SMTPException as error:
        raise TrackerError(f"{server.host}: mail not taken: {_reason(error)}") from None
    except (OSError, UnicodeError) as error:
        raise TrackerError(f"{server.host}:{server.port}: {error}") from None
    if refused:
        raise TrackerError(f"{server.host}: not taken for {', '.join(sorted(refused))}")


def _reason(error: smtplib.SMTPException) -> str:
    code = getattr(error, "smtp_code", None)
    return f"it answered {code}" if code else type(error).__name__
