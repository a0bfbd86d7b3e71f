"""Compiles every translation catalogue (.po to .mo) without gettext: `python -m config.catalogs`."""

import os
from pathlib import Path
from typing import Final

import polib

BASE_DIR: Final = Path(__file__).resolve().parent.parent


def find_catalogs(root: Path) -> list[Path]:
    """Return the .po files of all rooms, sorted."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_catalogs(root: Path) -> int:
    """Write the .mo beside each .po that is newer than it; return how many were written.

    A catalogue appears whole or not at all, so that processes starting together can all call this.
    """
    written = 0
    for source in find_catalogs(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns == source.stat().st_mtime_ns:
            continue
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        stamp = source.stat().st_mtime_ns
        os.utime(draft, ns=(stamp, stamp))
        draft.replace(target)
        written += 1
    return written


if __name__ == "__main__":
    print(f"{compile_catalogs(BASE_DIR)} translation catalogues compiled")
