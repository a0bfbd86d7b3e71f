"""The verbs that keep an uploaded workbook between its preview and its confirmation."""

from __future__ import annotations

import re
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


def take_upload(*, token: str, by: User) -> PlanUpload | None:
    """Hand out the workbook that the person brought, once: it is forgotten with the caller's transaction.

    Whoever asks for it at the same time waits for that transaction and gets None.
    """
    if not re.fullmatch(r"[0-9a-f]{32}", token):
        return None
    upload = PlanUpload.objects.select_for_update().filter(token=token, uploaded_by=by).first()
    if upload is not None:
        PlanUpload.objects.filter(pk=upload.pk).delete()
    return upload


def purge_uploads(*, now: datetime) -> int:
    """Forget workbooks that nobody confirmed within a day; return how many."""
    count, _by_model = PlanUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return count
