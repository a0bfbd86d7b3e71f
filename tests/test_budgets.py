"""The budgets of size: they keep the code readable for the next person. Caps name their offenders."""

from collections.abc import Iterable
from statistics import median, quantiles

import pytest

from tests.sources import (
    ROOMS,
    Function,
    code_lines,
    complexity,
    functions,
    line_count,
    python_files,
    relative,
    templates,
)

pytestmark = pytest.mark.house

# Signatures that Django's admin and gunicorn dictate.
DICTATED = {"save_model", "save_related", "delete_model", "log_change", "atoms"}


def over(sizes: Iterable[tuple[str, int]], cap: int) -> dict[str, int]:
    return {where: size for where, size in sizes if size > cap}


def p90(sizes: list[int]) -> float:
    return quantiles(sizes, n=10, method="inclusive")[-1] if len(sizes) > 1 else 0


def product_functions() -> list[Function]:
    return list(functions(*ROOMS))


def our_tests() -> list[Function]:
    return [found for found in functions("tests") if found.node.name.startswith("test_")]


def file_sizes() -> list[tuple[str, int]]:
    return [(relative(path), line_count(path)) for path in python_files(*ROOMS)]


def template_sizes() -> list[tuple[str, int]]:
    return [(relative(path), line_count(path)) for path in templates()]


def positional(found: Function) -> int:
    names = [argument.arg for argument in (*found.node.args.posonlyargs, *found.node.args.args)]
    return len([name for name in names if name not in {"self", "cls"}])


def all_arguments(found: Function) -> int:
    return positional(found) + len(found.node.args.kwonlyargs)


def test_no_source_file_is_too_long() -> None:
    assert over(file_sizes(), 400) == {}


def test_no_test_file_is_too_long() -> None:
    assert over([(relative(path), line_count(path)) for path in python_files("tests", "bench")], 400) == {}


def test_no_function_is_too_long() -> None:
    assert over([(found.where, code_lines(found.node)) for found in product_functions()], 40) == {}


def test_no_test_is_too_long() -> None:
    assert over([(found.where, code_lines(found.node)) for found in our_tests()], 50) == {}


def test_no_function_is_too_tangled() -> None:
    assert over([(found.where, complexity(found.node)) for found in product_functions()], 10) == {}


def test_no_function_takes_too_many_arguments() -> None:
    assert over([(found.where, all_arguments(found)) for found in product_functions()], 6) == {}


def test_no_function_takes_too_many_positional_arguments() -> None:
    ours = [found for found in product_functions() if found.node.name not in DICTATED]
    assert over([(found.where, positional(found)) for found in ours], 3) == {}


def test_no_template_is_too_long() -> None:
    assert over(template_sizes(), 150) == {}


@pytest.mark.parametrize(
    ("what", "half", "most"),
    [("file", 90, 250), ("function", 7, 22), ("complexity", 3, 6), ("template", 30, 90), ("test", 10, 25)],
)
def test_typical_sizes_stay_small(what: str, half: int, most: int) -> None:
    sizes = {
        "file": [size for _, size in file_sizes()],
        "function": [code_lines(found.node) for found in product_functions()],
        "complexity": [complexity(found.node) for found in product_functions()],
        "template": [size for _, size in template_sizes()],
        "test": [code_lines(found.node) for found in our_tests()],
    }[what]
    assert (median(sizes) <= half, p90(sizes) <= most) == (True, True), f"{what}: {median(sizes)}, {p90(sizes)}"
