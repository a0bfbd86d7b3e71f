"""What a feed holds, said once: an address, a saved filter and a private link all become a `FeedSpec`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from events.programme.scope import Scope
from events.views.filters import ALONE, parse_filters

DEADLINES: Final = ("notice", "removal", "report")
PARAMETER: Final = "deadlines"
# Parameter of an address -> field of the Scope, in the order in which they are written.
FIELDS: Final = {
    "area": "areas",
    "kind": "kinds",
    "campaign": "campaigns",
    "unit": "units",
    "team": "resources",
    "venue": "venues",
    "status": "statuses",
    "theme": "themes",
    "audience": "audiences",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """What a feed is asked for.

    `scope` narrows the plan. `deadlines`, if not empty, makes it a feed of deadlines instead of activities: any of
    "notice", "removal", "report". `alarm_minutes` is how long before the start a reader is reminded; None: not.
    """

    scope: Scope = field(default_factory=Scope)
    deadlines: tuple[str, ...] = ()
    alarm_minutes: int | None = None


def spec_of(query: QueryDict | str, *, alarm_minutes: int | None = None) -> FeedSpec:
    """Read the calendar's filters and `deadlines` out of an address, or out of a filter that was saved.

    Two addresses that ask the same give equal specs, whatever the order and however often a value is repeated.
    BadRequest with the calendar's own sentence for what does not exist.
    """
    asked = QueryDict(query) if isinstance(query, str) else query
    scope = parse_filters(asked)
    ordered: dict[str, Any] = {name: tuple(sorted(getattr(scope, name))) for name in FIELDS.values()}
    return FeedSpec(scope=replace(scope, **ordered), deadlines=_deadlines(asked), alarm_minutes=alarm_minutes)


def query_of(spec: FeedSpec) -> str:
    """Return the part of an address that `spec_of` reads back, in fixed order; "" for everything."""
    written = QueryDict(mutable=True)
    for name, scope_field in FIELDS.items():
        written.setlist(name, sorted(getattr(spec.scope, scope_field)))
        if name == "area" and spec.scope.is_alone:
            written["alone"] = ALONE
    if spec.scope.query:
        written["q"] = spec.scope.query
    written.setlist(PARAMETER, [each for each in DEADLINES if each in spec.deadlines])
    return written.urlencode()


def plain_query(asked: QueryDict) -> str:
    """Return what is asked in fixed order without looking anything up: equal for addresses that ask the same.

    What `spec_of` does not read is left out, so that nobody has the same feed kept under a thousand names.
    """
    written = QueryDict(mutable=True)
    for name in (*FIELDS, "alone", PARAMETER):
        written.setlist(name, sorted({value.strip() for value in asked.getlist(name)} - {""}))
    written.setlist("q", [value.strip() for value in asked.getlist("q") if value.strip()])
    return written.urlencode()


def _deadlines(asked: QueryDict) -> tuple[str, ...]:
    values = {value.strip() for value in asked.getlist(PARAMETER)} - {""}
    for value in sorted(values.difference(DEADLINES)):
        raise BadRequest(
            _("There is no kind of deadline “%(value)s”; there are notice, removal and report.") % {"value": value[:80]}
        )
    return tuple(each for each in DEADLINES if each in values)
