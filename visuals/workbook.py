"""The sheet "Trực quan" of the plan's workbook: one posting a row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.text import fold
from events.models import FundingSource
from events.workbook.cells import clean
from events.workbook.layout import Column, Sheet
from events.workbook.reference import Unknown, find_codes
from events.workbook.tally import Tally, noting_refusals
from venues.models import DisplaySite, Face
from visuals.models import Posting
from visuals.planning import PostingPlan, posting_plans_of, save_postings
from visuals.planning.snapshots import plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from events.models import Activity, Campaign
    from events.workbook.cells import Row
    from events.workbook.context import ParseContext, SaveContext
    from events.workbook.layout import CellRow
    from events.workbook.reference import Reference
    from events.workbook.report import SheetReport
    from units.models import User

FORMAT_LABELS = {
    "panel": "pa nô",
    "banner": "băng rôn",
    "streamer": "phướn",
    "flag": "cờ",
    "poster": "áp phích",
    "led": "LED",
    "gate": "cổng chào",
}
LOCATION = "Vị trí: "  # a spot that is no display site stands as the first line of the note
SHEET = Sheet(
    title="Trực quan",
    intro="Mỗi dòng là một hạng mục treo của một hoạt động cổ động trực quan; ngày treo là ngày của hoạt động.",
    columns=(
        Column(title="Mã mục", width=16, is_required=True, note="Duy nhất trong hoạt động."),
        Column(title="Mã hoạt động", width=14, is_required=True, note="Mã ở trang Hoạt động."),
        Column(title="Hình thức", width=12, is_required=True, choices=tuple(FORMAT_LABELS.values())),
        Column(title="Khẩu hiệu", width=60, is_required=True),
        Column(title="Rộng (m)", width=10),
        Column(title="Cao (m)", width=10),
        Column(title="Số mặt", width=8, note="Để trống là 1."),
        Column(title="ĐVT", width=10, is_required=True),
        Column(title="Số lượng", width=10, is_required=True),
        Column(title="Diện tích (m²)", width=12, note="Tổng diện tích mọi mặt."),
        Column(title="Vị trí", width=40, note="Tên vị trí cổ động; nơi chưa có trong danh mục thì ghi lời."),
        Column(title="Mặt bảng", width=16, note="Mã mặt bảng; hoạt động phải đăng ký mặt bảng này ở Nguồn lực."),
        Column(title="Hạn lắp đặt", note="Không muộn hơn ngày bắt đầu treo."),
        Column(title="Hạn tháo dỡ", note="Không sớm hơn ngày treo cuối."),
        Column(title="Đơn vị thực hiện", width=18, is_required=True, note="Mã đơn vị."),
        Column(title="Nguồn kinh phí", width=14, note="Mã NS1…"),
        Column(title="Nguồn số liệu", width=20),
        Column(title="Ghi chú", width=36),
    ),
)
_CLOSE = 0.85
_TEXTS = ("code", "slogan", "count_unit", "quantity_source", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPosting:
    """A good row; `funding` is a code, since its key may not exist yet."""

    row: Row
    activity: str
    plan: PostingPlan
    funding: str


class VisualsSheet:
    """The postings' part of an import and an export; see `events.workbook.context.SheetHandler`."""

    sheets: Sequence[Sheet] = (SHEET,)

    def parse(self, rows: Mapping[str, Sequence[Row]], context: ParseContext) -> list[ParsedPosting]:
        """Read the rows; those of a bad activity row are left out without a second problem."""
        faces = {face.resource_id: face for face in Face.objects.select_related("resource", "site")}
        found: list[ParsedPosting] = []
        seen: dict[tuple[str, str], int] = {}
        for row in rows[SHEET.title]:
            reader = _PostingReader(row, context, faces)
            code, activity = reader.read_key()
            if (activity, code) in seen:
                message = _("The code “%(code)s” already stands in row %(row)s.")
                row.report("Mã mục", message % {"code": code, "row": seen[activity, code]})
            seen.setdefault((activity, code), row.number)
            plan, funding = reader.read(code), reader.read_funding()
            if not row.is_bad and activity in context.activities:
                found.append(ParsedPosting(row=row, activity=activity, plan=plan, funding=funding))
        return found

    def save(self, parsed: list[ParsedPosting], context: SaveContext) -> Sequence[SheetReport]:
        """Write the activities whose postings differ; nothing is removed."""
        funding = dict(FundingSource.objects.filter(campaign=context.campaign).values_list("code", "pk"))
        by_activity: defaultdict[str, list[ParsedPosting]] = defaultdict(list)
        for each in parsed:
            plan = replace(each.plan, funding_source_id=funding[each.funding] if each.funding else None)
            by_activity[each.activity].append(replace(each, plan=plan))
        stored, names, tally = _stored(context.campaign), _Names(context.reference, context.campaign), Tally(SHEET)
        for code, rows in by_activity.items():
            before = stored.get(code, {})
            for each in rows:
                old = before.get(each.plan.code)
                old_cells = None if old is None else names.cells(code, old)
                tally.count(each.plan.code, old_cells, names.cells(code, each.plan), title=each.plan.slogan)
            _save_activity(context.activities[code], rows, before, by=context.by)
        written = {(each.activity, each.plan.code) for each in parsed}
        tally.missing += [
            code for activity, plans in stored.items() for code in plans if (activity, code) not in written
        ]
        return [tally.report()]

    def export(
        self, campaign: Campaign, reference: Reference, *, hidden: frozenset[str]
    ) -> Mapping[str, Sequence[CellRow]]:
        """One row a posting, by activity and code."""
        names = _Names(reference, campaign)
        shown = {code: plans.values() for code, plans in _stored(campaign).items() if code not in hidden}
        return {SHEET.title: [names.cells(code, plan) for code, plans in shown.items() for plan in plans]}


class _PostingReader:
    def __init__(self, row: Row, context: ParseContext, faces: Mapping[int, Face]) -> None:
        self.row, self.context, self.faces = row, context, faces

    def read_key(self) -> tuple[str, str]:
        code = self.row.text("Mã mục", is_required=True, limit=40)
        activity = self.row.text("Mã hoạt động", is_required=True)
        if activity and not self.context.knows(activity):
            message = _("The sheet “Hoạt động” has no activity with the code “%(code)s”.")
            self.row.report("Mã hoạt động", message % {"code": activity})
        return code, activity

    def read_funding(self) -> str:
        code = self.row.text("Nguồn kinh phí")
        campaign = self.context.campaign
        if code and campaign is not None and code not in {item.code for item in campaign.funding_sources}:
            allowed = ", ".join(item.code for item in campaign.funding_sources)
            message = _("The code “%(code)s” is not in the sheet “Kế hoạch”; it has: %(allowed)s.")
            self.row.report("Nguồn kinh phí", message % {"code": code, "allowed": allowed})
        return code

    def read(self, code: str) -> PostingPlan:
        row = self.row
        site_id, location = self._site()
        face = self._face()
        units = find_codes(row, "Đơn vị thực hiện", self.context.reference.units)
        if row.text("Đơn vị thực hiện", is_required=True) and len(row.codes("Đơn vị thực hiện")) > 1:
            row.report("Đơn vị thực hiện", _("Give the code of exactly one unit."))
        sides = row.integer("Số mặt", limit=1000)
        return PostingPlan(
            code=code,
            format=row.choice("Hình thức", FORMAT_LABELS) or "",
            slogan=row.text("Khẩu hiệu", is_required=True, limit=400),
            width_m=row.decimal("Rộng (m)"),
            height_m=row.decimal("Cao (m)"),
            sides=1 if sides is None else sides,
            count_unit=row.text("ĐVT", is_required=True, limit=20),
            quantity=row.integer("Số lượng", is_required=True) or 0,
            area_m2=row.decimal("Diện tích (m²)"),
            site_id=face.site_id if site_id is None and face is not None else site_id,
            face_id=face.pk if face is not None else None,
            install_by=row.day("Hạn lắp đặt"),
            remove_by=row.day("Hạn tháo dỡ"),
            unit_id=units[0] if units else 0,
            quantity_source=row.text("Nguồn số liệu", limit=120),
            note="\n".join(filter(None, (location, row.text("Ghi chú")))),
        )

    def _site(self) -> tuple[int | None, str]:
        """The display site of that name; another spot stays text, but one that nearly is a site's name is refused."""
        text = self.row.text("Vị trí")
        parsed = self.context.activities.get(self.row.text("Mã hoạt động"))
        if not text or parsed is None:
            return None, ""
        reference = self.context.reference
        area = reference.areas[parsed.plan.area_id]
        try:
            place = reference.place(text, area)
        except Unknown as unknown:
            if get_close_matches(fold(text), reference.places_by_name, n=1, cutoff=_CLOSE):
                self.row.report("Vị trí", str(unknown))
            return None, LOCATION + text
        if isinstance(place.row, DisplaySite):
            return place.row.pk, ""
        return None, LOCATION + text

    def _face(self) -> Face | None:
        keys = find_codes(self.row, "Mặt bảng", self.context.reference.resources)
        if not keys:
            return None
        face = self.faces.get(keys[0])
        parsed = self.context.activities.get(self.row.text("Mã hoạt động"))
        if face is None or len(keys) > 1:
            self.row.report("Mặt bảng", _("Give the code of exactly one face of a display site."))
        elif parsed is not None and face.resource_id not in parsed.plan.resource_ids:
            message = _("The activity %(activity)s does not take the face %(face)s; add the code to its “Nguồn lực”.")
            values = {"activity": parsed.plan.code, "face": face.resource.code}
            self.row.report("Mặt bảng", message % values)
        return face


def _save_activity(
    activity: Activity, rows: Sequence[ParsedPosting], stored: Mapping[str, PostingPlan], *, by: User | None
) -> None:
    """Save the activity's postings if one differs; those the file leaves out stay."""
    wanted = {each.plan.code: each.plan for each in rows}
    if all(stored.get(code) == plan for code, plan in wanted.items()):
        return
    untouched = [plan for plan in posting_plans_of(activity) if plan.code not in wanted]
    with noting_refusals(rows[0].row, {each.plan.code: each.row for each in rows}):
        save_postings(activity=activity, plans=[*untouched, *wanted.values()], by=by)


class _Names:
    """Postings as rows of the sheet."""

    def __init__(self, reference: Reference, campaign: Campaign) -> None:
        self.reference = reference
        self.faces = dict(Face.objects.values_list("pk", "resource__code"))
        self.funding = dict(FundingSource.objects.filter(campaign=campaign).values_list("pk", "code"))
        self.areas = dict(campaign.activities.values_list("code", "area_id"))

    def cells(self, activity: str, plan: PostingPlan) -> CellRow:
        """Reading the row gives the same plan."""
        first, _break, rest = plan.note.partition("\n")
        location, note = (first.removeprefix(LOCATION), rest) if first.startswith(LOCATION) else ("", plan.note)
        if not location and plan.site_id is not None:
            location = self.reference.place_label(self.reference.sites.rows[plan.site_id], self.areas[activity])
        return {
            "Mã mục": plan.code,
            "Mã hoạt động": activity,
            "Hình thức": FORMAT_LABELS[plan.format],
            "Khẩu hiệu": plan.slogan,
            "Rộng (m)": plan.width_m,
            "Cao (m)": plan.height_m,
            "Số mặt": plan.sides,
            "ĐVT": plan.count_unit,
            "Số lượng": plan.quantity,
            "Diện tích (m²)": plan.area_m2,
            "Vị trí": location,
            "Mặt bảng": "" if plan.face_id is None else self.faces[plan.face_id],
            "Hạn lắp đặt": plan.install_by,
            "Hạn tháo dỡ": plan.remove_by,
            "Đơn vị thực hiện": self.reference.units.code(plan.unit_id),
            "Nguồn kinh phí": "" if plan.funding_source_id is None else self.funding[plan.funding_source_id],
            "Nguồn số liệu": plan.quantity_source,
            "Ghi chú": note,
        }


def _stored(campaign: Campaign) -> dict[str, dict[str, PostingPlan]]:
    """The campaign's postings by activity and code, as a workbook can carry them."""
    found: defaultdict[str, dict[str, PostingPlan]] = defaultdict(dict)
    rows = Posting.objects.filter(activity__campaign=campaign).select_related("slogan", "activity")
    for posting in rows.order_by("activity__event__start", "activity__code", "code"):
        plan = _plan_of(posting)
        found[posting.activity.code][plan.code] = plan
    return dict(found)


def _plan_of(posting: Posting) -> PostingPlan:
    plan = plan_of(posting)
    texts: dict[str, Any] = {name: clean(getattr(plan, name)) for name in _TEXTS}
    return replace(plan, **texts)


SHEETS = VisualsSheet()
