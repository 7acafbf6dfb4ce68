"""The bars of STYLE.md, 3.8: a module that outgrows them is split at a seam that has a name."""

import ast
from importlib.resources import files
from pathlib import Path
from statistics import median

import pytest

from jobs.code import OURS

SOURCES = [path for name in OURS for path in sorted(Path(str(files(name))).rglob("*.py"))]
MODULE_LINES = 400
FUNCTION_LINES = 62


def lines_of(function):
    doc = ast.get_docstring(function, clean=False)
    return function.end_lineno - function.lineno + 1 - (len(doc.splitlines()) if doc else 0)


def functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_module_is_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES
    assert [f.name for f in functions(path) if lines_of(f) > FUNCTION_LINES] == []


def test_functions_are_small_as_a_rule():
    sizes = sorted(lines_of(function) for path in SOURCES for function in functions(path))
    assert median(sizes) <= 9
    assert sizes[int(0.9 * len(sizes))] <= 27


def test_modules_are_small_as_a_rule():
    assert median(len(path.read_text("utf-8").splitlines()) for path in SOURCES) <= 140
