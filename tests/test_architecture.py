"""The rules of ARCHITECTURE.md that can be checked: who imports whom, and how large things may grow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import gmetui

ROOT = Path(gmetui.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
#: package -> the packages of ours it may import
MAY: dict[str, set[str]] = {
    "text": set(),
    "errors": set(),
    "catalog": {"text", "errors"},
    "datafiles": {"text", "errors", "catalog"},
    "search": {"text", "errors", "catalog"},
    "shortlist": {"text", "errors", "catalog"},
    "session": {"text", "errors", "search"},
    "reports": {"text", "errors", "catalog"},
    "export": {"text", "errors", "catalog", "shortlist", "reports"},
    "storage": {"text", "errors", "catalog", "datafiles", "search", "shortlist", "session"},
    "importing": {"text", "errors", "catalog", "datafiles", "search", "shortlist", "export"},
    "loader": {"text", "errors", "catalog", "datafiles", "search", "storage"},
    "web": set(),
    "tools": {"text", "tui"},
}
PURE = ("catalog/", "text.py", "search/", "shortlist/", "session/", "reports/")
IMPURE = {"os", "pathlib", "time", "tempfile", "subprocess", "textual", "rich", "random"}


def imports(file: Path) -> set[str]:
    """Return the modules a file imports, ours as gmetui.x.y, those for type checking left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and getattr(branch.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    parts = ("gmetui", *file.relative_to(ROOT).with_suffix("").parts)
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = parts[: len(parts) - node.level] if node.level else ()
            module = ".".join((*base, node.module or "")).strip(".")
            found |= {module} if node.module else {f"{module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_who_imports_whom(file: Path) -> None:
    package = file.relative_to(ROOT).parts[0].removesuffix(".py")
    for module in imports(file):
        parts = module.split(".")
        if parts[0] == "gmetui" and len(parts) > 1 and package in MAY:
            allowed = {package} | MAY[package]
            assert parts[1] in allowed or parts[1].startswith("__"), f"{package} imports {module}"
        if parts[0] == "textual":
            assert package == "tui", f"{file.name} imports textual"


def test_the_explorer_is_imported_in_one_function() -> None:
    inside = [file for file in FILES if any(m.startswith("gmetui.tui") for m in imports(file))]
    assert {file.relative_to(ROOT).parts[0] for file in inside} <= {"tui", "cli", "tools"}
    assert [file.name for file in inside if "cli" in file.parts] == ["explore.py", "settings.py"]


def test_layers_of_the_explorer() -> None:
    for file in FILES:
        parts = file.relative_to(ROOT).parts
        if parts[:2] == ("tui", "rendering"):
            assert not [m for m in imports(file) if "tui.widgets" in m or "tui.screens" in m]
        if parts[:2] == ("tui", "widgets"):
            assert not [m for m in imports(file) if "tui.screens" in m or "gmetui.storage" in m]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_pure_modules_touch_nothing(file: Path) -> None:
    if str(file.relative_to(ROOT)).startswith(PURE):
        assert not {module.split(".")[0] for module in imports(file)} & IMPURE
        text = file.read_text(encoding="utf-8")
        assert "now(" not in text
        assert "today()" not in text


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_size(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        size = getattr(node, "end_lineno", 0) - getattr(node, "lineno", 0) + 1
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert size <= 40, f"{node.name}: {size} lines"
        if isinstance(node, ast.ClassDef):
            assert size <= 250, f"{node.name}: {size} lines"


def test_data_never_becomes_markup() -> None:
    """Widgets that read markup get `Content`, `markup=False` or a constant."""
    for file in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            plain = any(k.arg == "markup" and getattr(k.value, "value", True) is False for k in node.keywords)
            first = node.args[0] if node.args else None
            if name == "notify":
                assert plain, f"{file.name}:{node.lineno}"
            if name in ("Label", "Static", "Button", "RadioButton") and first is not None and not plain:
                safe = isinstance(first, ast.Constant) or getattr(getattr(first, "func", None), "id", "") == "Content"
                constant = isinstance(first, ast.Subscript) and getattr(first.value, "id", "").isupper()
                assert safe or constant or getattr(getattr(first, "value", None), "id", "") == "_FORMAT_WORDS"
