"""Which program made a paper: after an upgrade nobody is told that the one an older made is still the same."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from typing import Final

from django.conf import settings

SOURCES: Final = ("*/outputs/**/*.py", "templates/print/**/*.*", "*/static/*/print_*")
LIBRARIES: Final = ("docxtpl", "openpyxl", "python-docx", "weasyprint")


def paper_tag(*content: bytes) -> str:
    """Return the strong ETag (RFC 9110 section 8.8.3), in its quotes, of what is made of this content."""
    digest = hashlib.sha256(maker_digest())
    for each in content:
        digest.update(hashlib.sha256(each).digest())
    return f'"{digest.hexdigest()}"'


@cache
def maker_digest() -> bytes:
    """Return a hash of all that decides what a paper of the same content looks like; read once a process."""
    digest = hashlib.sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for pattern in SOURCES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.digest()
