"""The verbs that keep an uploaded workbook between its preview and its confirmation."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from events.models import PlanUpload

if TYPE_CHECKING:
    from datetime import datetime

    from units.models import User

KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 200


def keep_upload(*, content: bytes, name: str, by: User, now: datetime) -> PlanUpload:
    """Keep the bytes of a workbook under a token that nobody can guess."""
    return PlanUpload.objects.create(
        token=secrets.token_hex(16), name=name[-LONGEST_NAME:], content=content, uploaded_by=by, uploaded_at=now
    )


def drop_upload(*, upload: PlanUpload) -> None:
    """Forget a workbook that was imported or given up."""
    upload.delete()


def purge_uploads(*, now: datetime) -> int:
    """Forget workbooks that nobody confirmed within a day; return how many."""
    count, _by_model = PlanUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return count
