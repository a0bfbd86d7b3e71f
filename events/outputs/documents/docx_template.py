"""Filling in a template of the office: docxtpl on a sandbox, with every fault explained."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from events.outputs.documents.docx_faults import BadTemplateError, explain
from events.outputs.documents.docx_sandbox import LOOP, TemplateEnvironment
from events.outputs.documents.docx_tags import tags_of
from events.outputs.office_files import legal_text, without_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.documents.docx_tags import Tag
    from events.outputs.documents.model import Document

LONGEST_PROPERTY = 255  # letters, in the properties of a file


class StrictTemplate(DocxTemplate):
    """A template that says when its tags broke the order of paragraphs and tables, instead of mending it in silence."""

    def fix_tables(self, xml: str) -> Any:  # noqa: ANN401 -- an element tree
        """Return the tree of the filled-in text; BadTemplateError where tags opened and closed in different places."""
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as error:
            raise BadTemplateError(
                _(
                    "A command opens in one row or paragraph and closes in another kind of place; "
                    "write {%tr … %} in rows of their own and {%p … %} in paragraphs of their own."
                )
            ) from error
        return super().fix_tables(xml)


def fill_in(template: bytes, document: Document) -> bytes:
    """Return the template filled in with the document; equal input gives equal bytes.

    BadTemplateError with a sentence where a tag does not exist, is written wrongly or repeats without end.
    """
    tags = tags_of(document)
    environment = TemplateEnvironment()
    file = StrictTemplate(io.BytesIO(template))
    try:
        file.render(tags, jinja_env=environment, autoescape=True)
    except (TemplateError, BadTemplateError, SyntaxError, RecursionError) as error:  # the latter: nested without end
        raise explain(error, environment.source, set(_names(tags)) | LOOP) from error
    except (AttributeError, TypeError, ValueError, KeyError, etree.LxmlError) as error:
        raise BadTemplateError(
            _("The tables of the template could not be filled in; save the file again in Word and try once more.")
        ) from error
    properties = file.docx.core_properties
    properties.title = legal_text(document.title)[:LONGEST_PROPERTY]
    properties.language = document.language
    buffer = io.BytesIO()
    file.save(buffer)
    return without_clock(buffer.getvalue())


def _names(tag: Tag) -> Iterator[str]:
    """Every name that may stand in a tag."""
    if isinstance(tag, dict):
        yield from tag
    for part in tag.values() if isinstance(tag, dict) else tag if isinstance(tag, list) else ():
        yield from _names(part)
