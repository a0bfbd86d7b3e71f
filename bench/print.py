"""Papers against plain WeasyPrint: CPU a page, a batch on two processes, memory of a long table.

`.venv/bin/python bench/print.py [districts]`: reads the real plan into a database of its own under var/ (a second run
finds it), warms up, then prints one table. Plain WeasyPrint gets the same page, columns and text, but its own style
sheet, its own way of setting cells, and automatic table layout: with and without `overflow-wrap: anywhere` (which our
papers have), with and without the widths of our columns.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["PANO_ENV"] = "test"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path('var/bench_print.sqlite3').resolve()}")

from pypdf import PdfReader
from weasyprint import CSS, HTML

from events.outputs.documents.facts import DocumentFacts
from events.outputs.documents.model import Document, DocumentFrame
from events.outputs.documents.pdf import STYLE_SHEET, document_html, write_document_pdf
from events.outputs.documents.schedule import build_schedule
from events.outputs.documents.table_html import column_css

if TYPE_CHECKING:
    from collections.abc import Callable

    from events.programme.entries import Programme

DISTRICTS = 11
ROWS = 200
MANY_ROWS = 1000
MIB = 1 << 20


def make_plan() -> None:
    """Read the real plan into the database, unless it is there; in a process of its own: that takes memory."""
    child = os.fork()
    if child == 0:
        from django.core.management import call_command

        from events.models import Activity

        call_command("migrate", verbosity=0)
        if not Activity.objects.exists():
            call_command("load_reference", verbosity=0)
            call_command("import_plan", "plans/asean-2023.xlsx", verbosity=0)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("The plan could not be read.")


def load() -> Programme:
    """The Programme of the real plan."""
    from events.programme import Scope, load_programme
    from units.permissions import viewer_of

    make_plan()
    return load_programme(window=None, scope=Scope(), viewer=viewer_of(None))


def schedule_of(programme: Programme, rows: int, *, skip: int = 0) -> Document:
    """A schedule of so many entries, again from the first where the plan has fewer; others for every `skip`."""
    entries = (programme.entries * (2 + (rows + skip) // len(programme.entries)))[skip : skip + rows]
    facts = DocumentFacts(
        kind="schedule",
        subjects=("Địa bàn: Huyện Cao Lộc",),
        where="trên địa bàn Huyện Cao Lộc",
        period=None,
        today=entries[0].interval.start.date(),
        frame=DocumentFrame(authority=("UBND Huyện Cao Lộc", "Trung tâm Văn hóa")),
        link="https://lich.example.vn/calendar/?area=huyen-cao-loc",
        file_name="lich",
    )
    return build_schedule(replace(programme, entries=entries), facts)


def write_plain(document: Document, *, wraps: bool = False, has_widths: bool = False) -> bytes:
    """The same page by WeasyPrint as it comes, with automatic table layout."""
    css = STYLE_SHEET.read_text(encoding="utf-8").replace("table-layout: fixed;", "")
    if not wraps:
        css = css.replace("overflow-wrap: anywhere;", "")
    widths = column_css(document) if has_widths else ""
    content: bytes = HTML(string=document_html(document)).write_pdf(stylesheets=[CSS(string=css + widths)])
    return content


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(content)).pages)


def measure(name: str, write: Callable[[], bytes], ours: tuple[float, float] | None = None) -> tuple[float, float]:
    """Print CPU of the document and of a page, and their ratio to ours; return both, in milliseconds."""
    started = time.process_time()
    content = write()
    cpu = (time.process_time() - started) * 1000
    page = cpu / pages_of(content)
    ratio = "" if ours is None else f"  {cpu / ours[0]:5.2f} x a document, {page / ours[1]:5.2f} x a page"
    print(f"  {name:<44} {cpu:8.0f} ms {pages_of(content):4} pages {page:6.0f} ms a page{ratio}", flush=True)
    return cpu, page


def one_district(programme: Programme) -> None:
    """CPU of one schedule, ours and plain."""
    document = schedule_of(programme, ROWS)
    ours = measure("ours", lambda: write_document_pdf(document))
    for widths in (True, False):
        for wraps in (True, False):
            name = f"plain, {'our' if widths else 'no'} widths, {'words may break' if wraps else 'words stay whole'}"
            measure(name, lambda w=wraps, h=widths: write_plain(document, wraps=w, has_widths=h), ours)  # type: ignore[misc]


def batch(programme: Programme, districts: int) -> None:
    """Wall time of many schedules on two processes against plain WeasyPrint one after the other."""
    documents = [schedule_of(programme, ROWS, skip=37 * number) for number in range(districts)]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        list(pool.map(write_document_pdf, [schedule_of(programme, 3)] * 2))
        started = time.perf_counter()
        list(pool.map(write_document_pdf, documents))
        ours = time.perf_counter() - started
    started = time.perf_counter()
    for document in documents:
        write_plain(document, has_widths=True)
    plain = time.perf_counter() - started
    print(f"  {districts} x {ROWS} rows: ours on two processes {ours:.1f} s, plain one by one {plain:.1f} s", end="")
    print(f"  {plain / ours:5.2f} x", flush=True)


def memory(programme: Programme) -> None:
    """Peak memory of a process of its own that writes a long schedule."""
    child = os.fork()
    if child == 0:
        content = write_document_pdf(schedule_of(programme, MANY_ROWS))
        print(f"  {MANY_ROWS} rows on {pages_of(content)} pages", end="", flush=True)
        os._exit(0)
    _pid, _status, usage = os.wait4(child, 0)
    print(f": at most {usage.ru_maxrss * 1024 / MIB:.0f} MiB resident", flush=True)


def main() -> None:
    """Print the table."""
    import django

    django.setup()
    programme = load()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB
    print(f"{len(programme.entries)} entries of the real plan; {own:.0f} MiB before the first paper")
    memory(programme)
    write_document_pdf(schedule_of(programme, 5))
    write_plain(schedule_of(programme, 5))
    print(f"One schedule of {ROWS} rows, CPU:")
    one_district(programme)
    print("Batch, wall time:")
    batch(programme, int(sys.argv[1]) if len(sys.argv) > 1 else DISTRICTS)


if __name__ == "__main__":
    main()
