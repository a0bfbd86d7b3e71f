"""Where a test run keeps its database."""

import os
import tempfile
from pathlib import Path


def test_database_name(engine: str) -> str:
    """Return a database name no other run uses: a temporary file for SQLite, a name for a server."""
    unique = f"test_pano_{os.getpid()}"
    if engine.endswith("sqlite3"):
        return str(Path(tempfile.gettempdir()) / f"{unique}.sqlite3")
    return unique
