"""A file held against a campaign: the one way for the preview and for saving."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from events.calendar_import.calendar import read_calendar
from events.calendar_import.comparing import BATCH, Comparison, Item, Known, Outcome, is_held
from events.calendar_import.places import VenueNames
from events.calendar_import.report import lines_of
from events.calendar_import.series import series_of
from events.calendar_import.states import Ground
from events.models import ImportedEvent
from events.planning.calendar_saving import ImportedState
from events.planning.checking import check_drafts
from events.planning.horizon import horizon_on
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.conflicts import Conflict
    from events.calendar_import.calendar import ForeignCalendar, Progress
    from events.calendar_import.choices import ImportChoices
    from events.calendar_import.foreign import Refusal
    from events.calendar_import.series import ForeignSeries
    from events.models import Campaign
    from events.planning.drafting import Draft
    from units.models import User

ORDER: Final = {Outcome.REFUSED: 0, Outcome.CHANGED: 1, Outcome.NEW: 2, Outcome.UNCHANGED: 3}


@dataclass(slots=True, kw_only=True)
class Examination:
    """What importing a file would do, gathered batch by batch so that only what is needed later stays in memory.

    `lines` are those of the preview and `imported` what would be saved, each where it is asked for; `held` are the
    drafts that would take something.
    """

    notes: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[dict[str, Any]] = field(default_factory=list)
    imported: list[ImportedState] = field(default_factory=list)
    held: list[Draft] = field(default_factory=list)
    hash: Any = field(default_factory=hashlib.sha256)

    @property
    def fingerprint(self) -> str:
        """Equal as long as saving would do the same to the same versions."""
        return str(self.hash.hexdigest())

    def take(self, items: Sequence[Item], *, is_preview: bool) -> None:
        """Gather a batch."""
        for item in items:
            self.counts[item.outcome] += 1
            wanted = item.wanted.fingerprint if item.wanted else ""
            self.hash.update(f"{item.foreign_uid}\n{item.outcome}\n{item.version}\n{wanted}\n".encode())
        if is_preview:
            self.lines += lines_of(items)
            self.held += [item.draft for item in items if item.draft is not None and is_held(item)]
        else:
            self.imported += [found for item in items if (found := _imported(item)) is not None]

    def conflicts(self) -> list[Conflict]:
        """What the activities would clash with; drafts take nothing, so nothing is asked where all are drafts."""
        return check_drafts(self.held) if self.held else []


def examine(
    content: bytes, *, campaign: Campaign, choices: ImportChoices, by: User, progress: Progress, is_preview: bool = True
) -> Examination:
    """Read a file and compare it with the campaign; writes nothing.

    `progress` is told how many events of how many are done, first while reading (a half), then while comparing. Raises
    NotACalendar with a sentence for a file that cannot be read at all.
    """
    found = read_calendar(content, progress=lambda done, total: progress(done // 2, total))
    del content
    made = Examination(notes=tuple(found.notes))
    series = _series(found, made, is_preview=is_preview)
    ground = Ground(
        campaign_id=campaign.pk,
        choices=choices,
        venues=VenueNames(),
        until=horizon_on(timezone.localdate(), ends_on=campaign.ends_on),
    )
    comparison = Comparison(ground, viewer=viewer_of(by), known=known_events(campaign.pk), campaign_code=campaign.code)
    total = len(series)
    series.reverse()
    while series:
        batch = [series.pop() for _ in range(min(BATCH, len(series)))]
        made.take(comparison.items(batch), is_preview=is_preview)
        progress((2 * total - len(series)) // 2, total)
    made.lines.sort(key=lambda line: (ORDER[Outcome(line["outcome"])], line["number"]))
    made.imported.sort(key=lambda each: each.version is None)  # first what gives back what it holds
    return made


def _series(found: ForeignCalendar, made: Examination, *, is_preview: bool) -> list[ForeignSeries]:
    series, refused = series_of(found.events)
    made.take([_refused(each) for each in (*found.refusals, *refused)], is_preview=is_preview)
    found.events.clear()
    return series


def known_events(campaign_id: int) -> dict[str, Known]:
    """What earlier imports made in a campaign, by foreign UID; one query."""
    rows = ImportedEvent.objects.filter(campaign=campaign_id).order_by()
    columns = ("uid", "activity__uid", "fingerprint", "parts")
    return {
        foreign: Known(uid=uid, fingerprint=fingerprint, parts=parts)
        for foreign, uid, fingerprint, parts in rows.values_list(*columns)
    }


def _refused(refusal: Refusal) -> Item:
    return Item(
        outcome=Outcome.REFUSED,
        number=refusal.number,
        foreign_uid=refusal.uid,
        title=refusal.title,
        refusal=refusal.sentence,
    )


def _imported(item: Item) -> ImportedState | None:
    if item.draft is None or item.wanted is None:
        return None
    return ImportedState(
        foreign_uid=item.foreign_uid,
        uid=item.uid,
        version=item.version,
        state=item.wanted.state if item.version is None else item.draft.state,
        fingerprint=item.wanted.fingerprint,
        parts=item.wanted.parts,
    )
