"""The edition is written by a command: its figures are counted, never typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gmetui.catalog.completeness import coverage, named_only
from gmetui.catalog.models import Catalog
from gmetui.datafiles.files import data_root, load_catalog
from gmetui.datafiles.release import BEGIN, END, EditionError, figures, in_words, with_figures
from gmetui.search import Query, search
from support import Run, write_data

ROOT = Path(str(data_root())).parent


def test_figures_are_those_of_the_catalog(catalog: Catalog) -> None:
    own = figures(catalog)
    assert (own.institutions, own.programs) == (len(catalog.institutions), len(catalog.programs))
    assert sum(own.kinds) == own.programs
    assert own.stated == sum(share.stated for share in coverage(catalog, 2020))
    assert own.named_only == sum(named_only(program) for program in catalog.programs)


@pytest.mark.skipif(not (ROOT / "README.md").is_file(), reason="no source tree")
def test_readme_and_changelog_say_the_figures_of_the_data(catalog: Catalog) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_figures(readme, figures(catalog), "README.md") == readme, "run gmetui edition --write . --since OLD_DIR"
    newest = (ROOT / "data" / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert newest.startswith(f"{catalog.edition.version} ({catalog.edition.date})")
    assert in_words(figures(catalog)) in " ".join(newest.split())


def test_the_command_writes_the_three_files_and_again_the_same(run: Run, tmp_path: Path) -> None:
    old, new, tree = (tmp_path / name for name in ("old", "new", "tree"))
    for directory in (old, new, tree / "data"):
        directory.mkdir(parents=True)
    write_data(old)
    write_data(new)
    changed = (new / "harbor.toml").read_text(encoding="utf-8").replace("length_years = 3", "length_years = 4")
    (new / "harbor.toml").write_text(changed, encoding="utf-8")
    (tree / "data" / "edition.toml").write_text('[edition]\nversion = "1"\ndate = "2026-01-01"\n', encoding="utf-8")
    (tree / "data" / "CHANGELOG.md").write_text("# Editions\n\n## 1 (2026-01-01)\n\nFirst.\n", encoding="utf-8")
    (tree / "README.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    words = ("edition", "--no-bundled", "--data", str(new), "--write", str(tree), "--since", str(old))
    for _ in range(2):
        run(*words, "--name", "2", "--day", "2026-02-02")
        assert 'version = "2"' in (tree / "data" / "edition.toml").read_text(encoding="utf-8")
        log = (tree / "data" / "CHANGELOG.md").read_text(encoding="utf-8")
        assert log.count("## 2 (2026-02-02)") == log.count("## 1 (2026-01-01)") == 1
        assert "1 programs say something else: length_years 1." in log
        readme = (tree / "README.md").read_text(encoding="utf-8")
        assert readme.startswith("before\n")
        assert readme.endswith("\nafter\n")
        assert "2 institutions, 4 programs" in readme
    assert json.loads(run("edition", "--format", "json"))["programs"] > 4
    (tree / "README.md").write_text("no marks", encoding="utf-8")
    run(*words, code=2)
    run("edition", "--write", str(tree), code=2)


def test_marks_must_stand_there(catalog: Catalog) -> None:
    with pytest.raises(EditionError, match="once"):
        with_figures("nothing", figures(catalog), "x")


# Programs that several institutions run, and those of which only a name is known.


def test_a_joint_program_is_found_under_each_of_its_partners(catalog: Catalog) -> None:
    harvard = catalog.program["mgh-harvard-combined-dermatology-residency"]
    assert catalog.institutions_of(harvard) == ("mgh", "bwh", "bidmc", "bch")
    for own in catalog.institutions_of(harvard):
        assert harvard in catalog.programs_of(own)
        assert harvard in search(catalog, Query.parse(f"institution:{own}")).programs()
        assert harvard in search(catalog, Query.parse(f"{own} derm")).programs()
    assert harvard not in catalog.sponsored_by("bwh")
    counts = {value.value: value.count for value in search(catalog, Query()).facet("institution")}
    assert counts == {own.id: len(catalog.programs_of(own.id)) for own in catalog.institutions}


def test_no_program_stands_twice(catalog: Catalog) -> None:
    """Nothing else of one name and specialty stands under two institutions that run a program together."""
    names: dict[tuple[str, str], set[str]] = {}
    for program in catalog.programs:
        for own in catalog.institutions_of(program):
            same = names.setdefault((own, program.name.casefold()), set())
            same.add(program.id)
    assert not [own for own in names.values() if len(own) > 1]


def test_a_name_alone_is_marked_comes_last_and_can_be_left_out(catalog: Catalog, run: Run) -> None:
    bare = [named_only(program) for program in catalog.programs]
    assert bare == sorted(bare), "they stand after all others, so that they come last on an equal match"
    found = search(catalog, Query.parse("known:name-only")).programs()
    assert len(found) == sum(bare)
    described = search(catalog, Query.parse("known:described")).programs()
    assert not {own.id for own in found} & {own.id for own in described}
    sleep = search(catalog, Query.parse("dartmouth fellowship")).programs()
    assert [named_only(own) for own in sleep] == sorted(named_only(own) for own in sleep)
    assert "Only a name is known" in run("show", found[0].id)
    assert json.loads(run("show", found[0].id, "--format", "json"))["programs"][0]["name_only"]


def test_old_data_has_no_partners_that_are_not_there() -> None:
    assert not load_catalog([], bundled=False).partners
