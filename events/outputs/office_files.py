"""What the files of office programs share: text their XML can carry, and archives without a clock."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not in XML 1.0, 2.2
CORE: Final = "docProps/core.xml"
MADE: Final = b"2000-01-01T00:00:00Z"
_MOMENT: Final = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?=<)")
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP


def legal_text(text: str) -> str:
    """Return the text without the characters that XML forbids: NUL and other controls, lone surrogates."""
    return ILLEGAL.sub("", text)


def without_clock(content: bytes) -> bytes:
    """Return an .xlsx or .docx with the times of its parts and of its properties fixed: same parts, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in given.namelist():
            part = given.read(name)
            if name == CORE:
                part = _MOMENT.sub(MADE, part)
            settled.writestr(zipfile.ZipInfo(name, _FIRST_DAY), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
