"""The words of a VEVENT: what an entry says to a subscriber."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from events.outputs.ical_lines import clean

if TYPE_CHECKING:
    from events.programme.entries import EntryFacts, EntryPlace, ProgrammeEntry

STATUSES: Final = {
    "confirmed": "CONFIRMED",
    "done": "CONFIRMED",
    "tentative": "TENTATIVE",
    "draft": "TENTATIVE",
    "suspended": "TENTATIVE",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a VEVENT says beside its times; two occurrences with equal words need one VEVENT.

    All text is clean. `places` are told one by one besides `location`, which names them on one line.
    """

    summary: str
    status: str
    location: str
    description: str
    categories: tuple[str, ...]
    contact: str
    colour: str
    places: tuple[EntryPlace, ...]

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.status == "CANCELLED"


def words_of(entry: ProgrammeEntry) -> Words:
    """Return the entry's words. Never notes, private telephones or people's names."""
    facts = entry.facts
    return Words(
        summary=clean(_summary(entry)),
        status=STATUSES[entry.status],
        location=clean(entry.place_names),
        description=clean(_description(entry, facts)),
        categories=tuple(clean(word) for word in (facts.kind_label, *(theme.code for theme in facts.themes))),
        contact=clean(facts.contact),
        colour=facts.colour,
        places=facts.places,
    )


def _summary(entry: ProgrammeEntry) -> str:
    """Return the title; many calendars ignore STATUS in a feed, so what is off says so in front."""
    return f"[{entry.status_label}] {entry.title}" if entry.is_off else entry.title


def _description(entry: ProgrammeEntry, facts: EntryFacts) -> str:
    told = (
        ("Địa bàn", facts.area.name),
        ("Đơn vị chủ trì", facts.unit.name),
        ("Đơn vị phối hợp", "; ".join([unit.name for unit in facts.coordinating])),
        ("Đối tượng", "; ".join([audience.name for audience in facts.audiences])),
        ("Số lượng", facts.quantity),
        ("Kế hoạch", facts.campaign.name),
        ("Trạng thái", entry.status_label),
    )
    lines = [f"{label}: {value}" for label, value in told if value]
    return "\n".join([*([facts.description, ""] if facts.description else []), *lines])
