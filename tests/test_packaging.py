"""What the package index and its readers get: complete metadata, links that work there, and files that are packed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_metadata_is_complete() -> None:
    assert PROJECT["authors"]
    assert {"Homepage", "Documentation", "Source", "Issues", "Changelog"} <= set(PROJECT["urls"])
    supported = {name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", name)}
    assert min(supported, key=lambda version: int(version[2:])) == PROJECT["requires-python"].removeprefix(">=")


def test_links_of_the_readme_work_away_from_the_repository() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)", readme, re.MULTILINE)
    addresses = [inline or reference for inline, reference in targets]
    assert len(addresses) > 10
    assert [address for address in addresses if not address.startswith(("https://", "#"))] == []


@pytest.mark.parametrize("package", ["export", "web"])
def test_templates_and_pages_are_beside_their_modules(package: str) -> None:
    """The wheel takes whole packages, so that a file that a module names with `__file__` is in it."""
    directory = ROOT / "src" / "gmetui" / package
    names = {
        name
        for module in directory.glob("*.py")
        for name in re.findall(r"\"([\w.]+\.(?:j2|html|css|js|svg))\"", module.read_text(encoding="utf-8"))
    }
    assert names
    assert [name for name in names if not (directory / name).is_file()] == []


def test_python_m_is_the_same_command() -> None:
    command = [sys.executable, "-m", "gmetui", "--version"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.startswith(f"gmetui {PROJECT['version']}")
