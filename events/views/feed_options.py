"""What can be subscribed to by one press: areas, units, teams, venues, campaigns, kinds, themes, audiences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from core.text import matches, sort_key
from events.feeds.wording import parameter_labels
from events.models import ActivityKind, Audience, Campaign, Theme
from events.views.area_choice import area_groups
from units.models import Unit
from venues.models import Resource, ResourceKind, Venue

if TYPE_CHECKING:
    from django.db.models import Model

WHATS: Final = ("area", "unit", "team", "venue", "campaign", "kind", "theme", "audience")
FEW: Final = 12  # choices that stand open without a search


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOption:
    """One choice: `query` is its filter as it stands in an address."""

    query: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptionGroup:
    """Choices under a heading, empty for none; `is_open` where few stand under it or a search found them."""

    title: str
    options: tuple[FeedOption, ...]
    is_open: bool


def what_labels() -> list[tuple[str, str]]:
    """The kinds of choice with their names."""
    labels = parameter_labels()
    return [(name, labels[name]) for name in WHATS]


def option_groups(what: str, *, find: str) -> list[FeedOptionGroup]:
    """All choices of a kind whose names have the words of `find`, marks or not; one query."""
    if what == "area":
        return [
            FeedOptionGroup(
                title=group.title,
                options=tuple(_option({"area": area.slug}, area.name) for area in group.areas),
                is_open=group.is_open,
            )
            for group in area_groups(find)
        ]
    found = [(title, query, label) for title, query, label in _SOURCES[what]() if matches(find, f"{title} {label}")]
    return [
        _group(title, [_option(query, label) for _title, query, label in rows], is_search=bool(find))
        for title, rows in ((title, list(rows)) for title, rows in groupby(found, key=lambda row: row[0]))
    ]


Row = tuple[str, dict[str, str], str]  # heading, filter, label


def _group(title: str, options: list[FeedOption], *, is_search: bool) -> FeedOptionGroup:
    return FeedOptionGroup(title=title, options=tuple(options), is_open=is_search or len(options) <= FEW or not title)


def _option(query: dict[str, str], label: str) -> FeedOption:
    return FeedOption(query=urlencode(query), label=label)


def _units() -> Iterable[Row]:
    for code, name, kind in Unit.objects.order_by("kind", "position", "code").values_list("code", "name", "kind"):
        yield str(dict(Unit._meta.get_field("kind").flatchoices)[kind]), {"unit": code}, name


def _teams() -> Iterable[Row]:
    rows = Resource.objects.filter(kind=ResourceKind.TEAM).order_by("code").values_list("code", "name")
    return (("", {"team": code}, name) for code, name in rows)


def _venues() -> Iterable[Row]:
    rows = Venue.objects.values_list("area__name", "code", "name")
    named = sorted(rows, key=lambda row: (sort_key(row[0]), sort_key(row[2])))
    return ((area, {"venue": code}, name) for area, code, name in named)


def _campaigns() -> Iterable[Row]:
    rows = Campaign.objects.order_by("-year", "-starts_on", "code").values_list("year", "code", "name")
    return ((str(year), {"campaign": code}, name) for year, code, name in rows)


def _kinds() -> Iterable[Row]:
    return (("", {"kind": value}, str(label)) for value, label in ActivityKind.choices)


def _of_campaigns(name: str, model: type[Model]) -> Iterable[Row]:
    """Lists that each campaign has of its own: a code says which only together with the campaign."""
    rows = model._default_manager.order_by("-campaign__year", "campaign__code", "position", "code")
    return (
        (campaign, {"campaign": campaign_code, name: code}, f"{code} – {label}")
        for campaign, campaign_code, code, label in rows.values_list("campaign__name", "campaign__code", "code", "name")
    )


_SOURCES: Final[dict[str, Callable[[], Iterable[Row]]]] = {
    "unit": _units,
    "team": _teams,
    "venue": _venues,
    "campaign": _campaigns,
    "kind": _kinds,
    "theme": lambda: _of_campaigns("theme", Theme),
    "audience": lambda: _of_campaigns("audience", Audience),
}
