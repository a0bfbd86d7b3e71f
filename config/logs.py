"""What the log says of requests."""

from __future__ import annotations

import logging


def keep_faults_only(record: logging.LogRecord) -> bool:
    """Take the trace off a record about a request refused with 4xx: the sentence is enough, a fault is ours.

    Never drops a record. Django sets `status_code` on what it logs of requests.
    """
    if 400 <= getattr(record, "status_code", 0) < 500:  # noqa: PLR2004 -- HTTP's own classes
        record.exc_info = None
        record.exc_text = None
    return True
