"""Collects the allow-listed files of the npm packages into var/assets (`python -m config.assets`)."""

import re
import shutil
from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parent.parent
VENDOR_DIR: Final = BASE_DIR / "var" / "assets" / "vendor"

LEAFLET: Final = "leaflet/dist"
CLUSTER: Final = "leaflet.markercluster/dist"
FONT: Final = "@fontsource/be-vietnam-pro"
FONT_SUBSETS: Final = ("latin", "latin-ext", "vietnamese")
FONT_WEIGHTS: Final = (400, 600, 700)

# Only these files are served, under /static/vendor/: folder there -> files in node_modules.
ALLOWED_FILES: Final[dict[str, tuple[str, ...]]] = {
    "leaflet": (f"{LEAFLET}/leaflet.js", f"{LEAFLET}/leaflet.css", "leaflet/LICENSE"),
    "leaflet/images": tuple(
        f"{LEAFLET}/images/{name}.png"
        for name in ("layers", "layers-2x", "marker-icon", "marker-icon-2x", "marker-shadow")
    ),
    "markercluster": (
        f"{CLUSTER}/leaflet.markercluster.js",
        f"{CLUSTER}/MarkerCluster.css",
        f"{CLUSTER}/MarkerCluster.Default.css",
        "leaflet.markercluster/MIT-LICENCE.txt",
    ),
    "fonts": (
        f"{FONT}/LICENSE",
        *(
            f"{FONT}/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
            for subset in FONT_SUBSETS
            for weight in FONT_WEIGHTS
        ),
    ),
}
SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def copy_asset(source: Path, target: Path) -> None:
    """Copy one file; JavaScript loses its source map comment, since the map itself is not served."""
    if source.suffix == ".js":
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def collect_assets(packages: Path, vendor: Path) -> int:
    """Copy every allowed file from `packages` (node_modules) to `vendor`, and return how many there are."""
    for folder, names in ALLOWED_FILES.items():
        (vendor / folder).mkdir(parents=True, exist_ok=True)
        for name in names:
            copy_asset(packages / name, vendor / folder / Path(name).name)
    return sum(map(len, ALLOWED_FILES.values()))


if __name__ == "__main__":
    print(f"{collect_assets(BASE_DIR / 'node_modules', VENDOR_DIR)} front-end files in var/assets/vendor")
