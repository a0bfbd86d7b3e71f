"""The door to what draws papers: WeasyPrint takes time and memory that only a process that prints shall pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that a paper carries inside; `changed` is when its content last did, an aware moment."""

    name: str
    content: bytes
    description: str
    changed: datetime


class FullPages(NamedTuple):
    """The pages of a layout that more text would not change: `pages` of them, and the id of what comes next.

    `following` is "" where all is on the pages.
    """

    content: bytes
    pages: int
    following: str


def render_pdf(
    html: str, *, base_css: Sequence[Path] = (), own_css: str = "", archive: Sequence[Enclosure] = ()
) -> bytes:
    """Lay out one HTML document and return it as a tagged PDF (PDF/UA-1).

    `html` is a whole document with `<html lang="vi">` and a `<title>`; `base_css` are
    style sheets on disk, later ones win, `own_css` comes last. Only `data:` content is fetched for the document.
    With `archive`, files to carry inside, it becomes PDF/A-3 instead. Equal input gives equal bytes.
    """
    from events.outputs.pdf_engine import draw_pdf  # noqa: PLC0415 -- see the module docstring

    return draw_pdf(html, base_css=base_css, own_css=own_css, archive=archive)


def render_full_pages(html: str, *, base_css: Sequence[Path] = (), own_css: str = "") -> FullPages:
    """Lay out as `render_pdf` does and return the pages up to the last that begins with a row bearing an id.

    What follows is left for another layout, which begins with that row: so a long table is drawn in parts that look as
    one. Where no page but the first begins so, all are returned, with nothing following.
    """
    from events.outputs.pdf_engine import draw_full_pages  # noqa: PLC0415 -- see the module docstring

    return draw_full_pages(html, base_css=base_css, own_css=own_css)
