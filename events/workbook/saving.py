"""Parsed campaign and activity rows into the plan: only what differs, through planning."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import NotAllowed, PlanningError, PlanRejected
from events.models import Activity
from events.planning import ActivityChange, ActivityPlan, campaign_plan_of, save_activities, save_campaign
from events.planning.checks import check_rights
from events.workbook.activity_rows import (
    LIST_FIELDS,
    CampaignLists,
    activity_cells,
    stored_activities,
    tidy_plan,
    tidy_plan_of,
)
from events.workbook.activity_times import EXTRA, LUNAR
from events.workbook.campaign_sheet import campaign_changes, tidy_campaign
from events.workbook.layout import ACTIVITY_SHEET, CAMPAIGN_SHEET
from events.workbook.report import RowChange, SheetReport, compare_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.conflicts import Conflict
    from events.models import Campaign
    from events.planning import CampaignPlan
    from events.workbook.cells import Problems
    from events.workbook.context import ParsedActivity, SaveContext
    from events.workbook.reference import Reference
    from units.models import User

UNWRITTEN_FIELDS = ("skipped_dates",)  # no column says them
OPTIONAL_FIELDS = {  # a file without the column leaves them as they are
    EXTRA: "extra_dates",
    LUNAR: "lunar",
    "Lý do": "status_reason",
    "Số người dự kiến": "expected_audience",
    "Dự toán (đồng)": "budget_vnd",
    "Thủ tục": "procedures",
}
# An activity's UID follows from its campaign and code, so that two installations importing one file agree.
UID_NAMESPACE = uuid.UUID("5f0b0f5e-6d0c-5b54-9a3e-7a1f3f0c9e52")


def save_campaign_sheet(
    plan: CampaignPlan, stored: Campaign | None, reference: Reference, *, problems: Problems, by: User | None
) -> tuple[Campaign | None, SheetReport]:
    """Make or change the campaign where it differs; None and a problem where that is refused."""
    title = CAMPAIGN_SHEET.title
    before = None if stored is None else tidy_campaign(campaign_plan_of(stored))
    if stored is not None and before == plan:
        return stored, SheetReport(sheet=title, unchanged=1)
    try:
        campaign = save_campaign(plan=plan, by=by)
    except NotAllowed as refusal:
        problems.add(title, str(refusal))
        return None, SheetReport(sheet=title)
    except ValidationError as error:
        for message in error.messages:
            problems.add(title, message)
        return None, SheetReport(sheet=title)
    if before is None:
        return campaign, SheetReport(sheet=title, new=(plan.code,))
    change = RowChange(code=plan.code, title=plan.name, fields=campaign_changes(before, plan, reference))
    return campaign, SheetReport(sheet=title, changed=(change,))


def activity_uid(campaign_code: str, code: str) -> str:
    """The UID of an activity that a workbook brings for the first time."""
    return str(uuid.uuid5(UID_NAMESPACE, f"{campaign_code}/{code}"))


@dataclass
class _Sorted:
    """The rows of a file against what is stored."""

    plans: list[ActivityPlan] = field(default_factory=list)
    changes: list[ActivityChange] = field(default_factory=list)
    reports: list[RowChange] = field(default_factory=list)
    unchanged: int = 0


def save_activity_rows(
    parsed: Mapping[str, ParsedActivity], written_codes: frozenset[str], context: SaveContext
) -> tuple[dict[str, Activity], SheetReport]:
    """Store what is new or differs, all or none; return all activities of the campaign by code, and the counts.

    Refusals of planning are noted as problems of the rows they concern.
    """
    stored = stored_activities(context.campaign)
    lists = CampaignLists.of(context.campaign)
    rows = _sort(parsed, stored, lists, context=context)
    saved = dict(stored)
    try:
        made, changed = save_activities(plans=rows.plans, changes=rows.changes, by=context.by)
        saved |= {activity.code: activity for activity in (*made, *changed)}
    except PlanRejected as rejection:
        by_uid = {plan.uid: parsed[plan.code] for plan in rows.plans}
        by_uid |= {change.uid: parsed[change.plan.code] for change in rows.changes}
        _note_conflicts(rejection.conflicts, by_uid, context.problems)
    except ValidationError as error:
        for message in error.messages:
            context.problems.add(ACTIVITY_SHEET.title, message)
    except PlanningError as error:
        context.problems.add(ACTIVITY_SHEET.title, str(error))
    return saved, SheetReport(
        sheet=ACTIVITY_SHEET.title,
        new=tuple(plan.code for plan in rows.plans),
        changed=tuple(rows.reports),
        unchanged=rows.unchanged,
        missing=tuple(code for code, each in stored.items() if code not in written_codes and not each.is_deleted),
    )


def _sort(
    parsed: Mapping[str, ParsedActivity],
    stored: Mapping[str, Activity],
    lists: CampaignLists,
    *,
    context: SaveContext,
) -> _Sorted:
    rows = _Sorted()
    taken = _taken_uids(activity_uid(context.campaign.code, code) for code in parsed)
    for code, each in parsed.items():
        activity = stored.get(code)
        if activity is not None and activity.is_deleted:
            each.row.report("Mã", _("An activity of this code was deleted; restore it or choose another code."))
            continue
        before = None if activity is None else tidy_plan_of(activity)
        plan = _complete(each, before, lists, campaign=context.campaign)
        if before == plan:
            rows.unchanged += 1
        elif not _may_save(each, filter(None, (before, plan)), context):
            continue
        elif activity is None or before is None:
            uid = activity_uid(context.campaign.code, code)
            rows.plans.append(replace(plan, uid=str(uuid.uuid4()) if uid in taken else uid))
        else:
            rows.changes.append(ActivityChange(uid=activity.uid, version=activity.version, plan=plan))
            fields = compare_rows(
                activity_cells(before, context.reference, lists),
                activity_cells(plan, context.reference, lists),
                [column.title for column in ACTIVITY_SHEET.columns],
            )
            rows.reports.append(RowChange(code=code, title=plan.title, fields=fields))
    return rows


def _taken_uids(uids: Iterable[str]) -> set[str]:
    """Those an activity already has, be it under another code."""
    return set(Activity.objects.filter(uid__in=list(uids)).values_list("uid", flat=True))


def _complete(
    each: ParsedActivity, before: ActivityPlan | None, lists: CampaignLists, *, campaign: Campaign
) -> ActivityPlan:
    """The row's plan with its campaign's keys, and what a file without the optional columns leaves as it is."""
    keys = {LIST_FIELDS[name]: lists.keys(name, codes) for name, codes in each.codes.items()}
    plan = replace(each.plan, campaign_id=campaign.pk, **keys)  # type: ignore[arg-type]
    if before is not None:
        missing = {field for title, field in OPTIONAL_FIELDS.items() if title not in each.given}
        if plan.recurrence is not None:
            missing.discard("lunar")
        kept = {name: getattr(before, name) for name in (*UNWRITTEN_FIELDS, *missing)}
        plan = replace(plan, uid=before.uid, **kept)
    return tidy_plan(plan)


def _may_save(each: ParsedActivity, plans: Iterable[ActivityPlan], context: SaveContext) -> bool:
    """Note the row that its importer may not plan, so that all such rows are named at once."""
    if context.by is None:
        return True
    try:
        for plan in plans:
            check_rights(context.viewer, plan)
    except NotAllowed as refusal:
        each.row.report("Địa bàn", str(refusal))
        return False
    return True


def _note_conflicts(
    conflicts: Iterable[Conflict], rows: Mapping[str | None, ParsedActivity], problems: Problems
) -> None:
    """Each conflict at the last row of its activities that stand in the file, with the rows of the others."""
    for conflict in conflicts:
        if not conflict.is_blocking:
            continue
        found = [rows[uid].row for uid in conflict.uids if uid in rows]
        found.sort(key=lambda row: row.number, reverse=True)
        if not found:
            problems.add(ACTIVITY_SHEET.title, conflict.message)
            continue
        others = ", ".join(str(row.number) for row in found[1:])
        other_row = " " + _("(See also row %(row)s.)") % {"row": others} if others else ""
        found[0].report("Nguồn lực", conflict.message + other_row)
