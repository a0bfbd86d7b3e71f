"""What a filter holds, in words: for lists of links and filters, and for the page on which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.feeds.spec import PARAMETER
from events.models import ActivityKind, Audience, Campaign, Status, Subscription, Theme
from units.models import Unit
from venues.models import Area, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import Model

ALONE: Final = "alone"  # the area itself, without what lies below it
DEADLINE: Final = PARAMETER
Names = dict[tuple[str, str], str]  # by parameter and code
TABLES: Final[tuple[tuple[str, type[Model], str], ...]] = (
    ("area", Area, "slug"),
    ("unit", Unit, "code"),
    ("team", Resource, "code"),
    ("venue", Venue, "code"),
    ("campaign", Campaign, "code"),
    ("theme", Theme, "code"),
    ("audience", Audience, "code"),
)


def query_behind(link: Subscription) -> str:
    """The filter that a private link follows: its own, or what the saved one says today (read with the link)."""
    return link.query if link.saved_filter is None else link.saved_filter.query


def describe_query(query: str) -> str:
    """Say what one filter holds; see `describe_queries`."""
    return describe_queries((query,))[0]


def describe_queries(queries: Sequence[str]) -> list[str]:
    """Say what each filter holds, in the reader's language; seven queries at most, however many filters.

    A code that nothing has any more is told as such.
    """
    asked = [QueryDict(query) for query in queries]
    names = _load_names(asked)
    return [_describe(each, names) for each in asked]


def parameter_labels() -> dict[str, str]:
    """The parameters of a filter in the order in which they are told, each with its name."""
    return {
        "area": _("Area"),
        "unit": _("Unit"),
        "team": pgettext("resource", "Mobile team"),
        "venue": _("Venue"),
        "campaign": _("Campaign"),
        "kind": _("Kind"),
        "theme": _("Theme"),
        "audience": _("Audience"),
        "status": _("Status"),
    }


def deadline_labels() -> dict[str, str]:
    """Kinds of deadlines by code."""
    return {"notice": _("last day of notices"), "removal": _("last day of removals"), "report": _("report due")}


def _load_names(asked: Iterable[QueryDict]) -> Names:
    found: Names = {("kind", value): str(label) for value, label in ActivityKind.choices}
    found |= {("status", value): str(label) for value, label in Status.choices}
    for name, model, column in TABLES:
        codes = {code for each in asked for code in each.getlist(name)}
        if codes:
            rows = model._default_manager.filter(**{f"{column}__in": codes}).order_by()
            found |= {(name, code): told for code, told in rows.values_list(column, "name")}
    return found


def _describe(asked: QueryDict, names: Names) -> str:
    parts = [
        f"{label}: {_values(name, asked.getlist(name), names)}"
        for name, label in parameter_labels().items()
        if asked.getlist(name)
    ]
    if ALONE in asked and "area" in asked:
        parts[0] = _("%(area)s (without what lies below it)") % {"area": parts[0]}
    if asked.get("q"):
        parts.append(_("text: “%(text)s”") % {"text": asked["q"]})
    if deadlines := asked.getlist(DEADLINE):
        labels = deadline_labels()
        told = ", ".join(labels.get(code, code) for code in deadlines)
        parts.insert(0, _("Deadlines: %(kinds)s") % {"kinds": told})
    return "; ".join(parts) or _("Everything")


def _values(name: str, codes: Collection[str], names: Names) -> str:
    return ", ".join(names.get((name, code)) or _("“%(code)s” (no longer there)") % {"code": code} for code in codes)
