"""An activity as one value: everything planned of it, what differs in single occurrences, and whether it is deleted.

The JSON form is what steps and draft plans keep. It reads back to an equal state for as long as the database keys in it
exist, also when it was written before a later field was added: a missing field has its default.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.intervals import LOCAL_ZONE, Interval
from core.lunar_recurrence import format_lunar, parse_lunar
from core.recurrence import Recurrence, from_params, to_params
from events.expansion import KEY_FIELDS, Override, overrides_of
from events.planning.commands import ActivityPlan, SkippedDate
from events.planning.snapshots import normalise, plan_of

if TYPE_CHECKING:
    from events.models import Activity

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityState:
    """What undoing brings back: no version, no sequence, no times of writing."""

    plan: ActivityPlan
    overrides: Mapping[datetime, Override] = field(default_factory=dict)
    is_deleted: bool = False


def state_of(activity: Activity) -> ActivityState:
    """The state as stored; applying it changes nothing. Reads what `plan_of` and `overrides_of` read."""
    plan = plan_of(activity)
    return tidy_state(ActivityState(plan=plan, overrides=overrides_of(activity.event), is_deleted=activity.is_deleted))


def tidy_state(state: ActivityState) -> ActivityState:
    """The same state with sets in one order and without exceptions that say nothing."""
    plan = normalise(state.plan)
    length = plan.interval.duration
    kept = {}
    for start in sorted(state.overrides):
        override = _tidy_override(state.overrides[start], plan)
        if override != Override(interval=Interval(start, start + length)):
            kept[start.astimezone(LOCAL_ZONE)] = override
    return replace(state, plan=plan, overrides=kept)


def _tidy_override(override: Override, plan: ActivityPlan) -> Override:
    """Without what the series says too: the rows cannot tell the two apart."""
    return replace(
        override,
        interval=override.interval.local(),
        title="" if override.title == plan.title else override.title,
        reason="" if override.reason == plan.description else override.reason,
        changes={name: value for name, value in override.changes.items() if value is not None},
    )


def to_json(state: ActivityState) -> Json:
    """The state in JSON's own types, sorted; moments in UTC. Equal states give equal text."""
    tidied = tidy_state(state)
    plan = {each.name: _written(each.name, getattr(tidied.plan, each.name)) for each in fields(ActivityPlan)}
    return {
        "plan": plan,
        "overrides": {_moment(start): _override_json(each) for start, each in tidied.overrides.items()},
        "is_deleted": tidied.is_deleted,
    }


def from_json(data: Json) -> ActivityState:
    """The state that `to_json` wrote. ValueError where the text says something that cannot be planned."""
    known = {each.name: each for each in fields(ActivityPlan)}
    given = {name: value for name, value in data["plan"].items() if name in known}
    missing = [name for name, each in known.items() if name not in given and each.default is MISSING]
    if missing:
        raise ValueError(f"Trạng thái lưu của hoạt động thiếu {', '.join(missing)}.")
    return ActivityState(
        plan=ActivityPlan(**{name: _read(name, value) for name, value in given.items()}),
        overrides={_read_moment(start): _read_override(each) for start, each in data.get("overrides", {}).items()},
        is_deleted=data.get("is_deleted", False),
    )


def hash_of(states: Mapping[str, ActivityState | None]) -> str:
    """64 hex digits that are equal when the same activities live and are alike; what is deleted does not count."""
    living = {uid: to_json(state) for uid, state in states.items() if state is not None and not state.is_deleted}
    return hashlib.sha256(json.dumps(living, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LOCAL_ZONE)


def _interval_json(interval: Interval) -> list[str]:
    return [_moment(interval.start), _moment(interval.end)]


def _read_interval(ends: list[str]) -> Interval:
    start, end = map(_read_moment, ends)
    return Interval(start, end)


def _override_json(override: Override) -> Json:
    changes = {
        name: list(value) if isinstance(value, tuple) else value for name, value in sorted(override.changes.items())
    }
    return {
        "interval": _interval_json(override.interval),
        "title": override.title,
        "is_cancelled": override.is_cancelled,
        "reason": override.reason,
        "changes": changes,
    }


def _read_override(data: Json) -> Override:
    changes = data.get("changes", {})
    return Override(
        interval=_read_interval(data["interval"]),
        title=data.get("title", ""),
        is_cancelled=data.get("is_cancelled", False),
        reason=data.get("reason", ""),
        changes={name: tuple(value) if name in KEY_FIELDS else value for name, value in changes.items()},
    )


def _rule_json(rule: Recurrence) -> Json:
    until = None if rule.until is None else rule.until.isoformat()
    return {"freq": rule.freq.value, "params": to_params(rule), "until": until}


def _read_rule(data: Json) -> Recurrence:
    until = None if data["until"] is None else date.fromisoformat(data["until"])
    return from_params(data["freq"], data["params"], until=until)


_Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]
_MOMENTS: _Codec = (lambda starts: [_moment(each) for each in starts], lambda texts: tuple(map(_read_moment, texts)))
_CODECS: dict[str, _Codec] = {
    "interval": (_interval_json, _read_interval),
    "recurrence": (_rule_json, _read_rule),
    "lunar": (format_lunar, parse_lunar),
    "extra_dates": _MOMENTS,
    "excluded_dates": _MOMENTS,
    "skipped_dates": (
        lambda skips: [[_moment(skip.start), skip.reason] for skip in skips],
        lambda pairs: tuple(SkippedDate(start=_read_moment(start), reason=reason) for start, reason in pairs),
    ),
    "quantity": (lambda number: f"{Decimal(number).normalize():f}", Decimal),
}


def _written(name: str, value: Any) -> Any:  # noqa: ANN401 -- JSON
    if value is None:
        return None
    if name in _CODECS:
        return _CODECS[name][0](value)
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 -- JSON
    if value is None:
        return None
    if name in _CODECS:
        return _CODECS[name][1](value)
    return tuple(value) if isinstance(value, list) else value
