"""Papers are made as their asker may see them, faults are told, the rest is delivered."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pdfua import Severity, validate
from pypdf import PdfReader
from pypdf.generic import Destination

from core.errors import NotAllowed
from events.batches import working
from events.batches.asking import MOST_PARTS, PartPlan, area_parts, ask_for_batch, cancel_batch, purge_batches
from events.batches.claiming import claim_part, keep_part, tell_pages
from events.batches.tasks import ask_for_work, begin_batch, make_next_part, purge_old_batches, watch_batches
from events.batches.working import make_part
from events.documents import DocumentSpec, render_document
from events.models import DocumentBatch, DocumentPart, Status
from events.outputs.documents import slices
from events.outputs.documents.model import Document
from tests.events.batches.makers import DATABASE_TASKS, make_areas, make_batch, states
from tests.events.documents.measuring import faults_of, papers_of
from tests.factories import make_activity, make_planner, make_user

pytestmark = pytest.mark.django_db
SPEC = DocumentSpec(kind="schedule", has_map=False)


@pytest.fixture(autouse=True)
def database_tasks(settings: Any) -> None:
    settings.TASKS = DATABASE_TASKS


def asked(path: str) -> int:
    return DBTaskResult.objects.filter(task_path=path, status="READY").count()


def work_off() -> list[str]:
    made = []
    while label := make_part():
        made.append(label)
    return made


def test_every_paper_is_made_once_then_all_are_bound() -> None:
    batch = make_batch(3)
    assert work_off() == ["Huyện 00", "Huyện 01", "Huyện 02", "Lịch"]
    parts = list(DocumentPart.objects.filter(batch=batch))
    assert {(part.state, part.attempts) for part in parts} == {("done", 1)}
    assert parts[3].pages == sum(part.pages for part in parts[:3])
    assert [part.file_name for part in parts] == [*(f"lich-huyen-0{number}.pdf" for number in range(3)), "tat-ca.pdf"]


def test_a_refused_paper_fails_with_its_sentence_and_the_rest_is_delivered() -> None:
    batch = make_batch(2)
    DocumentPart.objects.filter(position=1).update(query="document=schedule&area=khong-co")
    assert len(work_off()) == 3
    assert states(batch) == ["failed", "done", "done"]
    assert DocumentPart.objects.get(position=1).message.startswith("Không có")


@pytest.mark.parametrize("more", ["", "&archive=yes"])
def test_a_very_long_paper_is_drawn_in_slices_and_bound(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, more: str
) -> None:
    """It reads as the one drawn at once; PDF/A-3 with its calendar is drawn at once."""
    batch = make_batch(1)
    for number in range(22):
        make_activity(title=f"Buổi {number}")
    DocumentPart.objects.update(query=f"document=schedule&map=no{more}")
    work_off()
    at_once = DocumentPart.objects.get()
    monkeypatch.setattr(working, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(slices, "ROWS_AT_ONCE", 9)
    told: list[int] = []

    def watched(part: DocumentPart, pages: int) -> None:
        tell_pages(part, pages)
        told.append(DocumentPart.objects.get(pk=part.pk).pages)

    monkeypatch.setattr(working, "tell_pages", watched)
    DocumentPart.objects.update(state="waiting", attempts=0, content=None)
    work_off()
    bound = DocumentPart.objects.get()
    contents = [bytes(part.content or b"") for part in (at_once, bound)]
    whole, sliced = map(papers_of, contents)
    assert (sliced == whole, bound.pages, states(batch)) == (True, len(whole), ["done"])
    assert (contents[0] == contents[1]) == bool(more)
    assert (told == [], told == sorted(set(told))) == (bool(more), True)
    assert all(0 < pages < len(whole) for pages in told)
    first, second = (PdfReader(BytesIO(content)) for content in contents)
    assert titles_of(second) == titles_of(first) != []
    assert second.metadata is not None
    assert first.metadata is not None
    assert second.metadata.title == first.metadata.title
    if not more:
        (tmp_path / "long.pdf").write_bytes(contents[1])
        faults = [each for each in validate(str(tmp_path / "long.pdf")).findings if each.severity == Severity.ERROR]
        assert (faults, faults_of(contents[1])) == ([], [])


def test_a_very_long_paper_that_is_cancelled_is_left_unfinished(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = make_batch(1)
    for number in range(22):
        make_activity(title=f"Buổi {number}")
    DocumentPart.objects.update(query="document=schedule&map=no")
    monkeypatch.setattr(working, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(slices, "ROWS_AT_ONCE", 9)
    drawn: list[int] = []

    def cancelling(part: DocumentPart, pages: int) -> None:
        drawn.append(pages)
        cancel_batch(batch, now=timezone.now())
        tell_pages(part, pages)

    monkeypatch.setattr(working, "tell_pages", cancelling)
    work_off()
    assert (len(drawn), states(batch)) == (1, ["dropped"])


def titles_of(reader: PdfReader) -> list[str]:
    return [str(each.title) for each in reader.outline if isinstance(each, Destination)]


def test_what_goes_wrong_is_tried_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = make_batch(2)
    real = render_document

    def broken(document: Document) -> bytes:
        if document.file_name.endswith("00"):
            raise RuntimeError
        return real(document)

    monkeypatch.setattr(working, "render_document", broken)
    assert work_off() == ["Huyện 00"] * 3 + ["Huyện 01", "Lịch"]
    first = DocumentPart.objects.get(position=1)
    assert (states(batch), first.message[:7]) == (["failed", "done", "done"], "Ba lần ")


def test_where_nothing_could_be_made_nothing_is_bound() -> None:
    batch = make_batch(2)
    DocumentPart.objects.filter(is_bound=False).update(query="document=schedule&area=khong-co")
    work_off()
    assert states(batch) == ["failed"] * 3
    assert DocumentPart.objects.get(position=3).message == "Không tờ nào lập được nên không có gì để ghép."


def test_papers_hold_what_the_asker_may_see_when_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    make_activity(title="Bản nháp", status=Status.DRAFT)
    held: list[int] = []
    real = render_document

    def count(document: Document) -> bytes:
        held.append(len(document.rows))
        return real(document)

    monkeypatch.setattr(working, "render_document", count)
    for asker in (make_planner(), make_user("Vy")):
        make_batch(1, by=asker)
        work_off()
    assert held == [1, 0]


def test_a_closed_account_gets_nothing() -> None:
    planner = make_planner()
    batch = make_batch(1, by=planner)
    planner.is_active = False
    planner.save()
    work_off()
    assert (states(batch), DocumentPart.objects.get().message) == (["failed"], "Tài khoản yêu cầu tờ này đã bị khoá.")


def test_cancelling_leaves_out_what_is_open_and_a_paper_under_way_is_not_kept() -> None:
    batch = make_batch(3)
    make_part()
    part = claim_part(now=timezone.now())
    assert part is not None
    assert cancel_batch(batch, now=timezone.now()) is True
    assert keep_part(part, content=b"%PDF-", pages=1, file_name="a.pdf") is False
    assert (states(batch), work_off()) == (["done", "dropped", "dropped", "dropped"], [])
    assert cancel_batch(batch, now=timezone.now()) is False


def test_a_task_is_asked_for_each_paper_and_one_that_watches() -> None:
    make_batch(3)
    begin_batch()
    begin_batch()
    assert (asked(make_next_part.module_path), asked(watch_batches.module_path)) == (3, 1)
    assert asked(purge_old_batches.module_path) == 2
    assert make_next_part.func() == "Huyện 00"
    DBTaskResult.objects.all().delete()  # the worker was killed between two tasks
    assert watch_batches.func() == 2
    assert (asked(make_next_part.module_path), asked(watch_batches.module_path)) == (2, 1)


def test_when_all_has_ended_nobody_watches_any_more() -> None:
    make_batch(2)
    work_off()
    assert (watch_batches.func(), ask_for_work(), DBTaskResult.objects.count()) == (0, 0, 0)


def test_old_batches_are_thrown_away(settings: Any) -> None:
    make_batch(2)
    kept = make_batch(1, by=make_user("Bob"))
    days = timedelta(days=settings.PANO_BATCH_DAYS)
    DocumentBatch.objects.exclude(pk=kept.pk).update(asked_at=timezone.now() - days)
    assert (purge_old_batches.func(), purge_batches(now=timezone.now())) == (1, 0)
    assert DocumentPart.objects.get().batch == kept


def test_nothing_and_too_much_are_refused() -> None:
    planner, plan = make_planner(), PartPlan(label="Lịch", spec=SPEC)
    for parts, word in (((), "Chưa chọn"), ((plan,) * (MOST_PARTS + 1), "quá nhiều")):
        with pytest.raises(NotAllowed, match=word):
            ask_for_batch(title="Lịch", spec=SPEC, parts=parts, by=planner, now=timezone.now())


def test_a_person_has_three_batches_under_way_at_most() -> None:
    planner, parts = make_planner(), area_parts(SPEC, make_areas(2))
    for _number in range(3):
        ask_for_batch(title="Lịch", spec=SPEC, parts=parts, by=planner, now=timezone.now())
    with pytest.raises(NotAllowed, match="3 đợt"):
        ask_for_batch(title="Lịch", spec=SPEC, parts=parts, by=planner, now=timezone.now())
    work_off()
    ask_for_batch(title="Lịch", spec=SPEC, parts=parts, by=planner, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_the_worker_asks_for_what_a_killed_one_left_behind() -> None:
    batch = make_batch(2)
    call_command("work", batch=True, verbosity=0)
    assert states(batch) == ["done"] * 3
