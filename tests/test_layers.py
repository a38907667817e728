"""Who may import whom. Every Python file of the product is walked, so files that come later are held too."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("pages", "ui", "server", "cchc_core")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
STANDARD = sys.stdlib_module_names
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+INTO|UPDATE\b.+\bSET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+TABLE)\b", re.S
)

OURS = {"app", "pages", "ui", "server", "cchc_core", "manage", "tests", "benchmarks"}
ALLOWED = {"app": {"server", "ui"}, "pages": {"ui"}, "ui": {"ui", "cchc_core"}, "server": {"server", "cchc_core"}}
ALLOWED["cchc_core"] = {"cchc_core"}
PURE = {
    "cchc_core.rules": ("cchc_core.rules",),
    "cchc_core.rubric": ("cchc_core.rules", "cchc_core.rubric"),
    "cchc_core.totals": ("cchc_core.rules", "cchc_core.rubric"),
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Give every module a file imports, anywhere in it; of ``from a import b`` both ``a`` and ``a.b``."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


MODULES = frozenset(map(name_of, FILES))


def top(module: str) -> str:
    return module.partition(".")[0]


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def neighbours(path: Path) -> set[str]:
    """Give the modules a file needs; ``from a import b`` needs ``a`` itself only where ``b`` is no module."""
    imported = imports_of(path)
    return {module for module in imported if not any(other.startswith(f"{module}.") for other in imported & MODULES)}


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_layer_imports_only_the_layers_below_it(layer: str) -> None:
    files = [ROOT / "app.py"] if layer == "app" else [path for path in FILES if top(name_of(path)) == layer]
    assert files
    for path in files:
        ours = {top(module) for module in imports_of(path)} & OURS
        assert ours <= ALLOWED[layer], f"{name_of(path)} imports {ours - ALLOWED[layer]}"


def test_the_core_knows_no_screen() -> None:
    for path in FILES:
        if top(name_of(path)) == "cchc_core":
            assert not {top(module) for module in imports_of(path)} & {"streamlit", "starlette"}, name_of(path)


@pytest.mark.parametrize("package", PURE)
def test_rules_rubric_and_totals_import_only_the_standard_library_and_each_other(package: str) -> None:
    files = [path for path in FILES if is_within(name_of(path), package)]
    assert files
    for path in files:
        for module in imports_of(path):
            allowed = top(module) in STANDARD or any(is_within(module, below) for below in PURE[package])
            assert allowed or module == "cchc_core", f"{name_of(path)} imports {module}"


def test_a_page_imports_only_ui_and_streamlit() -> None:
    pages = [path for path in FILES if top(name_of(path)) == "pages"]
    assert pages
    for path in pages:
        others = {top(module) for module in imports_of(path)} - {"ui", "streamlit"}
        assert others <= STANDARD, f"{name_of(path)} imports {others}"


@pytest.mark.parametrize("layer", ["pages", "ui", "server"])
def test_no_sql_stands_outside_the_core(layer: str) -> None:
    for path in (path for path in FILES if top(name_of(path)) == layer):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SQL.search(node.value), f"{name_of(path)}, line {node.lineno}"


def test_the_sql_of_the_store_would_be_found_elsewhere() -> None:
    store = "\n".join(path.read_text(encoding="utf-8") for path in FILES if "store" in path.parts)
    assert SQL.search(store)


def test_html_of_ones_own_is_put_on_no_page() -> None:
    for path in FILES:
        keywords = {node.arg for node in ast.walk(tree_of(path)) if isinstance(node, ast.keyword)}
        assert "unsafe_allow_html" not in keywords, name_of(path)


def test_use_cases_call_the_store_and_nothing_calls_back() -> None:
    paths = {name_of(path): path for path in FILES if top(name_of(path)) == "cchc_core"}
    stores = {name for name in paths if is_within(name, "cchc_core.store")}
    assert stores
    below = {module for name in stores for module in neighbours(paths[name]) & set(paths)} - stores
    while new := {module for name in below for module in neighbours(paths[name]) & set(paths)} - below:
        below |= new
    assert not below & stores


@pytest.mark.parametrize(
    "module",
    [
        "cchc_core",
        "cchc_core.rules.scoring",
        "cchc_core.rules.answers",
        "cchc_core.rubric.document",
        "cchc_core.totals",
    ],
)
def test_importing_the_scoring_core_loads_nothing_heavy(module: str) -> None:
    heavy = [
        "pandas",
        "plotly",
        "streamlit",
        "starlette",
        "duckdb",
        "yaml",
        "pydantic",
        "numpy",
        "openpyxl",
        "xlsxwriter",
    ]
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & set({heavy!r})))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    )
    assert done.stdout.strip() == ""


def test_the_command_line_starts_without_pandas_plotly_and_streamlit() -> None:
    code = "import sys, cchc_core.cli; print(*sorted(set(sys.modules) & {'pandas', 'plotly', 'streamlit', 'duckdb'}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
