"""Every string for people has a Vietnamese translation, complete and not fuzzy."""

import os
import subprocess
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from config.catalogs import find_catalogs
from tests.sources import BASE_DIR, ROOMS, python_files, relative, templates

pytestmark = pytest.mark.house

KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext:1,2",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "pgettext_lazy:1c,2",
    "npgettext:1c,2,3",
    "npgettext_lazy:1c,2,3",
)
Message = tuple[str | None, str]


def catalogs() -> list[polib.POFile]:
    return [polib.pofile(str(path)) for path in find_catalogs(BASE_DIR) if path.parts[-3] == "vi"]


@pytest.fixture(scope="module")
def used_messages(tmp_path_factory: pytest.TempPathFactory) -> dict[Message, str]:
    """Every message of the sources with the place that uses it, as xgettext sees them."""
    folder = tmp_path_factory.mktemp("sources")
    names = [_copy_source(path, folder) for path in (*python_files(*ROOMS), *templates())]
    pot = folder / "all.pot"
    subprocess.run(
        [
            "xgettext",
            "-L",
            "Python",
            "--from-code=UTF-8",
            "-o",
            pot,
            *(f"--keyword={word}" for word in KEYWORDS),
            *names,
        ],
        cwd=folder,
        check=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
    )
    return {(entry.msgctxt, entry.msgid): str(entry.occurrences[0]) for entry in polib.pofile(str(pot))}


def _copy_source(path: Path, folder: Path) -> str:
    """Write the source where xgettext reads it: a template as the Python that Django makes of it."""
    text = path.read_text(encoding="utf-8")
    name = relative(path).replace("/", "__")
    (folder / name).write_text(templatize(text, origin=name) if path.suffix == ".html" else text, encoding="utf-8")
    return name


def test_every_message_is_translated(used_messages: dict[Message, str]) -> None:
    ready = {(entry.msgctxt, entry.msgid) for catalog in catalogs() for entry in catalog.translated_entries()}
    assert {message: place for message, place in used_messages.items() if message not in ready} == {}


def test_no_translation_is_fuzzy_or_empty() -> None:
    doubtful = [
        entry.msgid for catalog in catalogs() for entry in (*catalog.fuzzy_entries(), *catalog.untranslated_entries())
    ]
    assert doubtful == []


def test_placeholders_survive_translation() -> None:
    done = [
        (
            path,
            subprocess.run(
                ["msgfmt", "--check-format", "-o", os.devnull, path], capture_output=True, text=True, check=False
            ),
        )
        for path in find_catalogs(BASE_DIR)
    ]
    assert {relative(path): result.stderr for path, result in done if result.returncode} == {}
