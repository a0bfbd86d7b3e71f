"""Papers in one ZIP, written while it is sent: no more than one paper is held in memory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from events.models import DocumentPart, PartState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from events.models import DocumentBatch

FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP knows: equal papers make equal files
READABLE: Final = 0o644 << 16


class _Outlet(io.RawIOBase):
    """Keeps what the ZIP writes until it is sent; it cannot go back, so sizes follow each file."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        content = memoryview(piece)  # type: ignore[arg-type]
        self.written += content
        return content.nbytes

    def take(self) -> bytes:
        taken = bytes(self.written)
        self.written.clear()
        return taken


def finished_papers(batch: DocumentBatch) -> Iterator[DocumentPart]:
    """Return the batch's papers that are ready, with their content, one read at a time."""
    rows = DocumentPart.objects.filter(batch=batch, is_bound=False, state=PartState.DONE)
    for key in list(rows.values_list("pk", flat=True)):
        yield DocumentPart.objects.get(pk=key)


def zip_pieces(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a ZIP of the files piece by piece; PDFs are compressed already, so all are stored as they are."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_STORED) as archive:
        for name, content in files:
            about = ZipInfo(name, FIRST_DAY)
            about.external_attr = READABLE
            archive.writestr(about, content)
            yield outlet.take()
    yield outlet.take()


def fault_list(faults: Iterable[tuple[str, str]]) -> bytes:
    """Return the text file that names what could not be made, with each reason; as Notepad reads it."""
    lines = ["Những tờ không lập được:", "", *(f"- {label}: {reason}" for label, reason in faults), ""]
    return "\r\n".join(lines).encode("utf-8-sig")
