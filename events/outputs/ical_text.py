"""The words of a VEVENT: what an entry says to a subscriber, who is always a visitor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from events.programme.entries import ProgrammeEntry

STATUSES: Final = {
    "confirmed": "CONFIRMED",
    "done": "CONFIRMED",
    "tentative": "TENTATIVE",
    "draft": "TENTATIVE",
    "suspended": "TENTATIVE",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # RFC 5545 section 3.1 allows none of them in text


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a VEVENT says beside its times; two occurrences with equal words need one VEVENT.

    `point` is (latitude, longitude) in WGS 84 degrees, as GEO has it.
    """

    summary: str
    status: str
    location: str
    description: str
    categories: tuple[str, ...]
    point: tuple[float, float] | None


def words_of(entry: ProgrammeEntry) -> Words:
    """Return the entry's words. Never notes, phones or people's names."""
    return Words(
        summary=clean(_summary(entry)),
        status=STATUSES[entry.status],
        location=clean(entry.place_names),
        description=clean(_description(entry)),
        categories=tuple(clean(word) for word in (entry.kind_label, *(theme.code for theme in entry.themes))),
        point=_point(entry),
    )


def clean(text: str) -> str:
    """Return the text with the line feed as its only line end and without control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def _summary(entry: ProgrammeEntry) -> str:
    """Return the title; many calendars ignore STATUS in a feed, so what is off says so in front."""
    return f"[{entry.status_label}] {entry.title}" if entry.is_off else entry.title


def _description(entry: ProgrammeEntry) -> str:
    facts = (
        ("Địa bàn", entry.area.name),
        ("Đơn vị chủ trì", entry.unit.name),
        ("Đơn vị phối hợp", "; ".join(unit.name for unit in entry.coordinating)),
        ("Số lượng", entry.quantity),
        ("Kế hoạch", entry.campaign.name),
        ("Trạng thái", entry.status_label),
    )
    lines = [f"{label}: {value}" for label, value in facts if value]
    return "\n".join([*([entry.description, ""] if entry.description else []), *lines])


def _point(entry: ProgrammeEntry) -> tuple[float, float] | None:
    """Return the only place's point; several places have no one point."""
    if len(entry.places) != 1:
        return None
    lat, lon = entry.places[0].lat, entry.places[0].lon
    return None if lat is None or lon is None else (round(lat, 6), round(lon, 6))
