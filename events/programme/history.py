"""What was done to an activity, by whom and when, for those who plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE
from events.models import ActivityKind, Status
from units.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

WORDS: dict[str, dict[Any, Any]] = {"status": dict(Status.choices), "kind": dict(ActivityKind.choices)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after, as people read them; empty where there was or is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One saved change; `at` is local time, `verb` the audit trail's own word, `version` the one it made."""

    at: datetime
    who: str
    verb: str
    fields: tuple[FieldChange, ...]
    version: int = 0


def load_history(*, activity_id: int, labels: Mapping[str, str], most: int = 50) -> tuple[Change, ...]:
    """Return the latest changes of one activity, newest first; one query.

    `labels` names the fields to tell of (`planning.field_labels`); the first planning lists none.
    """
    rows = AuditEntry.objects.filter(subject_type="events.activity", subject_id=str(activity_id))
    return tuple(
        Change(
            at=row.at.astimezone(LOCAL_ZONE),
            who=row.actor_label,
            verb=row.verb,
            fields=_fields(row, labels),
            version=(row.after or {}).get("version", 0),
        )
        for row in rows.order_by("-id")[:most]
    )


def _fields(row: AuditEntry, labels: Mapping[str, str]) -> tuple[FieldChange, ...]:
    if row.before is None or row.after is None:
        return ()
    before, after = row.before, row.after
    return tuple(
        FieldChange(label=label, before=_readable(name, before.get(name)), after=_readable(name, after.get(name)))
        for name, label in labels.items()
        if before.get(name) != after.get(name)
    )


def _readable(name: str, value: Any) -> str:  # noqa: ANN401 -- whatever JSON holds
    if name in WORDS:
        return str(WORDS[name].get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)
