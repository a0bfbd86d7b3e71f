"""The verb that changes what an activity hangs; one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, PlanRejected
from core.intervals import Interval
from events.models import Activity
from units.audit import record_change
from units.permissions import viewer_of
from venues.models import Face
from visuals.models import Posting, Slogan
from visuals.planning.snapshots import COLUMNS, normalise, plan_of, snapshot_of
from visuals.rules.count_unit import check_count_unit
from visuals.rules.posting_dates import check_posting_dates
from visuals.rules.posting_face import FaceFacts, check_posting_face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.conflicts import Conflict
    from units.models import User
    from visuals.commands import PostingPlan


def posting_plans_of(activity: Activity) -> tuple[PostingPlan, ...]:
    """The activity's postings as stored, in the order of their codes: saving them again changes nothing."""
    return normalise(plan_of(posting) for posting in activity.postings.select_related("slogan"))


@transaction.atomic
def save_postings(*, activity: Activity, plans: Sequence[PostingPlan], by: User | None) -> list[Posting]:
    """Make `plans` the whole list of what the activity hangs; an unchanged list writes nothing.

    Postings are known by their code; one that is missing from `plans` is removed. A plan without a site takes that of
    its face. Raises NotAllowed (the activity lies outside the user's areas), ValidationError (faulty fields) or
    PlanRejected (every conflict of dates, faces and units of count). `by` None is the system.
    """
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if by is not None and not viewer_of(by).may_plan_in((activity.area_id,)):
        raise NotAllowed(_("You may plan only in the areas of your own unit; ask the Department's planner."))
    faces = Face.objects.select_related("resource", "site").in_bulk([plan.face_id for plan in plans if plan.face_id])
    wanted = normalise(_with_site(plan, faces) for plan in plans)
    before = posting_plans_of(activity)
    if wanted == before:
        return list(activity.postings.all())
    rows = _rows(activity, wanted)
    _check_fields(rows)
    _reject_conflicts(activity, plans=wanted, faces=faces)
    _store(activity, rows=rows, plans=wanted)
    record_change(
        by=by, verb="change postings", subject=activity, before=snapshot_of(before), after=snapshot_of(wanted)
    )
    return list(activity.postings.all())


def _with_site(plan: PostingPlan, faces: Mapping[int, Face]) -> PostingPlan:
    face = faces.get(plan.face_id or 0)
    return plan if face is None or plan.site_id is not None else replace(plan, site_id=face.site_id)


def _rows(activity: Activity, plans: Iterable[PostingPlan]) -> list[Posting]:
    return [Posting(activity=activity, **{name: getattr(plan, name) for name in COLUMNS}) for plan in plans]


def _check_fields(rows: Sequence[Posting]) -> None:
    """ValidationError with every fault of every row: its fields, its references, codes that stand twice."""
    faults = []
    for code, times in Counter(row.code for row in rows).items():
        if times > 1:
            faults.append(_("Posting %(code)s is in the list twice.") % {"code": code})
    for row in rows:
        try:
            row.clean_fields(exclude={"activity", "slogan"})
            row.validate_constraints(exclude={"activity", "code", "slogan"})
        except ValidationError as error:
            faults.append(_("Posting %(code)s: %(faults)s") % {"code": row.code, "faults": " ".join(error.messages)})
    if faults:
        raise ValidationError(faults)


def _reject_conflicts(activity: Activity, *, plans: Iterable[PostingPlan], faces: Mapping[int, Face]) -> None:
    span = _span(activity)
    taken = frozenset(activity.resources.values_list("pk", flat=True))
    conflicts = [conflict for plan in plans for conflict in _conflicts(plan, span=span, faces=faces, taken=taken)]
    if conflicts:
        raise PlanRejected(conflicts)


def _conflicts(
    plan: PostingPlan, *, span: Interval | None, faces: Mapping[int, Face], taken: frozenset[int]
) -> Iterator[Conflict]:
    yield from check_posting_dates(code=plan.code, span=span, install_by=plan.install_by, remove_by=plan.remove_by)
    yield from check_count_unit(code=plan.code, face_format=plan.format, count_unit=plan.count_unit)
    if plan.face_id is not None:
        face = faces[plan.face_id]
        facts = FaceFacts(
            name=face.resource.name, resource_id=face.resource_id, site_id=face.site_id, site=face.site.name
        )
        yield from check_posting_face(code=plan.code, face=facts, site_id=plan.site_id, resource_ids=taken)


def _span(activity: Activity) -> Interval | None:
    """From the first start to the last end of the activity's occurrences."""
    times = list(activity.occurrences.values_list("start", "end"))
    return Interval(min(start for start, _end in times), max(end for _start, end in times)) if times else None


def _store(activity: Activity, *, rows: Sequence[Posting], plans: Sequence[PostingPlan]) -> None:
    """Keep the rows whose codes stay, drop the others; each wording is stored once a campaign."""
    slogans = _slogans(activity.campaign_id, {plan.slogan for plan in plans})
    for row, plan in zip(rows, plans, strict=True):
        row.slogan = slogans[plan.slogan]
    activity.postings.exclude(code__in=[row.code for row in rows]).delete()
    Posting.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["activity", "code"],
        update_fields=["slogan", *(name for name in COLUMNS if name != "code")],
    )


def _slogans(campaign_id: int, texts: set[str]) -> dict[str, Slogan]:
    missing = texts - set(Slogan.objects.filter(campaign_id=campaign_id).values_list("text", flat=True))
    fresh = [Slogan(campaign_id=campaign_id, text=text) for text in sorted(missing)]
    for slogan in fresh:
        slogan.full_clean(exclude={"campaign"})
    Slogan.objects.bulk_create(fresh)
    return {slogan.text: slogan for slogan in Slogan.objects.filter(campaign_id=campaign_id, text__in=texts)}
