"""The list of tags in docs/mau-van-ban.md is the one that counts."""

from __future__ import annotations

import re
from pathlib import Path

from events.documents.registry import document_kinds
from events.outputs.documents.docx_tags import ROW_TAGS, SIGNATURE_TAGS, TABLE_TAGS, TAGS, column_tag, tags_of
from tests.events.documents.document_makers import make_document, make_row

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "mau-van-ban.md").read_text(encoding="utf-8")


def test_every_tag_stands_in_the_list_with_its_meaning() -> None:
    told = [
        f"| `{name}` | {meaning} |"
        for tags in (TAGS, TABLE_TAGS, ROW_TAGS, SIGNATURE_TAGS)
        for name, meaning in tags.items()
    ]
    assert [line for line in told if line not in PAGE] == []


def test_every_column_of_every_kind_stands_there() -> None:
    listed = re.findall(r"\| (?:`[a-z_]+`(?:, )?){2,} \|", PAGE)
    tags = [
        "| " + ", ".join(f"`{column_tag(each.heading)}`" for each in kind.columns) + " |"
        for kind in document_kinds().values()
    ]
    assert listed == tags


def test_the_list_names_exactly_what_a_template_gets() -> None:
    tags = tags_of(make_document(make_row(1, "Một")))
    table, row, signature = (tags["bang"][0], tags["dong"][0], tags["chu_ky"][0])  # type: ignore[index]
    assert set(tags) == set(TAGS)
    assert (set(table), set(signature)) == (set(TABLE_TAGS), set(SIGNATURE_TAGS))  # type: ignore[arg-type]
    assert set(ROW_TAGS) <= set(row)  # type: ignore[arg-type]
