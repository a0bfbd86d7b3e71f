"""The text of each activity, kept: a feed is these texts in a row, so one that changed costs only what changed in it.

`FeedText.basis` names all that a text was made of: the format, the addresses in it, the activity's version, and the
last change of what many activities name (a venue, a unit, a campaign). Where it no longer fits, the text is made anew
when next asked for. A text that holds something called off may be used until `until`, after which less is told.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import FilteredRelation, Q, Value

from events.feeds.writer import writer_digest
from events.models import Activity, FeedText
from events.outputs.ical import render_activity
from events.outputs.tombstones import expires_on, still_told
from events.programme.feed_entries import load_activity_entries
from events.programme.moments import stored
from units.marks import read_wide_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

BATCH: Final = 200  # activities told at a time: a thousand of them, with all that is read of them, take 60 MB
COLUMNS: Final = ("id", "uid", "version", "kept__basis", "kept__body")


class KeptText(NamedTuple):
    """A row of the question: an activity and, where there is one, its text, with its last day as stored."""

    id: int
    uid: str
    version: int
    basis: str | None
    body: str | None
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """For whom texts are made, out of what, and on which local day."""

    for_staff: bool
    wide_mark: str
    today: date

    @classmethod
    def of(cls, *, for_staff: bool, today: date) -> Edition:
        """Return the edition as of now; asked before anything that is read for it."""
        return cls(for_staff=for_staff, wide_mark=read_wide_mark(), today=today)

    @property
    def readers(self) -> str:
        """The kind of readers, as rows name it."""
        return "staff" if self.for_staff else "visitor"

    def basis(self, version: int) -> str:
        """Return what a text of that version of an activity is made of, in few characters."""
        return f"{self.digest()}.{version}"

    def digest(self) -> str:
        """Return what all texts of this edition have in common."""
        parts = (writer_digest(), settings.PANO_BASE_URL, settings.PANO_TOMBSTONE_DAYS, self.wide_mark)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def read_texts(activities: QuerySet[Activity], edition: Edition) -> Iterator[str]:
    """Yield the VEVENTs of each of the activities in the order of their UIDs, "" where the reader is told nothing.

    Texts out of date are made and kept anew. One query where none is; rows come in batches, so that a large feed need
    not be in memory at once.
    """
    rows = _with_kept(activities, edition)
    asked = rows.values_list(*COLUMNS, stored("kept__until")).iterator(chunk_size=BATCH)
    while found := [KeptText(*row) for row in islice(asked, BATCH)]:
        stale = _stale_among(found, edition)
        made = _renew(stale, edition) if stale else {}
        for row in found:
            yield made.get(row.uid, row.body or "")


def renew_texts(activities: QuerySet[Activity], edition: Edition) -> None:
    """Make and keep those texts of the activities that are missing or out of date, and read no other."""
    columns = (*COLUMNS[:-1], Value(""), stored("kept__until"))
    stale = _stale_among([KeptText(*row) for row in _with_kept(activities, edition).values_list(*columns)], edition)
    for first in range(0, len(stale), BATCH):
        _renew(stale[first : first + BATCH], edition)


def _with_kept(activities: QuerySet[Activity], edition: Edition) -> QuerySet[Activity]:
    kept = FilteredRelation("feed_texts", condition=Q(feed_texts__readers=edition.readers))
    return activities.annotate(kept=kept).order_by("uid")


def _stale_among(rows: Iterable[KeptText], edition: Edition) -> list[KeptText]:
    digest, today = edition.digest(), edition.today.isoformat()
    return [
        row for row in rows if row.basis != f"{digest}.{row.version}" or (row.until is not None and row.until < today)
    ]


def _renew(stale: Sequence[KeptText], edition: Edition) -> dict[str, str]:
    """Make the texts of these activities and keep them; return them by UID."""
    told = load_activity_entries({row.id for row in stale}, for_staff=edition.for_staff)
    rows = []
    for row in stale:
        body, until = "", None
        if found := told.get(row.uid):
            kept = still_told(found.entries, today=edition.today, days=settings.PANO_TOMBSTONE_DAYS)
            body = render_activity(kept, found.series, base_url=settings.PANO_BASE_URL)
            until = expires_on(kept, days=settings.PANO_TOMBSTONE_DAYS)
        rows.append(
            FeedText(
                activity_id=row.id,
                readers=edition.readers,
                basis=edition.basis(row.version),
                body=body,
                until=until,
            )
        )
    _keep(rows)
    return {row.uid: text.body for row, text in zip(stale, rows, strict=True)}


def _keep(rows: Iterable[FeedText]) -> None:
    """Store the texts; where the database is busy or an activity is just gone, they are made again next time."""
    try:
        with transaction.atomic():
            FeedText.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["activity", "readers"],
                update_fields=["basis", "body", "until"],
            )
    except DatabaseError:
        return
