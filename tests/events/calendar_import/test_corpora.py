"""The calendars of the world and broken copies of them, over the pages: no fault, no wait, no half import."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from events.models import Activity, CalendarUpload, CalendarUploadState, ImportedEvent, Occurrence, PlanStep
from tests.events.calendar_import.mutants import mutant
from tests.factories import make_area, make_campaign, make_planner, make_unit
from tests.sources import BASE_DIR

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CORPORA: Final = BASE_DIR.parent / "shared" / "corpora" / "ics"
FORM: Final = "/plans/import-calendar/"
MUTANTS: Final = 200 * int(os.environ.get("PANO_EXAMPLES", "1"))
LONGEST: Final = 5.0  # seconds of work on reading one file, and on saving each 300 activities
UNEXPECTED: Final = "Có lỗi ngoài dự kiến; chưa lưu gì."


def calendars() -> list[Path]:
    if not CORPORA.is_dir():
        pytest.skip(f"no calendars to import: {CORPORA.name} is missing beside the checkout")
    return sorted(CORPORA.glob("*/*.ics"))


@pytest.fixture
def answers() -> dict[str, object]:
    area = make_area()
    unit = make_unit(areas=(area,))
    return {
        "campaign": make_campaign("nhap-lich").pk, "area": area.pk, "lead_unit": unit.pk, "kind": "exchange",
        "status": "confirmed", "is_public": "on",
    }  # fmt: skip


def fault_of(client: Client, content: bytes, answers: dict[str, object]) -> str:
    """What is wrong with importing a file; empty where every promise is kept. Nothing of it stays."""
    with transaction.atomic():
        fault = _import(client, content, answers)
        transaction.set_rollback(True)
    return fault


def _import(client: Client, content: bytes, answers: dict[str, object]) -> str:
    began = time.process_time()
    sent = client.post(FORM, {**answers, "file": SimpleUploadedFile("lich.ics", content)})
    if time.process_time() - began > LONGEST:
        return f"reading took {time.process_time() - began:.1f} s"
    if sent.status_code != 302:
        return f"upload answered {sent.status_code}"
    upload = CalendarUpload.objects.get()
    page = client.get(sent["Location"])
    if page.status_code != 200 or upload.message == UNEXPECTED:
        return f"{page.status_code} {upload.state} {upload.message}"
    if upload.state == CalendarUploadState.FAILED:
        return "" if upload.message else "failed without a sentence"
    report = upload.report or {}
    silent = [line for line in report["lines"] if line["outcome"] == "refused" and not line["refusal"].strip()]
    if silent:
        return f"refused without a sentence: {silent[0]}"
    return _save(client, sent["Location"], report)


def _save(client: Client, address: str, report: dict[str, object]) -> str:
    began = time.process_time()
    client.post(f"{address}save/")
    took, written = time.process_time() - began, Activity.objects.count()
    if took > LONGEST * (1 + written // 300):
        return f"saving {written} activities took {took:.1f} s"
    if client.get(address).status_code != 200:
        return "the page after saving"
    upload = CalendarUpload.objects.get()
    found = (written, ImportedEvent.objects.count(), min(PlanStep.objects.count(), 1))
    new = report["counts"].get("new", 0)  # type: ignore[attr-defined]
    if upload.state == CalendarUploadState.READY and report["conflicts"]:
        new = 0
    elif upload.state != CalendarUploadState.DONE:
        return f"{upload.state}: {upload.message}"
    if found != (new, new, min(new, 1)) or Occurrence.objects.filter(activity__isnull=True).exists():
        return f"half an import: {found} of {new}"
    return ""


def test_every_calendar_is_imported_or_refused_with_sentences(client: Client, answers: dict[str, object]) -> None:
    client.force_login(make_planner())
    faults = {path.name: fault_of(client, path.read_bytes(), answers) for path in calendars()}
    assert {name: fault for name, fault in faults.items() if fault} == {}


@pytest.mark.timeout(3600)
def test_broken_calendars_break_nothing(client: Client, answers: dict[str, object]) -> None:
    client.force_login(make_planner())
    paths = calendars()
    faults = {}
    for number in range(MUTANTS):
        path = paths[number % len(paths)]
        fault = fault_of(client, mutant(path.read_bytes(), number), answers)
        if fault:
            faults[f"{number} of {path.name}"] = fault
    assert faults == {}
