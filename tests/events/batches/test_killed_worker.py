"""A worker is killed in the middle of a batch and another goes on: all papers are there, none twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from events.batches.tasks import begin_batch
from events.models import DocumentBatch, DocumentPart
from tests.events.batches.makers import DATABASE_TASKS, make_batch, states
from tests.events.batches.workers import makings, wait_for, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(180)]
ON_WRITE = {
    "sqlite": """CREATE TRIGGER written AFTER UPDATE OF content ON events_documentpart WHEN NEW.content IS NOT NULL
        BEGIN INSERT INTO writings VALUES (NEW.position); END""",
    "postgresql": """CREATE FUNCTION note_writing() RETURNS trigger AS $$
        BEGIN INSERT INTO writings VALUES (NEW.position); RETURN NULL; END $$ LANGUAGE plpgsql;
        CREATE TRIGGER written AFTER UPDATE OF content ON events_documentpart
        FOR EACH ROW WHEN (NEW.content IS NOT NULL) EXECUTE FUNCTION note_writing()""",
}
OFF = {
    "sqlite": "DROP TRIGGER written",
    "postgresql": "DROP TRIGGER written ON events_documentpart; DROP FUNCTION note_writing()",
}


@pytest.fixture(autouse=True)
def writings(settings: Any) -> Any:
    """Let the database itself note each writing of a paper, and know the slow kind of document."""
    settings.TASKS = DATABASE_TASKS
    settings.PANO_DOCUMENT_KINDS = settings.PANO_DOCUMENT_KINDS | {"slow": "tests.events.batches.slow.SLOW"}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE writings (position integer)")
        cursor.execute(ON_WRITE[connection.vendor])
    yield
    with connection.cursor() as cursor:
        cursor.execute(OFF[connection.vendor])
        cursor.execute("DROP TABLE writings")


def written() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT position FROM writings ORDER BY position")
        return [row[0] for row in cursor.fetchall()]


def begin(count: int) -> DocumentBatch:
    batch = make_batch(count, kind="slow")
    begin_batch()
    return batch


@pytest.mark.parametrize(("count", "seconds"), [(11, 0.4), (65, 0.1)])
def test_another_worker_goes_on_where_one_was_killed(tmp_path: Path, count: int, seconds: float) -> None:
    batch = begin(count)
    with worker(tmp_path, seconds=seconds) as first:
        wait_for(lambda: states(batch).count("done") >= count // 3)
        first.kill()  # SIGKILL, most likely while it makes a paper
        first.wait()
        before = makings(tmp_path)
        held = set(DocumentPart.objects.filter(state="claimed").values_list("position", flat=True))
    with worker(tmp_path, seconds=seconds):
        wait_for(lambda: states(batch) == ["done"] * (count + 1))
    again = {name for name, times in makings(tmp_path).items() if times > 1}
    assert (len(makings(tmp_path)), again <= set(before), len(again) <= len(held) <= 1) == (count, True, True)
    assert written() == list(range(1, count + 2))
    attempts = dict(DocumentPart.objects.values_list("position", "attempts"))
    assert attempts == {position: 2 if position in held else 1 for position in range(1, count + 2)}
    assert DocumentPart.objects.get(is_bound=True).pages == count


def test_two_workers_share_a_batch_and_one_killed_leaves_its_paper_to_the_other(tmp_path: Path) -> None:
    batch = begin(11)
    with worker(tmp_path, seconds=0.4) as first, worker(tmp_path, seconds=0.4):
        wait_for(lambda: states(batch).count("done") >= 3)
        first.kill()
        wait_for(lambda: states(batch) == ["done"] * 12)  # the lease ends, and the one that lives is told to look
    assert (len(makings(tmp_path)), written()) == (11, list(range(1, 13)))
    assert sum(DocumentPart.objects.values_list("attempts", flat=True)) in {12, 13}
