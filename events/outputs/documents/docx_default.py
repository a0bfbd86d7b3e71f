"""Our own template, built for the columns of a document: the form of Decree 30/2020/NĐ-CP, annex I, with its tags.

It is filled in like any template of an office, and is what an office starts from when it makes its own.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from events.outputs.documents.docx_tags import shape_of
from events.outputs.office_files import without_clock

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.section import Section as WordSection
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

    from events.outputs.documents.model import Column, Document

FAMILY: Final = "Times New Roman"
LONG_SIDE, SHORT_SIDE = Mm(297), Mm(210)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
CELL_MARGINS: Final = {"top": 28, "left": 57, "bottom": 28, "right": 57}  # twentieths of a point
ALIGNMENTS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER


def default_template(document: Document) -> bytes:
    """Return a .docx with tags for a document with these tables; equal columns give equal bytes."""
    file = WordDocument()
    _set_up(file, document)
    _add_head(file)
    _add_line(file, "{{ tieu_de }}", size=14, bold=True)
    _add_repeated(file, "phu_de", "{{ x }}")
    _add_tables(file, document)
    _add_repeated(file, "tom_tat", "{{ x }}", align=WD_ALIGN_PARAGRAPH.LEFT, size=11)
    _add_end(file, len(document.frame.signatures))
    buffer = io.BytesIO()
    file.save(buffer)
    return without_clock(buffer.getvalue())


def _set_up(file: WordFile, document: Document) -> None:
    """Paper, margins, the one family of letters, page numbers top centre from page 2, the revision at the foot."""
    style: ParagraphStyle = file.styles["Normal"]
    style.font.name, style.font.size = FAMILY, Pt(13)
    style.paragraph_format.space_after = Pt(0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FAMILY)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    section = file.sections[0]
    is_wide = document.orientation == "landscape"
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG_SIDE, SHORT_SIDE) if is_wide else (SHORT_SIDE, LONG_SIDE)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    _number_pages(section)


def _number_pages(section: WordSection) -> None:
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)  # noqa: SLF001 -- python-docx knows no fields
    for foot in (section.footer, section.first_page_footer):
        line = foot.paragraphs[0].add_run("Phiên bản {{ phien_ban }} · In ngày {{ ngay_in }} · {{ lien_ket }}")
        line.font.size = Pt(9)


def _add_head(file: WordFile) -> None:
    """Two columns without lines: who issues it, and what marks it."""
    left, right = _blank_row(file, (Mm(112), Mm(140)))
    _add_line(left, "{%p if co_quan_chu_quan %}")
    _add_line(left, "{{ co_quan_chu_quan|upper }}", size=12)
    _add_line(left, "{%p endif %}")
    _add_line(left, "{{ co_quan|upper }}", size=12, bold=True)
    _add_rule(left, Mm(38))
    _add_optional(left, "so_ky_hieu", size=13)
    _add_optional(right, "quoc_hieu", size=12, bold=True)
    _add_line(right, "{%p if tieu_ngu %}")
    _add_line(right, "{{ tieu_ngu }}", size=13, bold=True)
    _add_rule(right, Mm(44))
    _add_line(right, "{%p endif %}")
    _add_optional(right, "du_thao", size=12, bold=True)
    _add_optional(right, "phu_luc", size=14, bold=True)
    _add_line(right, "{%p if kem_theo %}")
    _add_line(right, "({{ kem_theo }})", italic=True)
    _add_line(right, "{%p endif %}")
    _add_line(file, "", size=6)


def _add_tables(file: WordFile, document: Document) -> None:
    """One loop over the tables; a form of columns stands once in it, however many tables have it."""
    layouts = list(dict.fromkeys(section.columns for section in document.sections))
    _add_line(file, "{%p for b in bang %}")
    _add_line(file, "{%p if b.tieu_de %}")
    _add_line(file, "\n{{ b.tieu_de }}", bold=True, keep=True)
    _add_line(file, "{%p endif %}")
    _add_line(file, "{%p if b.trong %}")
    _add_line(file, "{{ b.trong }}")
    _add_line(file, "{%p endif %}")
    for number, columns in enumerate(layouts):
        rows = [row for section in document.sections if section.columns == columns for row in section.totals]
        _add_line(file, f"{{%p if b.mau == {number} and not b.trong %}}")
        _add_line(file, "", size=4, keep=True)
        _add_table(file, columns, tuple(dict.fromkeys(shape_of(row) for row in rows)))
        _add_line(file, "{%p endif %}")
    _add_line(file, "{%p endfor %}")
    _add_line(file, "", size=6)


def _add_table(file: WordFile, columns: tuple[Column, ...], shapes: tuple[str, ...]) -> None:
    table = file.add_table(rows=0, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    _set_margins(table)
    for place, column in zip(table.columns, columns, strict=True):
        place.width = Mm(column.width)
    heading = _add_row(table, columns)
    heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx knows none
    for cell, column in zip(heading.cells, columns, strict=True):
        _write(cell, column.heading, align="center", bold=True, keep=True)
    _add_command(table, columns, "{%tr for d in b.dong %}")
    _add_command(table, columns, "{%tr if d.mo_nhom %}")
    group = _add_row(table, columns)
    _write(group.cells[0].merge(group.cells[-1]), "{{ d.nhom }}", bold=True, keep=True)
    _add_command(table, columns, "{%tr endif %}")
    _add_command(table, columns, "{%tr if d.bi_huy %}")
    _add_cells(table, columns, struck=True)
    _add_command(table, columns, "{%tr else %}")
    _add_cells(table, columns, struck=False)
    _add_command(table, columns, "{%tr endif %}")
    _add_command(table, columns, "{%tr endfor %}")
    if shapes:
        _add_totals(table, columns, shapes)


def _set_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, width in CELL_MARGINS.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 -- python-docx knows none


def _add_totals(table: Table, columns: tuple[Column, ...], shapes: tuple[str, ...]) -> None:
    _add_command(table, columns, "{%tr for d in b.tong %}")
    for shape in shapes:
        _add_command(table, columns, f"{{%tr if d.hinh == '{shape}' %}}")
        row, position = _add_row(table, columns), 0
        for index, span in enumerate(map(int, shape.split("-"))):
            cell = row.cells[position].merge(row.cells[position + span - 1])
            align = columns[position].align if span == 1 else "left"
            _write(cell, f"{{{{ d.o[{index}].chu }}}}", align=align, bold=True)
            position += span
        _add_command(table, columns, "{%tr endif %}")
    _add_command(table, columns, "{%tr endfor %}")


def _add_cells(table: Table, columns: tuple[Column, ...], *, struck: bool) -> None:
    row = _add_row(table, columns)
    for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        is_last = index == len(columns) - 1  # says why it is off: stays readable
        line = _write(cell, f"{{{{ d.o[{index}].chu }}}}", align=column.align, bold=struck and is_last)
        small = line.add_run(f"{{{{ d.o[{index}].nho }}}}")
        small.font.size, small.italic = Pt(10), True
        for run in line.runs:
            run.font.strike = True if struck and not is_last else None


def _add_command(table: Table, columns: tuple[Column, ...], command: str) -> None:
    """A row that holds a command of docxtpl alone; it goes when the template is filled in."""
    _write(_add_row(table, columns).cells[0], command)


def _add_row(table: Table, columns: tuple[Column, ...]) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- python-docx knows none
    for cell, column in zip(row.cells, columns, strict=True):
        cell.width = Mm(column.width)
    return row


def _write(cell: _Cell, text: str, *, align: str = "left", bold: bool = False, keep: bool = False) -> Paragraph:
    line: Paragraph = cell.paragraphs[0]
    line.alignment = ALIGNMENTS[align]
    line.paragraph_format.keep_with_next = keep or None
    run = line.add_run(text)
    run.font.size, run.bold = Pt(11), bold or None
    return line


def _add_end(file: WordFile, signatures: int) -> None:
    """Recipients on the left, then the blocks to sign, with the blank date over the last one."""
    widths = (Mm(46), *(Mm(206 / signatures) for _ in range(signatures)))
    blocks = _blank_row(file, widths)
    _add_line(blocks[0], "{%p if noi_nhan %}")
    _add_line(blocks[0], "Nơi nhận:", size=12, bold=True, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    _add_line(blocks[0], "{%p endif %}")
    _add_repeated(
        blocks[0],
        "noi_nhan",
        "- {{ x }}{% if loop.last %}.{% else %};{% endif %}",
        align=WD_ALIGN_PARAGRAPH.LEFT,
        size=11,
    )
    for number, block in enumerate(blocks[1:]):
        _add_line(block, "{{ dia_danh_ngay }}" if number == signatures - 1 else "", italic=True)
        _add_line(block, _of_signature(number, signatures, "{{{{ chu_ky[{}].nguoi_ky }}}}"), bold=True)
        _add_line(block, _of_signature(number, signatures, "({{{{ chu_ky[{}].cach_ky }}}})"), italic=True)
        _add_line(block, "\n\n\n")
        _add_line(block, _of_signature(number, signatures, "{{{{ chu_ky[{}].ho_ten }}}}"), bold=True)


def _of_signature(block: int, blocks: int, text: str) -> str:
    """The text in one of so many blocks: who signs last stands in the last one, however many sign."""
    return "".join(
        f"{{% if chu_ky|length == {count} %}}{text.format(count - blocks + block)}{{% endif %}}"
        for count in range(blocks - block, blocks + 1)
    )


def _blank_row(file: WordFile, widths: tuple[Mm, ...]) -> tuple[_Cell, ...]:
    """A row of a table without lines, that no page break splits; its cells, empty."""
    table = file.add_table(rows=1, cols=len(widths))
    table.autofit = False
    row: _Row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- python-docx knows none
    for column, cell, width in zip(table.columns, row.cells, widths, strict=True):
        column.width = cell.width = width
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(2)  # stays when all that follows is left out
    return row.cells


def _add_repeated(
    place: WordFile | _Cell, tag: str, text: str, *, align: WD_ALIGN_PARAGRAPH = CENTER, size: float = 13
) -> None:
    _add_line(place, f"{{%p for x in {tag} %}}")
    _add_line(place, text, align=align, size=size)
    _add_line(place, "{%p endfor %}")


def _add_optional(place: WordFile | _Cell, tag: str, *, size: float, bold: bool = False) -> None:
    _add_line(place, f"{{%p if {tag} %}}")
    _add_line(place, f"{{{{ {tag} }}}}", size=size, bold=bold)
    _add_line(place, "{%p endif %}")


def _add_line(
    place: WordFile | _Cell,
    text: str,
    *,
    size: float = 13,
    align: WD_ALIGN_PARAGRAPH = CENTER,
    **looks: bool,
) -> Paragraph:
    """A paragraph; `looks` are bold, italic, and keep: stays with the next one."""
    line = place.add_paragraph()
    line.alignment = align
    line.paragraph_format.keep_with_next = looks.pop("keep", False) or None
    run = line.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = looks.get("bold") or None, looks.get("italic") or None
    return line


def _add_rule(place: _Cell, inset: Mm) -> None:
    """A short rule below the words: the border of a line of its own, `inset` from both sides of the column."""
    border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    line = _add_line(place, "", size=4)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = inset
    line.paragraph_format.line_spacing = Pt(5)
    line._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")  # noqa: SLF001 -- no borders
