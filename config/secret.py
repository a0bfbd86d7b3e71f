"""The secret key of a demo installation: made once, kept beside its database."""

import contextlib
import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_secret_key(path: Path) -> str:
    """Return the key kept in `path`; the first caller makes it, readable by the owner alone.

    The key is written to a file of the caller's own and linked into place, so that processes starting together agree.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key(), encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()
