"""Names say what a value is. docs/style.md has the rules; this test keeps them."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import gmetui

SOURCE_ROOT = Path(gmetui.__file__).parent
TESTS_ROOT = Path(__file__).parent
#: Names that say that a value exists, not what it is.
VAGUE_NAMES = frozenset(
    """own owns found said kept known whole here there meant now told begun brought asked shown held given made about
    stands thing things one ones way ways rest left over beside further aside""".split()  # noqa: SIM905
)
MOST_VAGUE_SHARE = 0.005  # of all bound names
LEAST_MEAN_LENGTH = 7.0  # letters of a bound name in the package
#: Nouns in -ing that are terms of the field.
TERMS_IN_ING = frozenset(
    {"importing", "lean_typing", "loading", "planning", "ranking", "rendering", "setting", "string"}
)


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Yield the name of every parameter and every assigned variable, without its underscores."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        else:
            continue
        name = name.strip("_")
        if name and name not in ("self", "cls"):
            yield name


def names_below(directory: Path) -> list[str]:
    files = sorted(directory.rglob("*.py"))
    return [name for file in files for name in bound_names(ast.parse(file.read_text(encoding="utf-8")))]


@pytest.mark.parametrize("directory", [SOURCE_ROOT, TESTS_ROOT], ids=["src", "tests"])
def test_bound_names_say_what_the_value_is(directory: Path) -> None:
    names = names_below(directory)
    vague = Counter(name for name in names if name in VAGUE_NAMES)
    assert vague.total() <= MOST_VAGUE_SHARE * len(names), f"rename these, see docs/style.md: {vague.most_common()}"


def test_bound_names_are_words() -> None:
    names = names_below(SOURCE_ROOT)
    assert sum(map(len, names)) / len(names) >= LEAST_MEAN_LENGTH


def test_modules_are_named_after_nouns() -> None:
    modules = {file.stem for file in SOURCE_ROOT.rglob("*.py")}
    packages = {file.parent.name for file in SOURCE_ROOT.rglob("__init__.py")}
    assert {name for name in modules | packages if name.endswith("ing")} <= TERMS_IN_ING
