"""The product's own source files, for tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

BASE_DIR: Final = Path(__file__).resolve().parent.parent
ROOMS: Final = ("config", "maps", "mobile_teams", "visuals", "events", "units", "venues", "core")
Definition = ast.FunctionDef | ast.AsyncFunctionDef


class Function(NamedTuple):
    """A function as found in a file."""

    where: str
    node: Definition


@cache
def owned_files() -> tuple[Path, ...]:
    """Return all files that belong to the repository: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for path in map(BASE_DIR.joinpath, sorted(set(listed.stdout.splitlines()))) if path.is_file())


def relative(path: Path) -> str:
    """Return the path as a reader of a failure message wants it."""
    return path.relative_to(BASE_DIR).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of the given top-level folders, without generated migrations and empty files."""
    return [
        path
        for path in owned_files()
        if path.suffix == ".py"
        and path.relative_to(BASE_DIR).parts[0] in folders
        and "migrations" not in path.parts
        and path.stat().st_size
    ]


def templates() -> list[Path]:
    """Return every HTML template."""
    return [path for path in owned_files() if path.suffix == ".html"]


def line_count(path: Path) -> int:
    """Return the number of lines of a text file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(*folders: str) -> Iterator[Function]:
    """Yield every function and method of the given top-level folders."""
    for path in python_files(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Definition):
                yield Function(f"{relative(path)}:{node.lineno} {node.name}", node)


def code_lines(node: Definition) -> int:
    """Return the lines of a function without its docstring and decorators."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def complexity(node: Definition) -> int:
    """Return McCabe's number: one, and one for each place where the path forks."""
    forks = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case)
    return 1 + sum(isinstance(part, forks) for part in ast.walk(node))
