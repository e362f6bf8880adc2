"""How `tracker watch run` tells what is new: on the screen, as a digest, to a webhook, by mail."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.output import say
from tracker.errors import BadValue, TrackerError

if TYPE_CHECKING:
    from tracker.delivery.mail import Server
    from tracker.query.news import News
    from tracker.store import Store
    from tracker.store.watches import Saved


def digest_kind(as_: str | None, out: Path | None) -> str:
    """The kind of digest that is asked for, by name or by the file's ending; `table` is none."""
    from tracker.export.digest import DIGESTS

    if as_ is None:
        endings = {".md": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}
        return endings.get(out.suffix.lower(), "text") if out is not None else "table"
    kind = {"md": "markdown", "txt": "text"}.get(as_.lower(), as_.lower())
    if kind not in DIGESTS:
        raise BadValue(f"--as {as_}: choose from {', '.join(DIGESTS)}")
    return kind


def mail_server(
    mail_to: list[str] | None, smtp: str, user: str | None, password: str, security: str | None
) -> Server | None:
    """The mail server to use; None where nothing is mailed."""
    if not mail_to:
        return None
    from tracker.delivery.mail import make_server
    from tracker.delivery.secrets import read_secret

    secret = read_secret("--smtp-password", password) if user else None
    return make_server(smtp, user, secret, security)


def mail_sender(mail_from: str | None, mail_to: list[str] | None) -> str:
    """Who the mail is from, once all addresses are checked; empty where nothing is mailed."""
    if not mail_to:
        return ""
    from tracker.delivery.mail import check_address

    for address in mail_to:
        check_address("--mail-to", address)
    if mail_from is None:
        raise BadValue("--mail-to needs --mail-from ADDRESS (or TRACKER_MAIL_FROM)")
    return check_address("--mail-from", mail_from)


def find_news(store: Store, names: list[str]) -> list[tuple[Saved, list[News]]]:
    """What is new for each saved search of these names, or of all.

    Raises `TrackerError` for a name that no search has.
    """
    from tracker.query import make_filter
    from tracker.query.news import news
    from tracker.store.watches import find_watch, list_watches

    with store.reading() as connection:
        if names:
            saved = []
            for name in names:
                one = find_watch(connection, name)
                if one is None:
                    raise TrackerError(f"no watch {name!r}; tracker watch list shows them")
                saved.append(one)
        else:
            saved = list_watches(connection)
            if not saved:
                say("no saved searches yet: tracker watch add NAME [filters]")
        return [(one, news(connection, one.id, make_filter(**one.options))) for one in saved]


def show_news(saved: Saved, found: list[News], kind: str, out: Path | None) -> None:
    """Write the news to the screen or into a file."""
    from tracker.export.digest import as_html, as_markdown, as_text, make_digest

    if kind == "table":
        from tracker.export.watches import write_news

        write_news(saved.name, found, sys.stdout)
    else:
        digest = make_digest(saved.name, found, date.today())
        text = {"markdown": as_markdown, "html": as_html, "text": as_text}[kind](digest)
        if out is not None:
            from tracker.export import write_file

            write_file(out, lambda file: file.write(text))
        else:
            sys.stdout.write(text)
    sys.stdout.flush()


def post_news(saved: Saved, found: list[News], address: str) -> None:
    """Send the news to a webhook."""
    from tracker.delivery.webhook import post
    from tracker.export.digest import as_slack, make_digest

    post(address, as_slack(make_digest(saved.name, found, date.today())))
    say(f"{saved.name}: {len(found)} sent to the webhook")


def mail_news(
    saved: Saved, found: list[News], server: Server, sender: str, recipients: list[str]
) -> None:
    """Send the news by mail."""
    from tracker.delivery.mail import make_message, send
    from tracker.export.digest import as_html, as_text, make_digest

    digest = make_digest(saved.name, found, date.today())
    text, page = as_text(digest), as_html(digest)
    send(server, make_message(sender, recipients, digest.title, text, page))
    say(f"{saved.name}: {len(found)} sent to {', '.join(recipients)}")


def mark_as_told(store: Store, saved: Saved, found: list[News]) -> None:
    """Remember that the news has arrived."""
    from tracker.store.watches import mark_told

    with store.changing() as connection:
        told = [(one.row.id, one.told) for one in found]
        mark_told(connection, saved.id, told, datetime.now(UTC))
