"""The events of a file put together by UID: each series with the occurrences that differ from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from events.calendar_import.foreign import ForeignEvent, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSeries:
    """One event of a file, once or repeated; `changed` are its occurrences that say something else, each once."""

    master: ForeignEvent
    changed: tuple[ForeignEvent, ...] = ()


def series_of(events: Sequence[ForeignEvent]) -> tuple[list[ForeignSeries], list[Refusal]]:
    """Part the events by UID, in the order of their first lines.

    Of two versions of one thing the newer is taken (SEQUENCE, then DTSTAMP, then the later line) and the other refused
    with a sentence; so is an occurrence whose series the file does not hold.
    """
    groups: defaultdict[str, list[ForeignEvent]] = defaultdict(list)
    for event in events:
        groups[event.uid].append(event)
    found: list[ForeignSeries] = []
    refusals: list[Refusal] = []
    for group in groups.values():
        series, refused = _put_together(group)
        found += series
        refusals += refused
    return found, refusals


def _put_together(group: Sequence[ForeignEvent]) -> tuple[list[ForeignSeries], list[Refusal]]:
    masters, older = _newest(event for event in group if event.recurrence_id is None)
    changed, older_changes = _newest(event for event in group if event.recurrence_id is not None)
    refusals = [_older(event) for event in (*older, *older_changes)]
    if not masters:
        return [], refusals + [_lonely(event) for event in changed]
    return [ForeignSeries(master=masters[0], changed=tuple(changed))], refusals


def _newest(events: Iterable[ForeignEvent]) -> tuple[list[ForeignEvent], list[ForeignEvent]]:
    """The newest version of each, and all others."""
    kept: dict[object, ForeignEvent] = {}
    older: list[ForeignEvent] = []
    for event in events:
        key = None if event.recurrence_id is None else event.recurrence_id.at()
        known = kept.get(key)
        if known is None or event.order >= known.order:
            older += [] if known is None else [known]
            kept[key] = event
        else:
            older.append(event)
    return list(kept.values()), older


def _older(event: ForeignEvent) -> Refusal:
    sentence = _("The file holds this event twice; the newer one is taken.")
    return Refusal(number=event.number, uid=event.uid, title=event.title, sentence=sentence)


def _lonely(event: ForeignEvent) -> Refusal:
    sentence = _("It changes one occurrence of a series that the file does not hold; export the whole series.")
    return Refusal(number=event.number, uid=event.uid, title=event.title, sentence=sentence)
