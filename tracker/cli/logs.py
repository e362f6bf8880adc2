"""Structured logs: one JSON object a line on standard error, for whoever watches the job."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Time (UTC), level, event, message, and the facts that came as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; whatever a letter or a server wrote, no control character is left raw."""
        from tracker.export.safety import json_text, plain_line, without_secrets

        facts = {name: value for name, value in vars(record).items() if name not in _OWN}
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": facts.pop("event", record.name),
            "message": plain_line(without_secrets(record.getMessage())),
            **facts,
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
        return json_text(json.dumps(line, ensure_ascii=False, default=str))


@contextmanager
def json_logs(wanted: bool) -> Iterator[None]:
    """Let the tracker log to standard error within; nothing at all where it is not `wanted`.

    Only our own loggers: those of libraries may tell addresses with keys in them.
    """
    logger = logging.getLogger("tracker")
    handler: logging.Handler = logging.NullHandler()
    if wanted:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if wanted else logging.CRITICAL)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before
        logger.setLevel(before[0])
