"""What set-up makes: the secret key, the served files, the compiled translations."""

import gettext
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from config.assets import ALLOWED_FILES, BASE_DIR, collect_assets
from config.catalogs import compile_catalogs
from config.scratch import test_database_name as database_name
from config.secret import read_secret_key
from config.storage import HashedStaticStorage

CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Activity"\nmsgstr "Hoạt động"\n'


def test_a_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    first = read_secret_key(path)
    assert (read_secret_key(path), path.stat().st_mode & 0o777, [path]) == (first, 0o600, list(tmp_path.iterdir()))


def test_only_allowed_files_are_collected(tmp_path: Path) -> None:
    count = collect_assets(BASE_DIR / "node_modules", tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    wanted = {f"{folder}/{Path(name).name}" for folder, names in ALLOWED_FILES.items() for name in names}
    assert (count, found) == (len(wanted), wanted)


def test_scripts_name_no_source_map(tmp_path: Path) -> None:
    collect_assets(BASE_DIR / "node_modules", tmp_path)
    assert [path for path in tmp_path.rglob("*.js") if "sourceMappingURL" in path.read_text("utf-8")] == []


def test_translations_are_compiled_when_they_changed(tmp_path: Path) -> None:
    source = tmp_path / "events" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOG, encoding="utf-8")
    assert [compile_catalogs(tmp_path), compile_catalogs(tmp_path)] == [1, 0]
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Activity") == "Hoạt động"


@pytest.mark.parametrize(("engine", "ending"), [("django.db.backends.sqlite3", ".sqlite3"), ("postgresql", "")])
def test_every_run_has_a_database_of_its_own(engine: str, ending: str) -> None:
    assert Path(database_name(engine)).suffix == ending


def test_modules_import_each_other_by_their_hashed_names(tmp_path: Path) -> None:
    (tmp_path / "page.js").write_text('import { draw } from "./map.js";\ndraw();\n', encoding="utf-8")
    (tmp_path / "map.js").write_text("export function draw() {}\n", encoding="utf-8")
    storage = HashedStaticStorage(location=str(tmp_path), base_url="/static/")
    collected = {name: (FileSystemStorage(tmp_path), name) for name in ("page.js", "map.js")}
    hashed = {name: new for name, new, _ in storage.post_process(collected) if new}
    assert (tmp_path / hashed["page.js"]).read_text("utf-8").splitlines()[0] == (
        f'import {{ draw }} from "./{hashed["map.js"]}";'
    )
