"""The entries of activities as a feed tells them, whole activities at a time, so that their text can be kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q
from django.utils import translation

from core.garbage import collection_paused
from events.models import Occurrence
from events.programme.assembly import load_entries
from events.programme.gate import UNCONFIRMED_STATUSES
from events.programme.key_list import KeyList
from events.programme.series import load_series

if TYPE_CHECKING:
    from collections.abc import Collection

    from events.programme.entries import ProgrammeEntry, Series

FEED_LANGUAGE: Final = "vi"  # a feed has one text for all its readers


class ActivityEntries(NamedTuple):
    """All entries of one activity, in their order, and its series if it recurs."""

    entries: list[ProgrammeEntry]
    series: Series | None


@collection_paused()
def load_activity_entries(keys: Collection[int], *, for_staff: bool) -> dict[str, ActivityEntries]:
    """Return what there is of these activities by UID; one without any entry is missing. Nine queries at most.

    Which activities a reader may see is asked elsewhere (`gate.visible_q`): here only single occurrences that are not
    confirmed are left out for visitors. Notes are never told.
    """
    rows = Occurrence.objects.filter(activity_id__in=KeyList(keys)).order_by()
    if not for_staff:
        rows = rows.exclude(status__in=UNCONFIRMED_STATUSES)
    with translation.override(FEED_LANGUAGE):
        entries, recurring = load_entries([rows], gate=Q(), shows_notes=False)
    series = {each.uid: each for each in load_series(list(recurring))}
    ordered = sorted(entries, key=lambda entry: entry.key)
    return {
        uid: ActivityEntries(list(found), series.get(uid))
        for uid, found in groupby(ordered, key=lambda entry: entry.key.uid)
    }
