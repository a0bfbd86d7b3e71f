"""A judge outside of our Python: one long-lived process, one JSON object a line in, one a line out."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class LineJudge:
    """Asks a judge; to be used in a `with` block."""

    def __init__(self, *command: str | Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one question."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def require_judge(command: Sequence[str | Path], *, setting: str, missing: str) -> None:
    """Skip with the loud reason `missing` where the command does not run; fail where the setting is 1."""
    try:
        tried = subprocess.run(command, input=b"", capture_output=True, check=False).returncode
    except FileNotFoundError:
        tried = 1
    if tried and os.environ.get(setting) == "1":
        pytest.fail(missing)
    if tried:
        pytest.skip(missing)
