"""The conflicts of a campaign as its planners read them: from the engine, with sources and what was overridden."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from core.vietnamese import format_date, format_time
from events.models import Activity, Figure, LeadTime
from events.outputs.conflict_report import Basis, ConflictLine, ConflictReport, Override, RuleGroup
from events.planning.checking import check_campaign, open_and_accepted
from events.programme.gate import visible_q
from venues.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from core.conflicts import Conflict
    from events.models import Campaign
    from events.planning.checking import Judged
    from units.permissions import Viewer

FIGURES_OF_RULES = {
    "quiet_hours": ("quiet.distance_m", "quiet.night_start"),
    "team_load": ("team.max_evenings", "team.max_shows_per_day"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """What of the conflicts is asked for; empty is all. `rule` is a rule's code, `area` an area's slug."""

    rule: str = ""
    area: str = ""


def load_report(*, campaign: Campaign, choice: ReportChoice, viewer: Viewer, today: date) -> ConflictReport:
    """Return the campaign's conflicts between activities that the viewer may see; a constant number of queries."""
    conflicts = check_campaign(campaign.pk, today=today)
    known = _activities({uid for conflict in conflicts for uid in conflict.uids}, viewer)
    areas = _area_ids(choice.area)
    chosen = [each for each in conflicts if _is_chosen(each, known, (choice, areas))]
    still_open, accepted = open_and_accepted(chosen)
    sources = _sources()
    lines: defaultdict[str, list[ConflictLine]] = defaultdict(list)
    for each in still_open:
        lines[each.code].append(_line(each, known, _basis(each, sources)))
    for judged in accepted:
        basis = _basis(judged.conflict, sources)
        lines[judged.conflict.code].append(_line(judged.conflict, known, basis, override=_override(judged)))
    groups = [RuleGroup(code=code, lines=tuple(found)) for code, found in lines.items()]
    return ConflictReport(title=campaign.name, groups=tuple(sorted(groups, key=lambda group: not group.is_blocking)))


def _activities(uids: Iterable[str], viewer: Viewer) -> dict[str, tuple[str, str, int]]:
    """Title, address and area of those the viewer may see."""
    rows = Activity.objects.filter(visible_q(viewer), uid__in=set(uids)).values_list("uid", "event__title", "area_id")
    return {uid: (title, reverse("events:activity", args=[uid]), area) for uid, title, area in rows}


def _area_ids(slug: str) -> frozenset[int] | None:
    if not slug:
        return None
    return Area.objects.within(Area.objects.filter(slug=slug).values_list("id", flat=True))


def _is_chosen(
    conflict: Conflict,
    known: Mapping[str, tuple[str, str, int]],
    choice: tuple[ReportChoice, frozenset[int] | None],
) -> bool:
    asked, areas = choice
    if asked.rule and conflict.code != asked.rule:
        return False
    if any(uid not in known for uid in conflict.uids):
        return False
    return areas is None or any(known[uid][2] in areas for uid in conflict.uids)


def _line(
    conflict: Conflict, known: Mapping[str, tuple[str, str, int]], basis: Basis, *, override: Override | None = None
) -> ConflictLine:
    return ConflictLine(
        fingerprint=conflict.fingerprint,
        is_blocking=conflict.is_blocking,
        message=conflict.message,
        interval=conflict.interval,
        activities=tuple(known[uid][:2] for uid in conflict.uids),
        basis=basis,
        override=override,
    )


def _override(judged: Judged) -> Override:
    row = judged.accepted
    at = timezone.localtime(row.accepted_at)
    return Override(
        key=row.pk, reason=row.reason, by=row.accepted_by_label, at=f"{format_time(at)} {format_date(at.date())}"
    )


def _sources() -> dict[str, Basis]:
    """Where every figure comes from, by "lead_time/R1" or the figure's code."""
    found = {
        f"lead_time/{code}": Basis(source=source, checked_on=checked_on, is_row=True)
        for code, source, checked_on in LeadTime.objects.values_list("code", "source", "checked_on")
    }
    rows = Figure.objects.filter(is_active=True).values_list("code", "source", "checked_on")
    return found | {code: Basis(source=source, checked_on=checked_on, is_row=True) for code, source, checked_on in rows}


def _basis(conflict: Conflict, sources: Mapping[str, Basis]) -> Basis:
    """The row behind a finding, whose day of last check is told; else what the rule itself names."""
    about = "/".join(conflict.about.split("/")[:2])
    if about in sources:
        return sources[about]
    for code in FIGURES_OF_RULES.get(conflict.code, ()):
        if code in sources and sources[code].source == conflict.basis:
            return sources[code]
    return Basis(source=conflict.basis)
