"""Generates docs/reference/dependencies.md from the installed packages.

`python -m gmetui.tools.dependencies > docs/reference/dependencies.md`, in the source tree.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import NamedTuple

_HEADER = """# Dependencies

This page is generated from `pyproject.toml` and the metadata of the installed packages. Lower bounds are the oldest
releases that the tests pass with, or the oldest without known advisories. CI installs the releases of
`requirements-ci.lock`.
"""
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?\s*([^;]*?)\s*(?:;\s*(.*))?")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']*)""")
#: Names of licenses in older metadata → SPDX identifiers.
_LICENSES = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache-2.0 License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
}


class Dependency(NamedTuple):
    """A package that is installed with gmetui. `versions` is empty if another package needs it."""

    name: str
    versions: str
    license: str


def dependencies_page(root: Path) -> str:
    """Return the page as Markdown. `root` is the source tree, whose dependencies must be installed."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = _ranges(project["dependencies"])
    web = _ranges(project["optional-dependencies"]["web"])
    always = closure(direct)
    browser = closure(web) - always
    return "".join(
        (
            _HEADER,
            f"\n## Always\n\n{_table(_rows(direct, direct))}",
            f"\n### Needed by these\n\n{_table(_rows(always - direct.keys(), {}))}",
            f"\n## With `gmetui[web]`\n\n{_table(_rows(web, web))}",
            f"\n### Needed by these\n\n{_table(_rows(browser - web.keys(), {}))}",
        )
    )


class DependencyRequirement(NamedTuple):
    """A requirement such as `markdown-it-py[linkify]>=2.1; extra == "docs"`."""

    name: str
    extras: tuple[str, ...]
    versions: str
    condition: str


def parse_requirement(text: str) -> DependencyRequirement:
    """Return the parts of a requirement. Raises `ValueError`."""
    match = _REQUIREMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    extras = tuple(extra.strip() for extra in (match[2] or "").split(",") if extra.strip())
    return DependencyRequirement(re.sub(r"[._]", "-", match[1].lower()), extras, match[3].strip("() "), match[4] or "")


def _ranges(requirements: Iterable[str]) -> dict[str, str]:
    """Return the allowed versions of each package."""
    return {requirement.name: requirement.versions for requirement in map(parse_requirement, requirements)}


def closure(names: Iterable[str]) -> set[str]:
    """Return the packages and all that they need, as installed here."""
    pending: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in names]
    visited = set[tuple[str, tuple[str, ...]]]()
    while pending:
        package = pending.pop()
        if package not in visited:
            visited.add(package)
            pending += _installed_requirements(*package)
    return {name for name, _ in visited}


def _installed_requirements(name: str, extras: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for requirement in map(parse_requirement, requires(name) or ()):
        extra = _EXTRA.search(requirement.condition)
        if (extra is None or extra[1] in extras) and is_installed(requirement.name):
            yield requirement.name, requirement.extras


def is_installed(name: str) -> bool:
    """Tell whether a package is installed here: some are for other platforms or versions of Python."""
    try:
        metadata(name)
    except PackageNotFoundError:
        return False
    return True


def license_of(name: str) -> str:
    """Return the license of an installed package, as an SPDX expression where its metadata allows."""
    package = metadata(name)
    if "License-Expression" in package:
        return package["License-Expression"]
    classifiers = package.get_all("Classifier") or ()
    names = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License :: ")]
    names = [text for text in names if text != "OSI Approved"] or [
        package["License"].partition("\n")[0] if "License" in package else ""
    ]
    return " OR ".join(_LICENSES.get(text, text) for text in names)


def _rows(names: Iterable[str], ranges: Mapping[str, str]) -> list[Dependency]:
    return [Dependency(name, ranges.get(name, ""), license_of(name)) for name in sorted(names)]


def _table(rows: Iterable[Dependency]) -> str:
    lines = ["| package | versions | license |", "| --- | --- | --- |"]
    for row in rows:
        versions = f"`{row.versions}`" if row.versions else ""
        lines.append(f"| {row.name} | {versions} | {row.license} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(dependencies_page(Path()), end="")
