"""What a file's events become, held against what is stored: new, changed, unchanged, or refused with a sentence.

The file wins only where the file has changed since it was last imported: what planners changed here in between stays,
unless the file changed the very same part, and then the preview says so. See docs/decisions/0008.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from events.calendar_import.states import (
    EXCEPTIONS,
    PARTS,
    PRIVACY,
    STATUS,
    TENTATIVES,
    Ground,
    Wanted,
    parts_of,
    wanted_of,
)
from events.models import Activity, Status
from events.planning.checks import check_fields, check_rights
from events.planning.drafting import draft
from events.planning.loading import load_activities
from events.planning.states import ActivityState, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.calendar_import.series import ForeignSeries
    from events.planning.commands import ActivityPlan
    from events.planning.drafting import Draft
    from units.permissions import Viewer

NAMESPACE: Final = uuid.UUID("5b4fdd0c-3e0a-5c0e-8d57-f6f2b6d0a0b1")
DATES: Final = frozenset({"when", EXCEPTIONS, TENTATIVES})
MOST_OCCURRENCES: Final = 100_000  # of one import
BATCH: Final = 500


class Outcome(StrEnum):
    """What becomes of one event of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an earlier import made of a foreign UID."""

    uid: str
    fingerprint: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event of a file with its outcome.

    `uid` is the activity's, `version` what it was compared with (None for a new one), `before` what is stored and
    `draft` what would be, both None where nothing is written. `notes` and `refusal` are sentences.
    """

    outcome: Outcome
    number: int
    foreign_uid: str
    title: str
    uid: str = ""
    version: int | None = None
    wanted: Wanted | None = None
    before: ActivityState | None = None
    draft: Draft | None = None
    notes: tuple[str, ...] = ()
    refusal: str = ""


class Comparison:
    """Compares events of a file with one campaign, batch by batch."""

    def __init__(self, ground: Ground, *, viewer: Viewer, known: Mapping[str, Known], campaign_code: str) -> None:
        self.ground = ground
        self.viewer = viewer
        self.known = known
        self.campaign_code = campaign_code
        self.own = set(Activity.objects.filter(campaign=ground.campaign_id).values_list("uid", flat=True))
        self.occurrences = 0

    def items(self, batch: Sequence[ForeignSeries]) -> list[Item]:
        """An item for each series, in their order; a few queries, for batches of up to 500."""
        known = [self.known[each.master.uid].uid for each in batch if each.master.uid in self.known]
        taken = self._taken(batch)
        stored = load_activities(known) if known else {}
        return [self._item(each, stored, taken) for each in batch]

    def _taken(self, batch: Sequence[ForeignSeries]) -> set[str]:
        """The UIDs among those that new activities would get that some activity has already."""
        wanted = [self._new_uid(each.master.uid) for each in batch if each.master.uid not in self.known]
        return set(Activity.objects.filter(uid__in=wanted).values_list("uid", flat=True)) if wanted else set()

    def _new_uid(self, foreign_uid: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.campaign_code}\n{foreign_uid}"))

    def _item(self, series: ForeignSeries, stored: Mapping[str, Activity], taken: set[str]) -> Item:
        event = series.master
        item = Item(outcome=Outcome.REFUSED, number=event.number, foreign_uid=event.uid, title=event.title)
        known = self.known.get(event.uid)
        if known is None and own_uid(event.uid) in self.own:
            sentence = _("This event comes from Pano and is in this plan already.")
            return replace(item, outcome=Outcome.UNCHANGED, uid=own_uid(event.uid), notes=(sentence,))
        try:
            wanted = wanted_of(series, self.ground)
            item = replace(item, title=wanted.state.plan.title, wanted=wanted, notes=wanted.notes)
            if known is None:
                return self._counted(self._new(item, wanted, taken))
            return self._counted(self._again(item, wanted, known=known, activity=stored[known.uid]))
        except (ValueError, NotAllowed) as refusal:
            return replace(item, refusal=str(refusal))
        except ValidationError as fault:
            return replace(item, refusal=" ".join(_bare(text) for text in fault.messages))

    def _new(self, item: Item, wanted: Wanted, taken: set[str]) -> Item:
        check_rights(self.viewer, wanted.state.plan)
        uid = self._new_uid(item.foreign_uid)
        uid = str(uuid.uuid4()) if uid in taken else uid
        return replace(item, outcome=Outcome.NEW, uid=uid, draft=self._draft(wanted.state, uid=uid))

    def _again(self, item: Item, wanted: Wanted, *, known: Known, activity: Activity) -> Item:
        item = replace(item, uid=known.uid, version=activity.version)
        is_same = known.fingerprint == wanted.fingerprint
        if activity.is_deleted and not self.ground.choices.restores_deleted:
            sentence = _("It was deleted in Pano and stays deleted; tick “Restore” when uploading to have it back.")
            return replace(item, outcome=Outcome.UNCHANGED, notes=(sentence,))
        if is_same and not activity.is_deleted:
            return replace(item, outcome=Outcome.UNCHANGED, notes=())
        before = state_of(activity)
        after, notes = merged(before, wanted, known)
        if activity.is_deleted:
            notes.append(_("It was deleted in Pano and is restored."))
        if after == before:
            return replace(item, outcome=Outcome.UNCHANGED, notes=())
        for plan in (before.plan, after.plan):
            check_rights(self.viewer, plan)
        made = self._draft(after, activity=activity)
        return replace(item, outcome=Outcome.CHANGED, before=before, draft=made, notes=(*item.notes, *notes))

    def _draft(self, state: ActivityState, *, uid: str = "", activity: Activity | None = None) -> Draft:
        """What would be stored; ValidationError where planning would refuse it."""
        plan = replace(state.plan, uid=uid or state.plan.uid, code=state.plan.code or PLACEHOLDER)
        check_fields([plan])
        return draft(plan, activity=activity, overrides=state.overrides)

    def _counted(self, item: Item) -> Item:
        if item.draft is None:
            return item
        self.occurrences += len(item.draft.slots)
        if self.occurrences > MOST_OCCURRENCES:
            self.occurrences -= len(item.draft.slots)
            sentence = _("With it the file would have more than 100,000 occurrences; import it in parts.")
            return replace(item, outcome=Outcome.REFUSED, refusal=sentence, draft=None, before=None)
        return item


PLACEHOLDER: Final = "?"  # planning gives the code


def own_uid(foreign_uid: str) -> str:
    """The activity's UID in a UID that our own feed writes; one of its occurrences has a UID of its own there."""
    return foreign_uid.partition("@")[0].partition("~")[0]


def _bare(text: str) -> str:
    return text.removeprefix(f"{PLACEHOLDER}: ")


def merged(before: ActivityState, wanted: Wanted, known: Known) -> tuple[ActivityState, list[str]]:
    """The stored state with what the file changed since it was last imported, and sentences on what that overwrites."""
    differing = {name for name, value in wanted.parts.items() if known.parts.get(name) != value}
    if not differing.isdisjoint(DATES):  # dates and what differs in them go together
        differing |= DATES
    overrides = wanted.state.overrides if EXCEPTIONS in differing else before.overrides
    plan = replace(before.plan, **_taken_over(differing, wanted.state.plan))
    present = parts_of(before)
    overwritten = [name for name in present if name in differing and present[name] != known.parts.get(name)]
    state = replace(before, plan=plan, overrides=overrides, is_deleted=False)
    return state, [_overwrites(name) for name in overwritten]


def _taken_over(differing: set[str], theirs: ActivityPlan) -> dict[str, Any]:
    """The fields that the changed parts of the file's event say."""
    taken = {field: getattr(theirs, field) for name, fields in PARTS.items() if name in differing for field in fields}
    if STATUS in differing:
        taken |= {"status": theirs.status, "status_reason": ""}
    if PRIVACY in differing:
        taken["is_public"] = theirs.is_public
    if EXCEPTIONS in differing:
        taken["skipped_dates"] = ()
    return taken


def _overwrites(part: str) -> str:
    labels = {
        "title": _("title"),
        "description": _("description"),
        "when": _("time"),
        "place": _("places"),
        EXCEPTIONS: _("changed occurrences"),
    }
    return _("Changed in Pano since the last import and overwritten by the file: %(part)s.") % {"part": labels[part]}


def is_held(item: Item) -> bool:
    """Whether the item would take part in the conflict rules."""
    return item.draft is not None and item.draft.plan.status not in {Status.DRAFT, Status.CANCELLED}
