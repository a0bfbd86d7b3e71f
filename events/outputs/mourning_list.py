"""What national mourning postpones, as a notice on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string

from events.outputs.pdf import render_pdf

STYLE_SHEET: Final = Path(__file__).resolve().parents[2] / "templates" / "print" / "schedule.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponedShow:
    """One occurrence that does not take place; ready texts."""

    title: str
    time: str
    area: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MourningSheet:
    """The whole paper, as ready texts; `authority` are the issuing body's lines, its parent first."""

    authority: tuple[str, ...]
    name: str
    days: str
    source: str
    shows: tuple[PostponedShow, ...]
    printed_on: str
    link: str


def render_mourning_pdf(sheet: MourningSheet) -> bytes:
    """Return the paper as a tagged PDF (PDF/UA-1), A4 landscape; equal input, equal bytes."""
    return render_pdf(render_mourning_html(sheet), base_css=[STYLE_SHEET])


def render_mourning_html(sheet: MourningSheet) -> str:
    """Return the paper as one HTML document; every occurrence is one row, numbered from 1."""
    context = {"sheet": sheet, "above": sheet.authority[:-1], "own": "".join(sheet.authority[-1:])}
    return render_to_string("print/mourning.html", context)
