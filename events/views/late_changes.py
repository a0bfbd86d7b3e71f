"""Late changes for those who must tell of them: messages ready to be pasted, and how far the e-mails have come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from events.late_changes import late_changes_of, visible_late_rows
from events.late_mail import LOGIN, UNREACHABLE
from events.models import UrgentChange, UrgentNotice
from events.outputs.late_message import LateChange, merge_changes, render_all, render_change
from events.views.access import for_staff
from events.views.viewers import viewer_for

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from units.permissions import Viewer

JUST_NOW: Final = timedelta(minutes=1)
UNSENT_BACKENDS: Final = ("console.EmailBackend", "dummy.EmailBackend")


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMessage:
    """One change with its message, and how many people were and are still to be told by e-mail."""

    change: LateChange
    path: str
    text: str
    told: int
    waiting: int

    @property
    def height(self) -> int:
        """Lines of the field that holds the message."""
        return self.text.count("\n") + 2


@for_staff
@require_safe
def late_changes(request: HttpRequest) -> HttpResponseBase:
    """List what changed within a day of its time in the last 48 hours, newest first."""
    now = timezone.now()
    rows = list(visible_late_rows(viewer=viewer_for(request), now=now))
    changes = late_changes_of(rows)
    merged = [change for change in merge_changes(changes) if is_still_of_use(change, now=now)]
    context = {
        "messages_to_send": list(reversed(messages_of(rows, changes))),
        "all_text": render_all(merged, now=now) if merged else "",
        "all_count": len(merged),
        "faults": fault_sentences(rows),
        "is_mail_set": not settings.EMAIL_BACKEND.endswith(UNSENT_BACKENDS),
    }
    return render(request, "events/late_changes.html", context)


def is_still_of_use(change: LateChange, *, now: datetime) -> bool:
    """Whether the time, old or new, still lies ahead."""
    return any(state is not None and state.interval.end > now for state in (change.before, change.after))


def messages_of(rows: Sequence[UrgentChange], changes: Sequence[LateChange]) -> list[LateMessage]:
    """Each change with its message; one query."""
    notices = UrgentNotice.objects.filter(change__in=[row.pk for row in rows]).order_by()
    told: defaultdict[int, set[int]] = defaultdict(set)
    asked: defaultdict[int, set[int]] = defaultdict(set)
    for change, owner, sent_at in notices.values_list("change_id", "subscription__owner_id", "sent_at"):
        (asked if sent_at is None else told)[change].add(owner)
    return [
        LateMessage(
            change=change,
            path=row.activity.get_absolute_url(),
            text=render_change(change),
            told=len(told[row.pk]),
            waiting=len(asked[row.pk] - told[row.pk]),
        )
        for row, change in zip(rows, changes, strict=True)
    ]


def fault_sentences(rows: Sequence[UrgentChange]) -> list[str]:
    """What stopped letters that are not sent yet, each kind once; names nobody."""
    refused = UrgentNotice.objects.filter(change__in=[row.pk for row in rows], sent_at=None).exclude(fault="")
    kinds = set(refused.values_list("fault", flat=True))
    sentences = {
        UNREACHABLE: _("The mail server does not answer; the letters are tried again every ten minutes."),
        LOGIN: _("The mail server refuses the account of this installation; the administrator must correct EMAIL_URL."),
    }
    other = _("The mail server refused a letter; check the e-mail addresses of the people concerned.")
    return [sentences.get(kind, other) for kind in sorted(kinds)]


def may_tell(viewer: Viewer) -> bool:
    """Whether the page of late changes is open to the viewer."""
    return viewer.user is not None and (viewer.is_planner or bool(viewer.approved_area_ids))


def late_count(viewer: Viewer) -> int:
    """How many late changes the viewer's page lists; no query for who may not open it."""
    return visible_late_rows(viewer=viewer, now=timezone.now()).count() if may_tell(viewer) else 0


def offer_telling(request: HttpRequest, campaign_ids: Collection[int]) -> None:
    """Where the save just done was a late change, say so with a link to its message; one query."""
    since = timezone.now() - JUST_NOW
    count = UrgentChange.objects.filter(at__gte=since, activity__campaign__in=campaign_ids).count()
    if count:
        text = ngettext(
            "%(number)d change concerns the next 24 hours: calendars on phones will not show it in time.",
            "%(number)d changes concern the next 24 hours: calendars on phones will not show them in time.",
            count,
        )
        messages.warning(request, text % {"number": count}, extra_tags="late")
