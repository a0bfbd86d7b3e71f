"""The verbs that keep an uploaded calendar between its preview and its saving, and say how far the work on it is.

An upload goes waiting → reading → ready → saving → done, or to failed with a sentence. Whoever works on it shows life
by `show_progress`; work that has been silent for too long was killed and may be begun again (`recover`), and because
saving is one transaction, nothing of it is left.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from events.models import CalendarUpload, CalendarUploadState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from events.models import Campaign
    from units.models import User

State = CalendarUploadState
KEPT_FOR: Final = timedelta(days=1)
SILENT_FOR: Final = timedelta(minutes=2)  # of work that shows life every second
QUEUED_FOR: Final = timedelta(minutes=10)
LONGEST_NAME: Final = 200
LONGEST_MESSAGE: Final = 5_000
WORKING: Final = (State.WAITING, State.READING, State.SAVING)


def keep_calendar(
    *, content: bytes, name: str, address: str = "", campaign: Campaign, choices: dict[str, Any], by: User
) -> CalendarUpload:
    """Keep a calendar, or the address it is to be fetched from, under a token that nobody can guess."""
    now = timezone.now()
    return CalendarUpload.objects.create(
        token=secrets.token_hex(16),
        name=name[-LONGEST_NAME:],
        address=address,
        content=content,
        campaign=campaign,
        choices=choices,
        uploaded_by=by,
        uploaded_at=now,
        seen_at=now,
    )


def find_calendar(*, token: str, by: User) -> CalendarUpload | None:
    """The calendar that this person brought, without its bytes and report until they are asked for."""
    if not re.fullmatch(r"[0-9a-f]{32}", token):
        return None
    rows = CalendarUpload.objects.select_related("campaign").defer("content", "report")
    return rows.filter(token=token, uploaded_by=by).first()


def begin(*, token: str, after: Iterable[str], state: str) -> bool:
    """Take the upload into a new state; False where it is in none of the states `after` or gone: somebody was first."""
    rows = CalendarUpload.objects.filter(token=token, state__in=list(after))
    return bool(rows.update(state=state, done=0, message="", seen_at=timezone.now()))


def show_progress(*, token: str, done: int, total: int) -> bool:
    """Say how far the work is; False where the upload was given up meanwhile."""
    rows = CalendarUpload.objects.filter(token=token, state__in=WORKING)
    return bool(rows.update(done=done, total=total, seen_at=timezone.now()))


def finish(*, token: str, state: str, message: str = "", report: dict[str, Any] | None = None) -> bool:
    """Leave the upload in the state that the work ended with; a report of None keeps the one there is.

    False where nobody is working on it: given up, or saved by other work that was begun when this one seemed dead.
    """
    values: dict[str, Any] = {"state": state, "message": message[:LONGEST_MESSAGE], "seen_at": timezone.now()}
    if report is not None:
        values["report"] = report
    return bool(CalendarUpload.objects.filter(token=token, state__in=WORKING).update(**values))


def keep_content(*, token: str, content: bytes) -> None:
    """Keep the bytes that were fetched from the upload's address."""
    CalendarUpload.objects.filter(token=token).update(content=content, seen_at=timezone.now())


def is_silent(upload: CalendarUpload, *, now: datetime) -> bool:
    """Whether the work on it has shown no life for so long that it must have been killed, or never begun."""
    patience = QUEUED_FOR if upload.state == State.WAITING else SILENT_FOR
    return upload.state in WORKING and upload.seen_at < now - patience


def recover(*, token: str, by: User) -> str:
    """Bring work that was killed back to where it can be begun again; the state it is in then.

    Saving is one transaction that holds the upload's row: whoever gets the row knows that nobody is saving. Reading
    starts anew, and so does what could not be read. Empty where the row cannot be had.
    """
    with transaction.atomic():
        upload = _held(token, by)
        if upload is None:
            return ""
        if is_silent(upload, now=timezone.now()) or upload.state == State.FAILED:
            upload.state = State.READY if upload.state == State.SAVING else State.WAITING
            upload.seen_at = timezone.now()
            upload.message = ""
            upload.save(update_fields=["state", "seen_at", "message"])
        return upload.state


def give_up(*, token: str, by: User) -> bool:
    """Forget the upload; work on it stops at its next sign of life. False while it is being written, saved, or gone."""
    with transaction.atomic():
        upload = _held(token, by)
        if upload is None or upload.state == State.DONE:
            return False
        CalendarUpload.objects.filter(pk=upload.pk).delete()
        return True


def _held(token: str, by: User) -> CalendarUpload | None:
    """The upload with its row locked; None where it is gone, or saving holds it at this moment."""
    rows = CalendarUpload.objects.filter(token=token, uploaded_by=by).defer("content", "report")
    return rows.select_for_update(skip_locked=True).first()


def purge_calendars(*, now: datetime) -> int:
    """Forget calendars a day after they were uploaded; return how many."""
    count, _by_model = CalendarUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return count
