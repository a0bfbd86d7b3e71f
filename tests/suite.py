"""Runs every check and every test: `python -m tests.suite`; `python -m tests.suite lint` runs the checks alone."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import psycopg

BASE_DIR: Final = Path(__file__).resolve().parent.parent
PYTEST: Final = ("-m", "pytest", "-q", "-rs", "-n", "auto", "--dist", "loadfile")
LINT: Final[dict[str, tuple[str, ...]]] = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
}
HOUSE: Final[dict[str, tuple[str, ...]]] = {"house rules": ("-m", "pytest", "-q", "-m", "house")}
ON_SQLITE: Final[dict[str, tuple[str, ...]]] = {
    "tests on SQLite": (*PYTEST, "--cov", "--cov-report=json", "--cov-report=term"),
    "coverage of the rooms that must be whole": ("-m", "tests.coverage_gate"),
}
# Tests without a database need no second one.
PURE: Final = ("tests/core", "tests/events/outputs", "tests/maps/outputs", "tests/mobile_teams/routing")
ON_POSTGRES: Final[dict[str, tuple[str, ...]]] = {
    "tests on PostgreSQL": (*PYTEST, "-m", "not browser and not house", *(f"--ignore={folder}" for folder in PURE))
}


def run_steps(steps: dict[str, tuple[str, ...]], *, database_url: str = "") -> list[str]:
    """Run each step to its end, also after a failure; return the names of those that failed."""
    failed = []
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        done = subprocess.run([sys.executable, *command], cwd=BASE_DIR, env=environment, check=False)
        print(f"-- {name}: {'ok' if not done.returncode else 'FAILED'}, {time.monotonic() - began:.0f} s", flush=True)
        failed += [name] if done.returncode else []
    return failed


def reachable_postgres() -> str:
    """Return TEST_POSTGRES_URL when a server answers there, else ""."""
    url = os.environ.get("TEST_POSTGRES_URL", "")
    if not url:
        return ""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        print(f"TEST_POSTGRES_URL does not answer: {error}")
        return ""
    return url


def run_tests() -> list[str]:
    """Run everything; say at the end which databases were tested."""
    failed = run_steps(LINT | ON_SQLITE)
    url = reachable_postgres()
    if url:
        failed += run_steps(ON_POSTGRES, database_url=url)
        print("Databases tested: SQLite, PostgreSQL")
        return failed
    print("Databases tested: SQLite. PostgreSQL was NOT tested: set TEST_POSTGRES_URL to a server that answers.")
    return [*failed, "PostgreSQL is required"] if os.environ.get("PANO_REQUIRE_POSTGRES") == "1" else failed


if __name__ == "__main__":
    failures = run_steps(LINT | HOUSE) if sys.argv[1:] == ["lint"] else run_tests()
    if failures:
        sys.exit(f"Failed: {', '.join(failures)}")
    print("All checks passed.")
