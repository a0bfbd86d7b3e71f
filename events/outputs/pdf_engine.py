"""The plumbing every paper shares: fonts, what may be fetched, and bytes that repeat.

The body is set in Liberation Serif where the system has it (the metrics of Times New
Roman, customary for official papers) and in Source Serif 4 from PyPI everywhere else.
"""

from __future__ import annotations

import gc
import os
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import unquote, urlsplit

import fontpkg
from pydyf import PDF, Array, Dictionary
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Attachment
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import layout_document
from weasyprint.pdf import VARIANTS
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from core.garbage import collection_paused
from events.outputs.pdf import FullPages
from events.outputs.text_blocks import set_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weasyprint.urls import URLFetcherResponse

    from events.outputs.pdf import Enclosure

BASE_RULES: Final = Path(__file__).resolve().parents[2] / "templates" / "print" / "base_rules.css"
FALLBACK_FAMILY: Final = "Source Serif 4"
STYLES: Final = ("normal", "italic")
TAGGED: Final = "pdf/ua-1"

# Embeddings, overrides and isolates of direction (UAX #9): in Vietnamese they only make a text read other than it is.
TURNING: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))

# fontTools stamps embedded fonts with the time of day unless this says otherwise (reproducible-builds.org); with it,
# equal input gives equal bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "946684800")


class LocalFetcher(URLFetcher):
    """Hands out embedded `data:` content and the given files, and nothing else.

    Any other address is a ValueError: a paper never makes the server read a file or
    open a connection that its text names.
    """

    def __init__(self, files: frozenset[Path]) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Fetch one allowed address; ValueError names the one that is not."""
        parts = urlsplit(url)
        if parts.scheme == "file" and Path(unquote(parts.path)) not in self.files:
            raise ValueError(f"File outside the paper's own: {url}")
        return super().fetch(url, headers)


@cache
def font_files() -> dict[str, Path]:
    """Return the fallback family's file for each style."""
    return {style: fontpkg.path(FALLBACK_FAMILY, 400, style) for style in STYLES}


@cache
def font_css() -> str:
    """Return the `@font-face` rules of the family "Pano Serif", and the page's font.

    The font stands on `html`, because margin boxes (page numbers) inherit from there.
    """
    faces = "".join(
        '@font-face { font-family: "Pano Serif"; font-weight: 200 900; '
        f'font-style: {style}; src: url("{path.as_uri()}"); }}\n'
        for style, path in font_files().items()
    )
    return faces + 'html { font-family: "Liberation Serif", "Pano Serif", serif; }\n'


def draw_pdf(html: str, *, base_css: Sequence[Path], own_css: str, archive: Sequence[Enclosure]) -> bytes:
    """What `events.outputs.pdf.render_pdf` promises."""
    variant, attachments = ("pdf/a-3a", [attached(each) for each in archive]) if archive else (TAGGED, None)
    with collection_paused():  # boxes by the hundred thousand that all stay until the last page is written
        paper = laid_out(html, base_css, own_css, variant=variant)
        content: bytes = paper.write_pdf(pdf_variant=variant, finisher=finish, attachments=attachments)
    return content


def draw_full_pages(html: str, *, base_css: Sequence[Path], own_css: str) -> FullPages:
    """What `events.outputs.pdf.render_full_pages` promises."""
    with collection_paused():
        paper = laid_out(html, base_css, own_css, variant=TAGGED)
        number, following = last_fresh_page(paper.pages)
        kept = paper.copy(paper.pages[:number])
        content: bytes = kept.write_pdf(pdf_variant=TAGGED, finisher=finish)
        del paper, kept
    gc.collect()  # boxes refer to each other: those of the next slice shall not come on top
    return FullPages(content, number, following)


def last_fresh_page(pages: Sequence[Page]) -> tuple[int, str]:
    """Return the place of the last page that begins with a row of its own, and that row's id; all pages where none."""
    for number in range(len(pages) - 1, 0, -1):
        first = next(iter(pages[number].anchors), "")
        if first and first not in pages[number - 1].anchors:  # a row taller than a page is on both
            return number, first
    return len(pages), ""


def laid_out(html: str, base_css: Sequence[Path], own_css: str, *, variant: str) -> Document:
    """Return the pages of a document, not yet written."""
    fetcher = LocalFetcher(frozenset((*font_files().values(), *base_css)))
    fonts = FontConfiguration()
    sheets = [CSS(string=font_css(), font_config=fonts, url_fetcher=fetcher)]
    sheets += [CSS(filename=path, font_config=fonts, url_fetcher=fetcher) for path in base_css]
    sheets.append(CSS(string=own_css, font_config=fonts, url_fetcher=fetcher))
    document = PaperHTML(string=readable(html), url_fetcher=fetcher)
    return document.render(stylesheets=sheets, font_config=fonts, pdf_variant=variant)


def attached(enclosure: Enclosure) -> Attachment:
    """Return the file as WeasyPrint takes it in."""
    return Attachment(
        file_obj=BytesIO(enclosure.content),
        name=enclosure.name,
        description=enclosure.description,
        created=enclosure.changed,
        modified=enclosure.changed,
        relationship="Data",
    )


def readable(text: str) -> str:
    """Return the text composed (NFC), so that it can be searched, and without marks that turn the order of letters."""
    return unicodedata.normalize("NFC", text).translate(TURNING)


class PaperHTML(HTML):
    """A page of ours: the few rules of a browser's style sheet that our templates use, so that matching is cheap."""

    def render(self, font_config: FontConfiguration, **options: Any) -> Document:  # noqa: ANN401
        """Lay out the pages as WeasyPrint does, but with plain table cells set as blocks of text."""
        settings = DEFAULT_OPTIONS | options
        intent = VARIANTS[settings["pdf_variant"]][1].get("output_intent")
        styles = CounterStyle()
        context = Document._build_layout_context(self, font_config, styles, {}, settings)  # noqa: SLF001 -- no public way
        root = build_formatting_structure(
            self.etree_element,
            context.style_for,
            context.get_image_from_uri,
            self.base_url,
            context.target_collector,
            styles,
            context.footnotes,
        )
        set_cells(root)
        pages = [Page(box) for box in layout_document(self, root, context)]
        return Document(pages, DocumentMetadata(**get_html_metadata(self)), self.url_fetcher, font_config, {}, intent)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002, ARG002 -- WeasyPrint's call
        return [base_rules()]


@cache
def base_rules() -> CSS:
    """Return the parsed style sheet below all papers."""
    return CSS(filename=BASE_RULES)


def finish(_document: object, pdf: PDF) -> None:
    """Mend what WeasyPrint leaves: the scope of table headers, and each associated file named once."""
    name_scopes(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = Array(dict.fromkeys(pdf.catalog["AF"]))


def name_scopes(pdf: PDF) -> None:
    """Write the scope of every table header into the structure tree (ISO 14289-1, 7.5), which WeasyPrint leaves out.

    A header in a table's head is a column's, any other a row's.
    """
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("S") == "/TH":
            element["A"]["Scope"] = "/Column" if _part_of_table(element, pdf) == "/THead" else "/Row"


def _part_of_table(cell: Dictionary, pdf: PDF) -> str:
    row = _parent(cell, pdf)
    return str(_parent(row, pdf)["S"])


def _parent(element: Dictionary, pdf: PDF) -> Dictionary:
    """Return the element above; a reference is "12 0 R"."""
    return cast("Dictionary", pdf.objects[int(element["P"].split()[0])])
