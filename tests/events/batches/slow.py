"""A kind of document that is slow to make and writes down each making: for workers that are killed in the middle."""

from __future__ import annotations

import io
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pikepdf

from events.documents.kinds import SCHEDULE

if TYPE_CHECKING:
    from events.outputs.documents.model import Document

LOG: Final = "PANO_TEST_MAKINGS"
SECONDS: Final = "PANO_TEST_SECONDS"


def _write_slowly(document: Document) -> bytes:
    with Path(os.environ[LOG]).open("a", encoding="ascii") as log:
        log.write(f"{os.getpid()} {document.file_name}\n")
    time.sleep(float(os.environ[SECONDS]))
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


SLOW: Final = replace(SCHEDULE, label="Chậm", write_pdf=_write_slowly)
