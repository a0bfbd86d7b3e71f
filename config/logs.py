"""What the log says of requests."""

from __future__ import annotations

import logging
import re
from typing import Any, Final

from gunicorn.glogging import Logger

SECRET_PATH: Final = re.compile(r"(/feeds/private/)[^\s\"'?<>]+")


def without_secrets(text: str) -> str:
    """Return the text with the tokens of private links taken out of addresses."""
    return SECRET_PATH.sub(r"\1…", text)


class DiscreetFormatter(logging.Formatter):
    """Writes a record, its trace included, without what must not be in a log."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole text of the record."""
        return without_secrets(super().format(record))


class DiscreetLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's logger, whose access log, where an operator turns it on, tells no token."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:  # noqa: ANN401, PLR0917 -- gunicorn's signature
        """Return the values an access log may name, without tokens."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {name: without_secrets(value) if isinstance(value, str) else value for name, value in found.items()}


def keep_faults_only(record: logging.LogRecord) -> bool:
    """Take the trace off a record about a request refused with 4xx: the sentence is enough, a fault is ours.

    Never drops a record. Django sets `status_code` on what it logs of requests.
    """
    if 400 <= getattr(record, "status_code", 0) < 500:  # noqa: PLR2004 -- HTTP's own classes
        record.exc_info = None
        record.exc_text = None
    return True
