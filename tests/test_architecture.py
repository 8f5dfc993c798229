"""The rules of ARCHITECTURE.md that can be checked: which package imports which, and how large things may grow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import gmetui

SOURCE_ROOT = Path(gmetui.__file__).parent
SOURCE_FILES = sorted(SOURCE_ROOT.rglob("*.py"))
ARCHITECTURE = Path(__file__).parents[1] / "ARCHITECTURE.md"
PURE = ("compiled/", "catalog/", "text.py", "errors.py", "search/", "shortlist/", "session/", "documents/", "reports/")
IMPURE_MODULES = {"os", "pathlib", "time", "tempfile", "subprocess", "textual", "rich", "random"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_CLASS = 400, 40, 250  # lines

MODULES = {
    ".".join(("gmetui", *file.relative_to(SOURCE_ROOT).with_suffix("").parts)).removesuffix(".__init__"): file
    for file in SOURCE_FILES
}


def relative_name(file: Path) -> str:
    return file.relative_to(SOURCE_ROOT).as_posix()


def package_of(module: str) -> str:
    """Return the first part below gmetui: a package, or a module of its own."""
    return [*module.split("."), ""][1]


@cache
def imported_modules(file: Path) -> frozenset[str]:
    """Return every module a file imports, anywhere in it and for type checking too; ours as gmetui.x.y."""
    return frozenset(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    package = ("gmetui", *file.relative_to(SOURCE_ROOT).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            for alias in node.names:
                submodule = f"{module}.{alias.name}"
                yield submodule if submodule in MODULES else module


def documented_imports() -> dict[str, set[str]]:
    """Return package → packages it may import, from the table in ARCHITECTURE.md."""
    rows = re.findall(r"^\| `([\w]+)` \| ([^|]*) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    return {package: set(re.findall(r"`(\w+)`", imports)) for package, imports in rows}


def actual_imports() -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for module, file in MODULES.items():
        package = package_of(module)
        targets = {package_of(name) for name in imported_modules(file) if name.startswith("gmetui.")}
        graph.setdefault(package, set()).update(targets - {package, ""})
    return {package: targets for package, targets in graph.items() if package not in ("", "__main__")}


def test_packages_import_what_architecture_md_says() -> None:
    """The table draws exactly the arrows of the code: nothing missing, nothing that no module uses."""
    assert documented_imports() == actual_imports()


def test_no_module_imports_itself_in_a_circle() -> None:
    """Imports inside functions and for type checking count too."""
    graph = {
        module: {name for name in imported_modules(file) if name in MODULES} - {module}
        for module, file in MODULES.items()
    }
    finished: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            pytest.fail(" → ".join((*path[path.index(module) :], module)))
        if module not in finished:
            for target in sorted(graph[module]):
                visit(target, (*path, module))
            finished.add(module)

    for module in sorted(graph):
        visit(module, ())


@pytest.mark.parametrize("file", SOURCE_FILES, ids=relative_name)
def test_textual_is_imported_in_the_tui_only(file: Path) -> None:
    if any(module.split(".")[0] == "textual" for module in imported_modules(file)):
        assert relative_name(file).startswith("tui/")


def test_layers_of_the_tui() -> None:
    """Rendering knows no widget, widgets know no screen, dialogs know neither screens nor the application."""
    forbidden = {
        "tui/rendering/": ("gmetui.tui.widgets", "gmetui.tui.screens", "gmetui.tui.dialogs", "gmetui.tui.app"),
        "tui/widgets/": ("gmetui.tui.screens", "gmetui.tui.dialogs", "gmetui.tui.app", "gmetui.storage"),
        "tui/dialogs/": ("gmetui.tui.screens", "gmetui.tui.app"),
        "tui/screens/": ("gmetui.tui.app",),
    }
    for file in SOURCE_FILES:
        for directory, modules in forbidden.items():
            if relative_name(file).startswith(directory):
                wrong = [name for name in imported_modules(file) if name.startswith(modules)]
                assert not wrong, f"{relative_name(file)} imports {wrong}"


@pytest.mark.parametrize("file", SOURCE_FILES, ids=relative_name)
def test_pure_modules_touch_nothing(file: Path) -> None:
    if relative_name(file).startswith(PURE):
        assert not {module.split(".")[0] for module in imported_modules(file)} & IMPURE_MODULES
        text = file.read_text(encoding="utf-8")
        assert "now(" not in text
        assert "today()" not in text


@pytest.mark.parametrize("file", SOURCE_FILES, ids=relative_name)
def test_size(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        size = getattr(node, "end_lineno", 0) - getattr(node, "lineno", 0) + 1
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert size <= LONGEST_FUNCTION, f"{node.name}: {size} lines"
        if isinstance(node, ast.ClassDef):
            assert size <= LONGEST_CLASS, f"{node.name}: {size} lines"


def test_class_names_mean_one_thing() -> None:
    classes: dict[str, list[str]] = {}
    for file in SOURCE_FILES:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name.lstrip("_"), []).append(relative_name(file))
    assert {name: files for name, files in classes.items() if len(files) > 1} == {}


def test_the_library_never_prints() -> None:
    """Only the command line and the maintainers' tools write to standard output or standard error."""
    for file in SOURCE_FILES:
        if relative_name(file).startswith(("cli/", "tools/", "__main__")):
            continue
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\bprint\(|sys\.(stdout|stderr)\.write", text), relative_name(file)


def test_widgets_draw_only_text_that_came_through_the_door() -> None:
    """`tui/safe_text.py` sanitizes every text for the screen; nothing else makes Content, Text, or Segment objects."""
    for file in (SOURCE_ROOT / "tui").rglob("*.py"):
        if relative_name(file) == "tui/safe_text.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                maker = node.func.value if isinstance(node.func, ast.Attribute) else node.func
                name = getattr(maker, "id", "")
                assert name not in ("Content", "Text", "Segment"), f"{relative_name(file)}:{node.lineno}"


def test_data_never_becomes_markup() -> None:
    """Widgets that read markup get text from the door, `markup=False`, or a constant."""
    for file in (SOURCE_ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                _check_markup(node, f"{relative_name(file)}:{node.lineno}")


def _check_markup(call: ast.Call, location: str) -> None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    is_plain = any(
        keyword.arg == "markup" and getattr(keyword.value, "value", True) is False for keyword in call.keywords
    )
    first = call.args[0] if call.args else None
    if name == "notify":
        assert is_plain, location
    if name in ("Label", "Static", "Button", "RadioButton") and first is not None and not is_plain:
        is_content = getattr(getattr(first, "func", None), "id", "") in ("safe_content", "safe_line")
        is_constant = isinstance(first, ast.Subscript) and getattr(first.value, "id", "").isupper()
        assert isinstance(first, ast.Constant) or is_content or is_constant, location
