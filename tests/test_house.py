"""The house rules that no linter knows: imports, migrations, renderers, locks, templates."""

import ast
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.sources import BASE_DIR, ROOMS, owned_files, python_files, relative, templates

pytestmark = pytest.mark.house

FORBIDDEN_IN_OUTPUTS = (
    "django.db",
    "django.http",
    "django.conf",
    "django.utils.timezone",
    "django.contrib",
    "schedule",
)
VAGUE_NAMES = {"utils", "helpers", "misc", "manager", "managers", "data", "common"}
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|nonce|type=\"application/json\"))|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE
)


def imported_names(source: str) -> set[str]:
    tree = ast.parse(source)
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return plain | {f"{node.module}.{alias.name}" for node in froms for alias in node.names}


def test_imports_go_downwards() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run([*command, "--no-cache"], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_models_and_migrations_agree() -> None:
    with translation.override(None):  # as makemigrations does: labels are compared in English
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    assert {label: [str(step) for step in steps] for label, steps in changes.items()} == {}


def test_renderers_know_no_database_request_or_clock() -> None:
    renderers = [path for path in python_files(*ROOMS) if "outputs" in path.parts]
    guilty = {
        relative(path): name
        for path in renderers
        for name in imported_names(path.read_text(encoding="utf-8"))
        if name.startswith(FORBIDDEN_IN_OUTPUTS)
    }
    assert guilty == {}


def test_renderers_ask_no_clock() -> None:
    clocks = re.compile(r"\b(?:datetime\.now|date\.today|timezone\.now|time\.time)\(")
    renderers = [path for path in python_files(*ROOMS) if "outputs" in path.parts]
    assert [relative(path) for path in renderers if clocks.search(path.read_text(encoding="utf-8"))] == []


def test_modules_have_telling_names() -> None:
    assert [relative(path) for path in python_files(*ROOMS) if path.stem in VAGUE_NAMES] == []


def test_templates_hold_no_inline_script_or_style() -> None:
    assert {relative(path): found for path in templates() if (found := INLINE.findall(path.read_text("utf-8")))} == {}


def test_locks_carry_hashes_and_no_addresses() -> None:
    locks = [path for path in owned_files() if path.name.endswith((".lock", "package-lock.json"))]
    assert {relative(path) for path in locks} == {
        "package-lock.json",
        "requirements-bootstrap.lock",
        "requirements-dev.lock",
        "requirements-node.lock",
        "requirements.lock",
    }
    assert [
        relative(path) for path in locks if re.search(r"\"resolved\"|--index-url|@ http", path.read_text("utf-8"))
    ] == []


def test_nothing_third_party_is_committed() -> None:
    vendored = ("leaflet.js", "leaflet.css", ".woff2", ".ttf", ".min.js", ".min.css")
    assert [relative(path) for path in owned_files() if path.name.endswith(vendored)] == []
