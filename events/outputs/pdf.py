"""The door to what draws papers: WeasyPrint takes time and memory that only a process that prints shall pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
