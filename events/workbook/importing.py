"""One workbook into the plan: everything or nothing, and the same path for a preview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import ImportRejected
from events.models import Campaign
from events.planning import CampaignPlan, campaign_plan_of
from events.workbook.activities_sheet import parse_activities
from events.workbook.campaign_sheet import parse_campaign, tidy_campaign, with_stored
from events.workbook.cells import Problems
from events.workbook.context import ParseContext, SaveContext, load_handlers
from events.workbook.layout import ACTIVITY_SHEET, CAMPAIGN_SHEET
from events.workbook.reading import read_workbook
from events.workbook.reference import load_reference
from events.workbook.report import ImportReport
from events.workbook.saving import save_activity_rows, save_campaign_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.conflicts import Problem
    from events.workbook.cells import Row
    from events.workbook.context import ParsedActivity, SheetHandler
    from events.workbook.reference import Reference
    from events.workbook.report import SheetReport
    from units.models import User


@dataclass(frozen=True, kw_only=True)
class _Parsed:
    """The good rows of every sheet."""

    reference: Reference
    campaign: CampaignPlan | None
    stored: Campaign | None
    activities: Mapping[str, ParsedActivity]
    written_codes: frozenset[str]
    others: tuple[tuple[SheetHandler, Any], ...]


def import_workbook(content: bytes, *, by: User | None, is_dry_run: bool = False) -> ImportReport:
    """Bring the plan to what the workbook says, in one transaction; a dry run takes it back and writes nothing.

    ImportRejected carries every problem found, over all sheets, clashes of the good rows included; nothing is
    written then. Rows that say what is stored are not written. Nothing is ever deleted. `by` None is the system.
    """
    problems = Problems()
    handlers = load_handlers()
    sheets = [CAMPAIGN_SHEET, ACTIVITY_SHEET, *(sheet for handler in handlers for sheet in handler.sheets)]
    rows = read_workbook(content, sheets, problems)
    if not rows:
        raise ImportRejected(problems.found)
    try:
        with transaction.atomic():
            parsed = _parse(rows, handlers, problems)
            report = _save(parsed, problems, by=by, is_dry_run=is_dry_run)
            if problems or is_dry_run:
                transaction.set_rollback(True)
    except IntegrityError:  # two people bring the same new campaign at the same moment
        problems.add(_("file"), _("Somebody else saved the same plan at the same moment; import the workbook again."))
    if problems:
        raise ImportRejected(_in_order(problems, [sheet.title for sheet in sheets]))
    return report


def _parse(rows: Mapping[str, Sequence[Row]], handlers: tuple[SheetHandler, ...], problems: Problems) -> _Parsed:
    reference = load_reference()
    campaign, stored = None, None
    if CAMPAIGN_SHEET.title in rows:
        campaign = parse_campaign(rows[CAMPAIGN_SHEET.title], reference, problems)
    if campaign is not None:
        stored = Campaign.objects.filter(code=campaign.code).first()
        campaign = tidy_campaign(campaign if stored is None else with_stored(campaign, campaign_plan_of(stored)))
    activity_rows = rows.get(ACTIVITY_SHEET.title)
    activities = parse_activities(activity_rows or (), reference, campaign)
    codes = frozenset(row.text("Mã") for row in activity_rows or ())
    context = ParseContext(
        reference=reference,
        problems=problems,
        campaign=campaign,
        activities=activities,
        written_codes=None if activity_rows is None else codes,
    )
    others = tuple(
        (handler, handler.parse({sheet.title: rows.get(sheet.title, ()) for sheet in handler.sheets}, context))
        for handler in handlers
    )
    return _Parsed(
        reference=reference, campaign=campaign, stored=stored, activities=activities, written_codes=codes, others=others
    )


def _save(parsed: _Parsed, problems: Problems, *, by: User | None, is_dry_run: bool) -> ImportReport:
    """Save the good rows, so that what planning refuses is noted beside what reading found."""
    sheets: list[SheetReport] = []
    if parsed.campaign is not None:
        campaign, campaign_report = save_campaign_sheet(
            parsed.campaign, parsed.stored, parsed.reference, problems=problems, by=by
        )
        sheets.append(campaign_report)
        if campaign is not None:
            context = SaveContext(campaign=campaign, reference=parsed.reference, problems=problems, by=by)
            sheets += _save_rows(parsed, context)
    return ImportReport(
        campaign_code=parsed.campaign.code if parsed.campaign else "",
        campaign_name=parsed.campaign.name if parsed.campaign else "",
        is_new_campaign=parsed.stored is None,
        is_dry_run=is_dry_run,
        sheets=tuple(sheets),
    )


def _save_rows(parsed: _Parsed, context: SaveContext) -> list[SheetReport]:
    activities, report = save_activity_rows(parsed.activities, parsed.written_codes, context)
    if context.problems:
        return [report]
    complete = replace(context, activities=activities)
    return [report, *(each for handler, rows in parsed.others for each in handler.save(rows, complete))]


def _in_order(problems: Problems, titles: list[str]) -> list[Problem]:
    """Sheet by sheet as they lie in the workbook, then row by row."""
    position = {title: index for index, title in enumerate(titles)}
    return sorted(problems.found, key=lambda each: (position.get(each.sheet, -1), each.row or 0))
