"""Table cells set as one block of text each, so that a long table takes a fraction of the time and memory.

WeasyPrint breaks, measures and draws every line of a cell on its own, with some ten passes through Pango a line. A cell
of plain text needs none of that: Pango breaks the paragraph at once, and equal cells (units, places, states) are set
once a document. Whatever is not plain text of the letters below stays with WeasyPrint.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size, strut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST: Final = 240  # letters; a block never breaks across pages, so a cell of more stays with WeasyPrint
WORD_OR_LETTER: Final = 2  # PangoWrapMode: between words, within one that is wider than its column
PLAIN: Final = re.compile(  # what both serif families hold: Latin-1, Vietnamese, dashes, quotes, dots, the sign of đồng
    "[\n\x20-\x7e\xa0-\xac\xae-\xff\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ab]*"
)
INLINE: Final = frozenset({"td", "th", "i", "br", "br::before"})
LOOK: Final = ("font_family", "font_size", "font_style", "font_weight", "line_height", "color", "text_decoration_line")
SHIFTS: Final = {"center": 0.5, "right": 1.0}  # of the room that a line leaves


class Piece(NamedTuple):
    """Lines of text in one style; `look` tells styles apart."""

    text: str
    look: tuple[Any, ...]
    style: Any


class Line(NamedTuple):
    """A line of a block: distances from its upper left corner in CSS pixels, and Pango's line of the layout."""

    left: float
    base: float
    width: float
    layout: Layout
    line: Any


class Glyphs(NamedTuple):
    """Glyphs of one font as PDF writes them."""

    font: str
    size: float
    text: str


class Setting:
    """A text set in a width, shared by the blocks that hold it; its glyphs are looked up when first drawn."""

    def __init__(self, pieces: tuple[Piece, ...], width: float) -> None:
        self.height = 0.0
        self.lines: list[Line] = []
        self.drawn: list[list[Glyphs]] = []
        for piece in pieces:
            for text in piece.text.split("\n"):
                self._add(text, piece.style, width)

    def _add(self, text: str, style: Any, width: float) -> None:  # noqa: ANN401 -- WeasyPrint's, without types
        layout = Layout(style)
        layout.set_text(text)
        pango.pango_layout_set_width(layout.layout, int(width * TO_UNITS))
        pango.pango_layout_set_wrap(layout.layout, WORD_OR_LETTER)
        line_height, base = strut(style)
        index = 0
        while (line := pango.pango_layout_get_line_readonly(layout.layout, index)) != ffi.NULL:
            index += 1
            wide = line_size(line, style)[0]
            left = (width - wide) * SHIFTS.get(style["text_align_all"], 0)
            self.lines.append(Line(left, self.height + base, wide, layout, line))
            self.height += line_height

    def draw(self, stream: Any) -> None:  # noqa: ANN401 -- WeasyPrint's stream
        """Draw the lines from the corner, which is the origin of the stream."""
        self.drawn = self.drawn or [list(_glyphs(line, stream)) for line in self.lines]
        stream.begin_text()
        for line, runs in zip(self.lines, self.drawn, strict=True):
            stream.set_color(line.layout.style["color"])
            stream.set_text_matrix(1, 0, 0, -1, line.left, line.base)
            for run in runs:
                stream.set_font_size(run.font, run.size)
                stream.show_text(run.text)
        stream.end_text()
        for line in self.lines:
            if line.layout.strikethrough_position is not None:
                thick = line.layout.strikethrough_thickness
                stream.rectangle(line.left, line.base - line.layout.strikethrough_position, line.width, thick)
                stream.fill()


class TextBlock(boxes.BlockReplacedBox):  # type: ignore[misc]  # WeasyPrint has no types
    """The content of a cell as one box that is its own replacement; it takes the width of the cell."""

    def __init__(self, cell: Any, pieces: tuple[Piece, ...], settings: dict[Any, Setting]) -> None:  # noqa: ANN401
        boxes.Box.__init__(self, cell.element_tag, cell.style.anonymous_style.copy(), cell.element)
        self.style["width"] = Dimension(100, "%")
        self.pieces = pieces
        self.settings = settings

    @property
    def replacement(self) -> TextBlock:
        """What is drawn in the box."""
        return self

    @property
    def setting(self) -> Setting:
        """The text in the width of the box."""
        key = (tuple(piece[:2] for piece in self.pieces), self.width)
        if key not in self.settings:
            self.settings[key] = Setting(self.pieces, self.width)
        return self.settings[key]

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, None]:
        """Return width and height; WeasyPrint asks once it knows the width."""
        return self.width, self.setting.height, None

    def draw(self, stream: Any, *_size_and_style: Any) -> None:  # noqa: ANN401
        """Draw the text; what WeasyPrint marked as a figure is a span."""
        marks = stream.stream
        at = next(index for index in range(len(marks) - 1, -1, -1) if marks[index] == "/Figure")
        marks[at] = "/Span"
        self.setting.draw(stream)


def set_cells(root: Any) -> None:  # noqa: ANN401 -- WeasyPrint's box
    """Replace the content of plain text by one block, in every cell of the tables of fixed layout below the box."""
    settings: dict[Any, Setting] = {}
    for table in root.descendants():
        if isinstance(table, boxes.TableBox) and table.style["table_layout"] == "fixed":
            for cell in [box for box in table.descendants() if isinstance(box, boxes.TableCellBox)]:
                if cell.children and cell.style["vertical_align"] != "baseline" and (pieces := _pieces(cell)):
                    cell.children = [TextBlock(cell, pieces, settings)]


def _pieces(cell: Any) -> tuple[Piece, ...]:  # noqa: ANN401
    """Return the text of a cell by style, or nothing where it is not plain."""
    inner = [box for child in cell.children for box in child.descendants()]
    texts = [box for box in inner if isinstance(box, boxes.TextBox)]
    if not (all(map(_is_inline, inner)) and all(PLAIN.fullmatch(box.text) for box in texts)):
        return ()
    lines = list(_lines(texts))
    is_short = sum(len(box.text) for box in texts) <= LONGEST
    return tuple(_joined(lines)) if is_short and all(map(_is_one_look, lines)) else ()


def _is_inline(box: Any) -> bool:  # noqa: ANN401
    return box.element_tag in INLINE and isinstance(box, (boxes.TextBox, boxes.LineBox, boxes.InlineBox))


def _lines(texts: Iterable[Any]) -> Iterator[list[Piece]]:
    """The lines of a cell, each as pieces of text with their styles."""
    line: list[Piece] = []
    for box in texts:
        look = tuple(_told_apart(box.style[name]) for name in LOOK)
        first, *more = box.text.split("\n")
        line.append(Piece(first, look, box.style))
        for text in more:
            yield line
            line = [Piece(text, look, box.style)]
    yield line


def _told_apart(value: Any) -> Any:  # noqa: ANN401 -- of any property
    return frozenset(value) if isinstance(value, set) else value


def _is_one_look(line: list[Piece]) -> bool:
    return len({piece.look for piece in line if piece.text}) <= 1


def _joined(lines: list[list[Piece]]) -> Iterator[Piece]:
    whole = [
        Piece("".join(piece.text for piece in line), shown.look, shown.style)
        for line in lines
        for shown in [next((piece for piece in line if piece.text), line[0])]
    ]
    for _look, same in groupby(whole, key=lambda piece: piece.look):
        pieces = list(same)
        yield Piece("\n".join(piece.text for piece in pieces), pieces[0].look, pieces[0].style)


def _glyphs(line: Line, stream: Any) -> Iterator[Glyphs]:  # noqa: ANN401
    """The runs of a line; fonts learn the widths and letters of the glyphs used."""
    run = line.line.runs
    text = line.layout.text.encode()
    while run != ffi.NULL:
        yield _run(run.data, text, stream)
        run = run.next


def _run(item: Any, text: bytes, stream: Any) -> Glyphs:  # noqa: ANN401
    glyphs, offset = item.glyphs, item.item.offset
    pango_font = item.item.analysis.font
    font, size = stream.add_font(pango_font)
    ends = [*(glyphs.log_clusters[i] for i in range(1, glyphs.num_glyphs)), item.item.length]
    written = ["<"]
    for index in range(glyphs.num_glyphs):
        info = glyphs.glyphs[index]
        glyph, wide = info.glyph, info.geometry.width * 1000 * FROM_UNITS / size
        if glyph == pango.PANGO_GLYPH_EMPTY:  # a space that ends a line: nothing follows it there
            continue
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = text[offset + glyphs.log_clusters[index] : offset + ends[index]].decode()
        kerning = int(font.widths[glyph] - wide)
        written.append(f"{glyph:04x}" + (f">{kerning}<" if kerning else ""))
    return Glyphs(font.hash, size, "".join((*written, ">")))
