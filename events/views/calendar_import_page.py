"""What the preview of an imported calendar shows of its report: one page of lines, of all outcomes or of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from events.calendar_import.choices import ImportChoices
from events.calendar_import.comparing import Outcome
from events.models import ActivityKind, Campaign, Status
from units.models import Unit
from venues.models import Area

if TYPE_CHECKING:
    from django.http import QueryDict

    from events.models import CalendarUpload

LINES_A_PAGE: Final = 100


def campaign_asked(query: QueryDict) -> int | None:
    """The key of the campaign that the address names; of the only one there is; else None."""
    codes = [query["campaign"]] if "campaign" in query else list(Campaign.objects.values_list("code", flat=True)[:2])
    rows = Campaign.objects.filter(code=codes[0]) if len(codes) == 1 else Campaign.objects.none()
    return rows.values_list("pk", flat=True).first()


def preview_context(upload: CalendarUpload, query: QueryDict) -> dict[str, Any]:
    """The report's counts, sentences and one page of its lines, and what the events are taken for."""
    report: dict[str, Any] = upload.report or {"lines": [], "counts": {}}
    chosen = query.get("outcome", "")
    lines = [line for line in report["lines"] if chosen not in list(Outcome) or line["outcome"] == chosen]
    counts = report["counts"]
    return {
        "report": report,
        "lines": Paginator(lines, LINES_A_PAGE).get_page(query.get("page")),
        "outcome": chosen if chosen in list(Outcome) else "",
        "tallies": [(outcome.value, label, counts.get(outcome.value, 0)) for outcome, label in outcome_labels()],
        "writes": counts.get(Outcome.NEW.value, 0) + counts.get(Outcome.CHANGED.value, 0),
        "taken_for": _taken_for(ImportChoices.from_json(upload.choices)),
    }


def outcome_labels() -> tuple[tuple[Outcome, str], ...]:
    """The outcomes with their names, in the order of the preview."""
    return (
        (Outcome.REFUSED, _("Refused")),
        (Outcome.CHANGED, _("Changed")),
        (Outcome.NEW, _("New")),
        (Outcome.UNCHANGED, _("Unchanged")),
    )


def _taken_for(choices: ImportChoices) -> list[str]:
    area, unit = Area.objects.filter(pk=choices.area_id).first(), Unit.objects.filter(pk=choices.lead_unit_id).first()
    labels = (ActivityKind(choices.kind).label, Status(choices.status).label)
    return [str(each) for each in (*labels, area, unit) if each is not None]
