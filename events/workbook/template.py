"""The empty workbook a planner starts from."""

from __future__ import annotations

from events.workbook.exporting import write_workbook
from events.workbook.layout import CAMPAIGN_SHEET, ITEMS


def template_workbook() -> bytes:
    """All sheets with their headings and choice lists, the legend, and one row for each item of the campaign."""
    item = CAMPAIGN_SHEET.columns[0].title
    return write_workbook({CAMPAIGN_SHEET.title: [{item: each} for each in ITEMS]})
