"""A release of the data is written by a command: its figures are counted, never typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.completeness import coverage, is_name_only
from gmetui.datafiles.files import bundled_data_directory
from gmetui.errors import ReleaseError
from gmetui.tools.release_data import BEGIN, END, figures, summary, with_figures
from support import CommandRunner, write_hostile_data

ROOT = Path(str(bundled_data_directory())).parent
UPDATE = "run `gmetui edition --write .` to update the figures"


def test_figures_are_counted(catalog: Catalog) -> None:
    counts = figures(catalog)
    assert (counts.institutions, counts.programs) == (3, len(catalog.programs))
    assert sum(counts.kinds) == counts.programs
    assert counts.stated == sum(row.stated for row in coverage(catalog, 2020))
    assert counts.named_only == sum(map(is_name_only, catalog.programs)) > 0
    assert "for 1 program only the name is known" in summary(counts._replace(named_only=1))


def test_figures_of_an_empty_catalog() -> None:
    from gmetui.catalog.catalog import EMPTY_CATALOG

    assert "0 programs" in summary(figures(EMPTY_CATALOG))


@pytest.mark.skipif(not (ROOT / "README.md").is_file(), reason="not in a source tree")
def test_readme_and_changelog_have_the_figures_of_the_data(bundled_catalog: Catalog) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_figures(readme, figures(bundled_catalog), "README.md") == readme, UPDATE
    newest_entry = (ROOT / "data" / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert newest_entry.startswith(f"{bundled_catalog.edition.version} ({bundled_catalog.edition.date})"), UPDATE
    assert summary(figures(bundled_catalog)) in " ".join(newest_entry.split()), UPDATE


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with the three files that a release updates."""
    root = tmp_path / "tree"
    (root / "data").mkdir(parents=True)
    (root / "data" / "edition.toml").write_text('[edition]\nversion = "1"\ndate = "2026-01-01"\n', encoding="utf-8")
    (root / "data" / "CHANGELOG.md").write_text("# Editions\n\n## 1 (2026-01-01)\n\nFirst.\n", encoding="utf-8")
    (root / "README.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    return root


@pytest.fixture
def arguments(tmp_path: Path, tree: Path, fixture_data: Path) -> tuple[str, ...]:
    """The arguments of `gmetui edition` for data in which one program has changed and one was removed."""
    old, new = tmp_path / "old", tmp_path / "new"
    for directory in (old, new):
        directory.mkdir()
        write_hostile_data(directory)
    file = new / "harbor.toml"
    text = file.read_text(encoding="utf-8").replace("length_years = 3", "length_years = 4")
    file.write_text(text.replace('id = "harbor-surgery"', 'id = "harbor-general-surgery"'), encoding="utf-8")
    return ("edition", "--no-bundled", "--data", str(new), "--write", str(tree), "--since", str(old))


def test_the_command_updates_three_files(run: CommandRunner, tree: Path, arguments: tuple[str, ...]) -> None:
    for _ in range(2):  # the second time it replaces its own entry
        run(*arguments, "--name", "2", "--day", "2026-02-02")
        assert 'version = "2"' in (tree / "data" / "edition.toml").read_text(encoding="utf-8")
        changelog = (tree / "data" / "CHANGELOG.md").read_text(encoding="utf-8")
        assert changelog.count("## 2 (2026-02-02)") == changelog.count("## 1 (2026-01-01)") == 1
        assert "1 program changed: length_years 1." in changelog
        assert "1 program added: harbor 1." in changelog
        assert "1 program removed: harbor 1." in changelog
        readme = (tree / "README.md").read_text(encoding="utf-8")
        assert readme.startswith("before\n")
        assert readme.endswith("\nafter\n")
        assert "2 institutions and 4 programs" in readme


def test_nothing_is_written_without_the_marks(run: CommandRunner, tree: Path, arguments: tuple[str, ...]) -> None:
    (tree / "README.md").write_text("no marks", encoding="utf-8")
    edition = (tree / "data" / "edition.toml").read_text(encoding="utf-8")
    run(*arguments, "--name", "2", code=2)
    assert (tree / "data" / "edition.toml").read_text(encoding="utf-8") == edition
    run("edition", "--write", str(tree), "--name", "2", code=2)  # no entry to refresh


def test_a_refresh_changes_only_the_figures(run: CommandRunner, tree: Path, arguments: tuple[str, ...]) -> None:
    data_options = arguments[1 : arguments.index("--write")]
    run(*arguments, "--name", "2", "--day", "2026-02-02")
    changelog = tree / "data" / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8").replace("4 programs (", "9 programs (")
    changelog.write_text(
        text.replace("- 1 program added", "- Checked by hand,\n  twice.\n- 1 program added"), encoding="utf-8"
    )
    run("edition", *data_options, "--write", str(tree), "--name", "2")
    refreshed = changelog.read_text(encoding="utf-8")
    assert "4 programs (" in refreshed
    assert "1 program added: harbor 1." in refreshed
    run(*arguments, "--name", "2", "--day", "2026-02-02")
    assert changelog.read_text(encoding="utf-8") == refreshed, "items written by hand stay"
    changelog.write_text(refreshed.replace("## 2 ", "## 3 "), encoding="utf-8")
    run("edition", *data_options, "--write", str(tree), "--name", "2", code=2)


def test_figures_as_json(run: CommandRunner, fixture_data: Path, catalog: Catalog) -> None:
    assert json.loads(run("edition", "--format", "json"))["programs"] == len(catalog.programs)


def test_marks_are_required(catalog: Catalog) -> None:
    with pytest.raises(ReleaseError, match="once each"):
        with_figures("nothing", figures(catalog), "x")
