"""Cells set at once look as WeasyPrint sets them line by line; what is no plain text stays with WeasyPrint."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.document import DEFAULT_OPTIONS, Document
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.text.fonts import FontConfiguration

from events.outputs.pdf import render_pdf
from events.outputs.text_blocks import LONGEST, TextBlock, set_cells
from tests.events.documents.measuring import papers_of, printed_text_of

PAGE = (
    '<html lang="vi"><head><title>Thử</title><style>@page {{ size: 80mm 60mm; margin: 5mm }} '
    "table {{ table-layout: {layout}; width: 40mm }} td {{ width: 40mm; padding: 0; vertical-align: top; "
    "overflow-wrap: anywhere }}</style></head><body><table>{rows}</table></body></html>"
)
TEXT = "Phòng Văn hóa và Thông tin huyện Tràng Định, AVAVA; Đội số 1 \u2013 Ữ ẵằ"


def blocks_of(cell: str, style: str = "table-layout: fixed; width: 40mm") -> list[Any]:
    """Return what stands in the cell after `set_cells`."""
    page = HTML(string=f'<table style="{style}"><tr>{cell}</tr></table>')
    fonts, styles = FontConfiguration(), CounterStyle()
    context = Document._build_layout_context(page, fonts, styles, {}, dict(DEFAULT_OPTIONS))
    root = build_formatting_structure(
        page.etree_element,
        context.style_for,
        context.get_image_from_uri,
        page.base_url,
        context.target_collector,
        styles,
        context.footnotes,
    )
    set_cells(root)
    return [child for box in root.descendants() if isinstance(box, boxes.TableCellBox) for child in box.children]


@pytest.mark.parametrize("text", [TEXT, "x" * 90, "Một<br><br>Hai<br><i>(22/6 ÂL)</i>"])
@pytest.mark.parametrize("look", ["", "text-align: right", "text-align: center; text-decoration: line-through"])
def test_words_stand_where_weasyprint_puts_them(text: str, look: str) -> None:
    rows = f'<tr><td style="{look}">{text}</td></tr>'
    at_once, line_by_line = (
        papers_of(render_pdf(PAGE.format(layout=layout, rows=rows)))[0].words for layout in ("fixed", "auto")
    )
    assert [word.text for word in at_once] == [word.text for word in line_by_line]
    for mine, theirs in zip(at_once, line_by_line, strict=True):
        assert abs(mine.left - theirs.left) < 0.05
        assert abs(mine.top - theirs.top) < 0.05


def test_equal_cells_are_set_once_and_drawn_each() -> None:
    content = render_pdf(PAGE.format(layout="fixed", rows=f"<tr><td>{TEXT}</td></tr>" * 3))
    assert printed_text_of(content).count("huyện Tràng\nĐịnh") == 3


def test_plain_text_becomes_one_block_of_pieces_by_look() -> None:
    (block,) = blocks_of('<td style="vertical-align: top">Một<br>Hai<br><i>Ba</i></td>')
    assert isinstance(block, TextBlock)
    assert [piece.text for piece in block.pieces] == ["Một\nHai", "Ba"]


@pytest.mark.parametrize(
    "cell",
    [
        '<td style="vertical-align: top">Lễ hội 🎉</td>',
        '<td style="vertical-align: top">\u0645\u0631\u062d\u0628\u0627</td>',
        f'<td style="vertical-align: top">{"dài " * LONGEST}</td>',
        '<td style="vertical-align: top">Một <i>hai</i></td>',
        '<td style="vertical-align: top">Một <b>hai</b></td>',
        '<td style="vertical-align: top"><p>Một</p></td>',
        '<td style="vertical-align: top">a<span style="display: inline-block">b</span></td>',
        '<td style="vertical-align: baseline">Một</td>',
    ],
)
def test_anything_else_stays_as_it_is(cell: str) -> None:
    found = blocks_of(cell)
    assert found
    assert not any(isinstance(block, TextBlock) for block in found)


def test_empty_cells_and_tables_of_automatic_layout_stay_as_they_are() -> None:
    assert blocks_of('<td style="vertical-align: top"></td>') == []
    (line,) = blocks_of('<td style="vertical-align: top">Một</td>', style="")
    assert not isinstance(line, TextBlock)
