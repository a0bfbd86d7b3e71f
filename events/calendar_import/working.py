"""The background work on an uploaded calendar: reading it into a preview, and saving what the preview showed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotAllowed, PlanRejected, StalePlan
from core.text import inner_quotes
from events.calendar_import.calendar import NotACalendar
from events.calendar_import.choices import ImportChoices
from events.calendar_import.examining import Examination, examine
from events.calendar_import.fetching import fetch_calendar
from events.calendar_import.report import report_of
from events.models import CalendarUpload, CalendarUploadState
from events.planning.calendar_saving import save_calendar
from events.planning.calendar_uploads import begin, finish, keep_content, show_progress
from events.planning.commands import StepLabel

State = CalendarUploadState
BEAT_SECONDS: Final = 0.7
MOST_SECONDS: Final = 1_800
logger = logging.getLogger(__name__)


class Abandoned(Exception):  # noqa: N818 -- named for what happened to the work
    """The upload was given up; whoever works on it stops."""


class Beat:
    """Tells the upload's row how far the work is, at most once in 0.7 seconds, and stops work that nobody waits for.

    Raises Abandoned where the upload is gone and NotACalendar after half an hour: no file may hold the worker longer.
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self.began = self.told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` events are gone through."""
        now = time.monotonic()
        if now - self.told < BEAT_SECONDS:
            return
        self.told = now
        if not show_progress(token=self.token, done=done, total=total):
            raise Abandoned
        if now - self.began > MOST_SECONDS:
            raise NotACalendar(_("Reading the file takes more than half an hour; split the calendar."))


def read_upload(token: str) -> str:
    """Make the preview of an upload that waits for it; the state it is in then, empty where there was nothing to do."""
    if not begin(token=token, after=(State.WAITING,), state=State.READING):
        return ""
    return _work(token, _read)


def save_upload(token: str) -> str:
    """Save an upload whose preview was confirmed (state "saving"); the state it is in then."""
    if not show_progress(token=token, done=0, total=0):
        return ""
    return _work(token, _save)


def _work(token: str, work: Callable[[CalendarUpload], str]) -> str:
    upload = CalendarUpload.objects.select_related("campaign", "uploaded_by").filter(token=token).first()
    if upload is None:
        return ""
    language = upload.choices.get("language", "vi")
    try:
        with translation.override(language):
            return work(upload)
    except Abandoned:
        return ""
    except NotACalendar as fault:
        finish(token=token, state=State.FAILED, message=str(fault))
    except Exception:
        logger.exception("The work on an uploaded calendar failed")
        with translation.override(language):
            finish(token=token, state=State.FAILED, message=_("Something unexpected went wrong; nothing was saved."))
    return State.FAILED


def _examine(upload: CalendarUpload, *, is_preview: bool = True) -> Examination:
    content, upload.content = bytes(upload.content), b""
    return examine(
        content,
        campaign=upload.campaign,
        choices=ImportChoices.from_json(upload.choices),
        by=upload.uploaded_by,
        progress=Beat(upload.token),
        is_preview=is_preview,
    )


def _read(upload: CalendarUpload) -> str:
    if upload.address:
        upload.content = fetch_calendar(upload.address, settings.PANO_IMPORT_HOSTS)
        keep_content(token=upload.token, content=upload.content)
    return _show(upload)


def _show(upload: CalendarUpload, message: str = "") -> str:
    """Make the preview; `message` says why it is shown again."""
    found = _examine(upload)
    finish(token=upload.token, state=State.READY, message=message, report=report_of(found, found.conflicts()))
    return State.READY


def _save(upload: CalendarUpload) -> str:
    seen = (upload.report or {}).get("fingerprint")
    upload.report = None
    found = _examine(upload, is_preview=False)
    if found.fingerprint != seen:
        return _again(upload, _("The plan changed since the preview was made; look at it again, then save."))
    try:
        save_calendar(
            token=upload.token,
            campaign_id=upload.campaign_id,
            imported=found.imported,
            label=_label(upload, len(found.imported)),
            by=upload.uploaded_by,
        )
    except PlanRejected as rejection:
        return _again(upload, _first(rejection))
    except (StalePlan, NotAllowed) as fault:
        return _again(upload, f"{_('Nothing was saved.')} {fault}")
    except IntegrityError:
        return _again(upload, f"{_('Nothing was saved.')} {_('Somebody saved the same at the same moment.')}")
    except ValidationError as fault:
        return _again(upload, f"{_('Nothing was saved.')} {' '.join(fault.messages)}")
    return State.DONE


def _again(upload: CalendarUpload, message: str) -> str:
    upload.refresh_from_db(fields=["content"])
    return _show(upload, message)


def _first(rejection: PlanRejected) -> str:
    blocking = [conflict.message for conflict in rejection.conflicts if conflict.is_blocking]
    told = ngettext("%(count)d conflict stands in the way.", "%(count)d conflicts stand in the way.", len(blocking))
    return f"{_('Nothing was saved.')} {told % {'count': len(blocking)}}"


def _label(upload: CalendarUpload, count: int) -> StepLabel:
    words = ngettext(
        "%(count)d activity imported from “%(name)s”", "%(count)d activities imported from “%(name)s”", count
    )
    told = words % {"count": count, "name": inner_quotes(upload.name)}
    return StepLabel(verb="import calendar", label=told)
