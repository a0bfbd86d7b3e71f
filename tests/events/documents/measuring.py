"""What stands in a PDF, read from the file itself: words with their places, fonts, tags, files inside."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator

MM: Final = 72 / 25.4  # points
SIDES: Final = ("xMin", "yMin", "xMax", "yMax")
XHTML: Final = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word; its box in millimetres from the upper left corner of the paper."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A page in millimetres with its words in the order of the file."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """Top, right, bottom, left: what no word of the content enters; page number and foot left out."""
        inner = [word for word in self.words if word.top > 16 and word.bottom < self.height - 16]
        return (
            min(word.top for word in inner),
            self.width - max(word.right for word in inner),
            self.height - max(word.bottom for word in inner),
            min(word.left for word in inner),
        )


def papers_of(content: bytes) -> list[Paper]:
    """Return the pages, measured by Poppler."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    return [
        Paper(
            width=float(page.attrib["width"]) / MM, height=float(page.attrib["height"]) / MM, words=tuple(_words(page))
        )
        for page in ET.fromstring(found.stdout).iter(f"{XHTML}page")  # noqa: S314 -- Poppler's own
    ]


def _words(page: ET.Element) -> Iterator[Word]:
    for word in page.iter(f"{XHTML}word"):
        left, top, right, bottom = (
            round(float(word.attrib[name]) / MM, 2) for name in ("xMin", "yMin", "xMax", "yMax")
        )
        yield Word(text=word.text or "", left=left, top=top, right=right, bottom=bottom)


def text_of(content: bytes) -> str:
    """Return the text as a reader copies it, page by page."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def printed_text_of(content: bytes) -> str:
    """Return the text in the order of the file as Poppler reads it; pypdf is lost after a letter outside the BMP."""
    return subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def squeezed(text: str) -> str:
    """Return the text without spaces, line ends and hyphens, so that wrapped words compare."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def fonts_of(content: bytes) -> dict[str, bool]:
    """Return the name of every font without its subset's tag, and whether its outlines and its letters lie inside."""
    with pikepdf.open(BytesIO(content)) as pdf:
        found: dict[str, bool] = {}
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/DescendantFonts" in each:
                descriptor = each.DescendantFonts[0].FontDescriptor  # type: ignore[attr-defined, index, unused-ignore]
                is_inside = any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
                found[str(each.BaseFont).rpartition("+")[2]] = is_inside and "/ToUnicode" in each
        return found


def structure_of(content: bytes) -> list[dict[str, Any]]:
    """Return the elements of the structure tree: role, scope and number of kids, the order of the file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [
            {"role": str(each.S), "scope": _scope(each), "kids": len(each.get("/K", []))}
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]


def _scope(element: pikepdf.Dictionary) -> str:
    attributes = element.get("/A")
    return str(attributes.get("/Scope", "")) if isinstance(attributes, pikepdf.Dictionary) else ""


def faults_of(content: bytes) -> list[str]:
    """Return what `qpdf --check` finds wrong."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [str(fault) for fault in (*pdf.check_pdf_syntax(), *pdf.get_warnings())]
