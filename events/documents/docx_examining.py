"""Whether an uploaded file may be a template at all: looked at before anything is unpacked or parsed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from lxml import etree

from events.outputs.documents.docx_faults import MOST_BYTES, BadTemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_UNPACKED: Final = 20 * 1024 * 1024
MOST_TEXT: Final = 3 * 1024 * 1024  # of one part of XML that is filled in
MOST_PARTS: Final = 300
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
TYPES, BODY = "[Content_Types].xml", "word/document.xml"
MAIN_TYPE: Final = b"wordprocessingml.document.main+xml"
DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
EMBEDDED: Final = ("word/embeddings/", "word/activex/", "word/afchunk", "customui/")
FIELDS: Final = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON|IMPORT)\b")
XML: Final = (".xml", ".rels")
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WEB: Final = ("http://", "https://", "mailto:")


def examine_template(content: bytes) -> None:
    """BadTemplateError with a sentence for what is no .docx, is locked, runs something, or reaches outside itself."""
    if len(content) > MOST_BYTES:
        raise BadTemplateError(_("The file is larger than 2 MB; remove pictures from the template."))
    if content.startswith(OLE):
        raise BadTemplateError(_locked() if ENCRYPTED in content else _old())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _examine_archive(archive)
            for name, part in _texts(archive):
                _examine_part(name, part)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, etree.LxmlError) as error:
        raise BadTemplateError(_no_word()) from error


def _examine_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise BadTemplateError(_locked())
    if _is_bomb(parts):
        raise BadTemplateError(_("The file unpacks to far more than a template needs; it is not read."))
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names) or not {TYPES.lower(), BODY} <= set(names):
        raise BadTemplateError(_no_word())
    _examine_kind(archive.read(TYPES), names)


def _examine_kind(types: bytes, names: list[str]) -> None:
    if b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names):
        raise BadTemplateError(_("The file holds macros; save it as “Word document (.docx)” without macros."))
    if MAIN_TYPE not in types:
        raise BadTemplateError(_("The file is a Word template (.dotx) or something else; save it as .docx."))
    if any(name.startswith(EMBEDDED) for name in names):
        raise BadTemplateError(_("The file holds embedded objects or controls; remove them and save it again."))


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    texts = [part.file_size for part in parts if part.filename.endswith(XML)]
    whole = sum(part.file_size for part in parts)
    return len(parts) > MOST_PARTS or whole > MOST_UNPACKED or max(texts, default=0) > MOST_TEXT


def _texts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        if name.endswith(XML):
            yield name, archive.read(name)


def _examine_part(name: str, part: bytes) -> None:
    if any(mark in part for mark in DOCTYPES):
        raise BadTemplateError(_no_word())
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    if name.endswith(".rels"):
        for relation in root:
            _examine_relation(relation)
    fields = "".join(text for each in root.iter(f"{WORD}instrText", f"{WORD}fldSimple") for text in _instructions(each))
    found = FIELDS.search(fields.upper())
    if found:
        raise BadTemplateError(
            _("The file holds a field “%(field)s” that reads other files; remove it and save the file again.")
            % {"field": found[1]}
        )


def _instructions(element: etree._Element) -> tuple[str, str]:
    return element.text or "", element.get(f"{WORD}instr") or ""


def _examine_relation(relation: etree._Element) -> None:
    target, kind = relation.get("Target") or "", (relation.get("Type") or "").rpartition("/")[2]
    if kind == "aFChunk":
        raise BadTemplateError(_("The file holds embedded objects or controls; remove them and save it again."))
    if relation.get("TargetMode") != "External":
        return
    if kind == "hyperlink" and target.lower().startswith(WEB):
        return
    if kind == "attachedTemplate":
        raise BadTemplateError(
            _(
                "The file is tied to another template at “%(target)s”; in Word choose Developer, Document Template, "
                "attach “Normal”, and save it again."
            )
            % {"target": target[:120]}
        )
    raise BadTemplateError(
        _("The file refers to something outside itself: “%(target)s”; put it into the file or remove it.")
        % {"target": target[:120]}
    )


def _locked() -> str:
    return _("The file is protected by a password; remove the password and save it again.")


def _old() -> str:
    return _("The file is an old .doc document; save it as .docx and try again.")


def _no_word() -> str:
    return _("The file is not a Word document (.docx), or it is damaged; open it in Word, save it as .docx and retry.")
