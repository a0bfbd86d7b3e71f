"""A very long document drawn in slices: memory stays that of one, and the pages are those of the whole.

Layout takes memory for every row at once, and its time grows faster than its rows. So some hundred rows are laid out at
a time; the last page of that, which more rows would have changed, is thrown away, and the next slice begins with the
row that stood first on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from django.template.loader import render_to_string

from events.outputs.documents.pdf import STYLE_SHEET, document_context, page_css
from events.outputs.documents.table_html import section_html
from events.outputs.pdf import render_full_pages, render_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from events.outputs.documents.model import Document, RowGroup, Section

ROWS_AT_ONCE: Final = 600
# A table that goes on has no gap above it, and the number of the page goes on too.
GOING_ON: Final = """
@page :first {{ counter-reset: page {page}; @top-center {{ content: counter(page); }} }}
main > :first-child {{ margin-top: 0; }}
"""


class Slice(NamedTuple):
    """Rows of a document, counted over all its sections, from `first` up to `end`, on pages after `before` others."""

    first: int
    end: int
    before: int


def tell_nobody(_pages: int) -> None:
    """For who does not ask how far it is."""


def write_slices(
    document: Document, tell: Callable[[int], None] = tell_nobody, *, at_once: int | None = None
) -> list[bytes]:
    """Return the document as PDFs of consecutive pages, which put together are `write_document_pdf`'s pages.

    Every section of it has rows. `at_once` rows are laid out at a time; `tell` is told how many pages there are after
    each slice but the last.
    """
    return list(_written(document, tell, at_once or ROWS_AT_ONCE))


def _written(document: Document, tell: Callable[[int], None], at_once: int) -> Iterator[bytes]:
    count, first, before, amount = len(document.rows), 0, 0, at_once
    while first + amount < count:
        part = Slice(first, first + amount, before)
        full = render_full_pages(_html(document, part), base_css=[STYLE_SHEET], own_css=_css(document, part))
        if not full.following:  # all of it on a page or two that more rows would change
            amount *= 2
            continue
        yield full.content
        first, before, amount = first + int(full.following.removeprefix("r")), before + full.pages, at_once
        tell(before)
    rest = Slice(first, count, before)
    yield render_pdf(_html(document, rest), base_css=[STYLE_SHEET], own_css=_css(document, rest))


def _css(document: Document, part: Slice) -> str:
    going_on = GOING_ON.format(page=part.before + 1) if part.before else ""
    return page_css(replace(document, sections=tuple(_sections(document, part)))) + going_on


def _html(document: Document, part: Slice) -> str:
    context = document_context(replace(document, sections=()))
    tables, first_id = [], 0
    for number, section in enumerate(_sections(document, part), start=1):
        tables.append((section.title, section_html(section, number, first_id=first_id)))
        first_id += len(section.rows)
    is_last = part.end == len(document.rows)
    context |= {"sections": tables, "is_going_on": part.first > 0, "goes_on": not is_last}
    return render_to_string("print/document.html", context)


def _sections(document: Document, part: Slice) -> Iterator[Section]:
    """Yield what of each section is in the slice; headings stand where their first row is, totals after the last."""
    begins = 0
    for section in document.sections:
        ends = begins + len(section.rows)
        if begins < part.end and ends > part.first:
            yield replace(
                section,
                title=section.title if begins >= part.first else "",
                groups=tuple(_groups(section, begins, part)),
                totals=section.totals if ends <= part.end else (),
            )
        begins = ends


def _groups(section: Section, begins: int, part: Slice) -> Iterator[RowGroup]:
    for group in section.groups:
        ends = begins + len(group.rows)
        rows = group.rows[max(0, part.first - begins) : max(0, part.end - begins)]
        if rows:
            yield replace(group, title=group.title if begins >= part.first else "", rows=rows)
        begins = ends
