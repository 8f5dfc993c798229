"""The page of dependencies, the lock of CI, and the licenses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from gmetui.tools.dependencies import (
    DependencyRequirement,
    closure,
    dependencies_page,
    is_installed,
    license_of,
    parse_requirement,
)

ROOT = Path(__file__).parents[2]
PERMISSIVE = {
    *("MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Apache-2.0 AND MIT", "PSF-2.0", "ISC", "MPL-2.0", "0BSD"),
    *("Apache-2.0 OR BSD-3-Clause", "BSD-3-Clause OR Apache-2.0", "MIT-CMU"),
}
needs_packages = pytest.mark.skipif(not is_installed("textual-serve"), reason="the web extra is not installed")


def direct_dependencies() -> list[DependencyRequirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [parse_requirement(text) for text in (*project["dependencies"], *project["optional-dependencies"]["web"])]


def test_the_page_lists_what_pyproject_requires() -> None:
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    for requirement in direct_dependencies():
        assert f"| {requirement.name} | `{requirement.versions}` |" in page


@needs_packages
def test_the_page_lists_what_is_installed() -> None:
    """Versions of packages may differ between machines, so that only the names are compared."""
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", page, re.MULTILINE)) - {"package"}
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", dependencies_page(ROOT), re.MULTILINE)) - {"package"} <= listed


@needs_packages
def test_licenses_are_permissive() -> None:
    licenses = {name: license_of(name) for name in closure(requirement.name for requirement in direct_dependencies())}
    assert {name: text for name, text in licenses.items() if text not in PERMISSIVE} == {}


def test_the_lock_has_every_dependency_and_names_no_index() -> None:
    lock = (ROOT / "requirements-ci.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock, re.MULTILINE))
    for requirement in direct_dependencies():
        assert requirement.name in locked
    assert not re.search(r"^-|://", lock, re.MULTILINE)  # no option, no address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rich>=14", DependencyRequirement("rich", (), ">=14", "")),
        ("Markdown_It.py[linkify, x]>=2.1", DependencyRequirement("markdown-it-py", ("linkify", "x"), ">=2.1", "")),
        ('a (<2,>=1) ; extra == "docs"', DependencyRequirement("a", (), "<2,>=1", 'extra == "docs"')),
    ],
)
def test_requirements_are_parsed(text: str, expected: DependencyRequirement) -> None:
    assert parse_requirement(text) == expected
