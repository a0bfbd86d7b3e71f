"""The sheet "Kế hoạch": one item a row, several rows for what the letter lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.text import fold
from events.planning import Basis, CampaignPlan, ListItem
from events.workbook import layout
from events.workbook.cells import clean
from events.workbook.layout import CAMPAIGN_SHEET, CellRow, CellValue
from events.workbook.reference import Unknown
from events.workbook.report import FieldChange, show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from events.workbook.cells import Problems, Row
    from events.workbook.reference import Reference

ITEM, CODE, CONTENT, DAY, NOTE = (column.title for column in CAMPAIGN_SHEET.columns)
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_SINGLE = (
    layout.CODE, layout.NAME, layout.YEAR, layout.STARTS, layout.ENDS, layout.LETTER_NUMBER, layout.LETTER_DATE,
    layout.LEAD_UNIT, layout.REPORT,
)  # fmt: skip
_REQUIRED = (layout.CODE, layout.NAME, layout.YEAR, layout.STARTS, layout.ENDS, layout.LEAD_UNIT)
LISTS = ("themes", "forms", "audiences", "funding_sources")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def parse_campaign(rows: Sequence[Row], reference: Reference, problems: Problems) -> CampaignPlan | None:
    """Read the sheet; None when something a campaign cannot be without is missing or wrong. Notes every problem."""
    reader = _CampaignReader(_by_item(rows), reference)
    missing = [item for item in _REQUIRED if not reader.rows[item]]
    for item in missing:
        message = _("The item “%(item)s” is missing; add a row for it.") % {"item": item}
        problems.add(CAMPAIGN_SHEET.title, message, column=ITEM)
    campaign = None if missing else reader.read()
    return None if problems.touch(CAMPAIGN_SHEET.title) else campaign


def campaign_rows(campaign: CampaignPlan, reference: Reference) -> list[CellRow]:
    """The rows of the sheet, in its usual order; reading them gives the same campaign."""
    units = reference.units
    single: list[CellRow] = [
        {ITEM: layout.CODE, CONTENT: campaign.code},
        {ITEM: layout.NAME, CONTENT: campaign.name},
        {ITEM: layout.YEAR, CONTENT: campaign.year},
        {ITEM: layout.STARTS, DAY: campaign.starts_on},
        {ITEM: layout.ENDS, DAY: campaign.ends_on},
        {ITEM: layout.LETTER_NUMBER, CONTENT: campaign.letter_number or None},
        {ITEM: layout.LETTER_DATE, DAY: campaign.letter_date},
        {ITEM: layout.REPORT, DAY: campaign.report_before, NOTE: layout.BEFORE_DAY},
    ]
    rows = [row for row in single if row.get(CONTENT) is not None or row.get(DAY) is not None]
    rows += [_unit_row(layout.LEAD_UNIT, campaign.lead_unit_id, reference)]
    partners = sorted(campaign.coordinating_unit_ids, key=units.code)
    rows += [_unit_row(layout.PARTNER_UNIT, key, reference) for key in partners]
    rows += [{ITEM: layout.OBJECTIVE, CONTENT: line} for line in lines_of(campaign.objective)]
    rows += [{ITEM: layout.REQUIREMENT, CONTENT: line} for line in lines_of(campaign.requirements)]
    rows += [
        {ITEM: layout.BASIS, CODE: each.number, CONTENT: each.subject, DAY: each.issued_on, NOTE: each.issuer or None}
        for each in campaign.basis_documents
    ]
    lists = (
        (layout.THEME, campaign.themes),
        (layout.FORM, campaign.forms),
        (layout.AUDIENCE, campaign.audiences),
        (layout.FUNDING, campaign.funding_sources),
    )
    rows += [
        {ITEM: item, CODE: each.code, CONTENT: each.name, NOTE: layout.PRIORITY if each.is_priority else None}
        for item, entries in lists
        for each in entries
    ]
    order = {item: position for position, item in enumerate(layout.ITEMS)}
    return sorted(rows, key=lambda row: order[str(row[ITEM])])


def lines_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that the sheet gives a row each."""
    return tuple(filter(None, (clean(line) for line in clean(text).split("\n"))))


def tidy_campaign(plan: CampaignPlan) -> CampaignPlan:
    """The plan as the sheet can carry it, its unordered keys in one order: two equal ones mean the same."""
    lists: dict[str, Any] = {
        name: tuple(replace(each, code=clean(each.code), name=clean(each.name)) for each in getattr(plan, name))
        for name in LISTS
    }
    return replace(
        plan,
        name=clean(plan.name),
        letter_number=clean(plan.letter_number),
        coordinating_unit_ids=tuple(sorted(set(plan.coordinating_unit_ids))),
        objective="\n".join(lines_of(plan.objective)),
        requirements="\n".join(lines_of(plan.requirements)),
        basis_documents=tuple(
            replace(each, number=clean(each.number), subject=clean(each.subject), issuer=clean(each.issuer))
            for each in plan.basis_documents
        ),
        **lists,
    )


def with_stored(plan: CampaignPlan, stored: CampaignPlan) -> CampaignPlan:
    """The plan plus the stored list items the file leaves out, at the end: an import deletes nothing."""
    lists: dict[str, Any] = {name: _united(getattr(plan, name), getattr(stored, name)) for name in LISTS}
    numbers = {each.number for each in plan.basis_documents}
    kept = tuple(each for each in stored.basis_documents if each.number not in numbers)
    return replace(plan, basis_documents=plan.basis_documents + kept, **lists)


def campaign_changes(before: CampaignPlan, after: CampaignPlan, reference: Reference) -> tuple[FieldChange, ...]:
    """The items that differ, with the lines that go and the lines that come."""
    old, new = _lines_by_item(before, reference), _lines_by_item(after, reference)
    return tuple(
        FieldChange(
            column=item,
            before="\n".join(line for line in old[item] if line not in new[item]),
            after="\n".join(line for line in new[item] if line not in old[item]),
        )
        for item in layout.ITEMS
        if old[item] != new[item]
    )


def _lines_by_item(plan: CampaignPlan, reference: Reference) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in campaign_rows(plan, reference):
        found[str(row[ITEM])].append(
            " · ".join(filter(None, (_plain(row.get(title)) for title in (CODE, CONTENT, DAY, NOTE))))
        )
    return found


def _plain(value: CellValue) -> str:
    return str(value) if isinstance(value, int) else show(value)


def _united(items: tuple[ListItem, ...], stored: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
    codes = {item.code for item in items}
    return items + tuple(item for item in stored if item.code not in codes)


def _unit_row(item: str, key: int, reference: Reference) -> CellRow:
    unit = reference.units.rows[key]
    return {ITEM: item, CODE: unit.code, CONTENT: unit.name}


def _by_item(rows: Sequence[Row]) -> defaultdict[str, list[Row]]:
    labels = {item: item for item in layout.ITEMS}
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        item = row.choice(ITEM, labels)
        if item in _SINGLE and found[item]:
            row.report(ITEM, _("The item “%(item)s” may stand only once.") % {"item": item})
        elif item is not None:
            found[item].append(row)
    return found


@dataclass(frozen=True)
class _CampaignReader:
    rows: defaultdict[str, list[Row]]
    reference: Reference

    def read(self) -> CampaignPlan | None:
        """Everything is read before anything is judged, so that all problems are noted."""
        code, year = self._code(), self._year()
        starts_on, ends_on = (self._day(item) for item in (layout.STARTS, layout.ENDS))
        name = self._text(layout.NAME, limit=300)
        lead = self._units(layout.LEAD_UNIT)
        rest: dict[str, Any] = {
            "coordinating_unit_ids": self._units(layout.PARTNER_UNIT),
            "letter_number": self._text(layout.LETTER_NUMBER, limit=60),
            "letter_date": self._day(layout.LETTER_DATE),
            "report_before": self._report_before(),
            "objective": self._lines(layout.OBJECTIVE),
            "requirements": self._lines(layout.REQUIREMENT),
            "basis_documents": self._basis(),
            "themes": self._list(layout.THEME),
            "forms": self._list(layout.FORM),
            "audiences": self._list(layout.AUDIENCE),
            "funding_sources": self._list(layout.FUNDING),
        }
        if starts_on is None or ends_on is None or year is None or not lead:
            return None
        if ends_on < starts_on:
            self._row(layout.ENDS).report(DAY, _("The last day of the campaign lies before the first."))
        return CampaignPlan(
            code=code, name=name, year=year, starts_on=starts_on, ends_on=ends_on, lead_unit_id=lead[0],
            **rest,
        )  # fmt: skip

    def _row(self, item: str) -> Row:
        return self.rows[item][0]

    def _text(self, item: str, *, limit: int) -> str:
        if not self.rows[item]:
            return ""
        return self._row(item).text(CONTENT, is_required=item in _REQUIRED, limit=limit)

    def _day(self, item: str) -> date | None:
        return self._row(item).day(DAY, is_required=item in _REQUIRED) if self.rows[item] else None

    def _code(self) -> str:
        code = self._text(layout.CODE, limit=40)
        if code and not _SLUG.fullmatch(code):
            message = _("The code “%(code)s” may have only letters without marks, digits and hyphens.")
            self._row(layout.CODE).report(CONTENT, message % {"code": code})
        return code

    def _year(self) -> int | None:
        row = self._row(layout.YEAR)
        year = row.integer(CONTENT, is_required=True)
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            row.report(CONTENT, _("“%(year)s” is not a year between 1990 and 2100.") % {"year": year})
        return year

    def _units(self, item: str) -> tuple[int, ...]:
        found: dict[int, None] = {}
        for row in self.rows[item]:
            code = row.text(CODE, is_required=True)
            try:
                found.update({self.reference.units.find(code).pk: None} if code else {})
            except Unknown as unknown:
                row.report(CODE, str(unknown))
        return tuple(found)

    def _lines(self, item: str) -> str:
        texts = "\n".join(row.text(CONTENT, is_required=True) for row in self.rows[item])
        return "\n".join(lines_of(texts))

    def _report_before(self) -> date | None:
        day = self._day(layout.REPORT)
        if day is None:
            return None
        labels = {"before": layout.BEFORE_DAY, "until": "đến hết ngày"}
        meaning = self._row(layout.REPORT).choice(NOTE, labels, default="before")
        return day + timedelta(days=1) if meaning == "until" else day

    def _basis(self) -> tuple[Basis, ...]:
        return tuple(
            Basis(
                number=number,
                subject=row.text(CONTENT, is_required=True),
                issued_on=row.day(DAY),
                issuer=row.text(NOTE, limit=160),
            )
            for row, number in self._coded(layout.BASIS, limit=60)
        )

    def _list(self, item: str) -> tuple[ListItem, ...]:
        return tuple(
            ListItem(
                code=code,
                name=row.text(CONTENT, is_required=True),
                is_priority=item == layout.AUDIENCE and fold(row.text(NOTE)) == fold(layout.PRIORITY),
            )
            for row, code in self._coded(item, limit=20)
        )

    def _coded(self, item: str, *, limit: int) -> list[tuple[Row, str]]:
        seen: dict[str, int] = {}
        found = []
        for row in self.rows[item]:
            code = row.text(CODE, is_required=True, limit=limit)
            if code in seen:
                message = _("The code “%(code)s” already stands in row %(row)s.")
                row.report(CODE, message % {"code": code, "row": seen[code]})
            elif code:
                seen[code] = row.number
                found.append((row, code))
        return found
