"""A refused request is logged by its sentence, a fault of ours with its trace."""

from __future__ import annotations

import logging

import pytest

from config.logs import keep_faults_only


@pytest.mark.parametrize(("status", "is_kept"), [(400, False), (404, False), (500, True), (None, True)])
def test_only_faults_keep_their_trace(status: int | None, *, is_kept: bool) -> None:
    fault = ValueError("x")
    trace = (ValueError, fault, None)
    record = logging.LogRecord("django.request", logging.ERROR, "here", 1, "câu", None, trace)
    if status is not None:
        record.status_code = status
    assert keep_faults_only(record) is True
    assert (record.exc_info == trace) is is_kept
