"""Wrong data files: each fault is named with file, line, key, what is wrong and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.catalog.completeness import named_only
from gmetui.catalog.facts import program_facts
from gmetui.datafiles.files import UnreadableError, check_files, load_catalog
from gmetui.errors import DataError
from support import HOSTILE, INSTITUTION, is_harmless, write_data


def problems_of(directory: Path, text: str) -> list[str]:
    file = directory / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_catalog([directory])
    return [str(problem).replace(str(directory), "DIR") for problem in caught.value.problems]


FAULTS = [
    ('kind = "fellowship"', 'kind = "felowship"', "program[0].kind: 'felowship' is not known", "nearest: 'fellowship'"),
    ("length_years = 3", 'length_years = "3"', "program[0].length_years: text where a whole number", "without quotes"),
    ("length_years = 3", "length_years = true", "program[0].length_years: true/false where", ""),
    ("length_years = 3", "length_years = 0", "program[0].length_years: 0 cannot be right", "not stated"),
    ("length_years = 3", "lenght_years = 3", "program[0].lenght_years: no such key", "'length_years'"),
    ('id = "harbor-cardiology"', 'id = "Harbor Cardiology"', "is not an id", "hyphens"),
    ('"cardiovascular-disease"', '"cardiovascular-diseas"', "no specialty has the id", "'cardiovascular-disease'"),
    ('other = ["visa"]', 'othr = ["visa"]', "no page has the id 'othr'", "'other'"),
    ('other = ["visa"]', 'other = ["vissa"]', "'vissa' is no key of this table", "'visa'"),
    ('url = "https://example.org/page"', 'url = "javascript:alert(1)"', "is not a web address", "https://"),
    ('id = "harbor-surgery"', 'id = "harbor-cardiology"', "is used twice", "unique"),
    ('name = "Harbor Hospital"', "", "institution.name: is missing", "sponsoring institution"),
    ('topic = "letters", text', 'topc = "letters", text', "requirements[1].topc: no such key", "'topic'"),
    ('[[page]]\nid = "other"', '[[pgae]]\nid = "other"', "pgae: no such table", "'page'"),
    ('visa = ["J-1 [only]", "H-1B <b>never</b>"]', "visa = [1]", "visa[0]: a number where text should be", "quotes"),
]


@pytest.mark.parametrize(("right", "wrong", "said", "remedy"), FAULTS)
def test_each_fault_is_named(tmp_path: Path, right: str, wrong: str, said: str, remedy: str) -> None:
    text = INSTITUTION.replace(right, wrong, 1)
    assert text != INSTITUTION
    line = text[: text.index(wrong)].count("\n") + 1 if wrong else None
    found = [problem for problem in problems_of(tmp_path, text) if said in problem]
    assert found, problems_of(tmp_path, text)
    assert remedy in found[0]
    assert found[0].startswith("DIR/x.toml:")
    if line is not None and "sources" not in said and "is used twice" not in said and "key of this" not in said:
        assert found[0].split(":")[1] == str(line)


def test_all_faults_are_collected(tmp_path: Path) -> None:
    text = INSTITUTION.replace('kind = "fellowship"', 'kind = "x"').replace("positions_per_year = 6", "positions = 6")
    assert len(problems_of(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a = [", "x.toml:1: file: is not valid TOML"),
        (b"x = 1\n\ny = = 2\n", "x.toml:3: file: is not valid TOML"),
        (b"name = '\xff\xfe'", "x.toml:1: file: is not UTF-8 text"),
        (b"a = " + b"[" * 3000, "x.toml:1: file: is"),
        (b"program = 1", "x.toml:1: program: a number where a table should be"),
        (b"[[program]]\nid = 'x'", "is missing"),
    ],
)
def test_half_written_files(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(DataError) as caught:
        load_catalog([tmp_path])
    assert said in str(caught.value)


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no data directory"):
        load_catalog([tmp_path / "nowhere"])
    with pytest.raises(UnreadableError, match=r"no \.toml file"):
        load_catalog([tmp_path])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path, text: str) -> None:
    escaped = text.encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', '\\"')
    file = INSTITUTION.replace("Harbor Hospital", escaped).replace("Three letters | at least", escaped)
    (tmp_path / "x.toml").write_text(file, encoding="utf-8")
    catalog = load_catalog([tmp_path], bundled=False)
    program = catalog.program["harbor-cardiology"]
    shown = [value for fact in program_facts(catalog, program) for value in fact.values]
    assert all(is_harmless(value, lines=False) for value in [*shown, catalog.institutions[0].name])
    dirty = not is_harmless(text, lines=False)
    named = [problem for problem in check_files([tmp_path]) if "control or invisible" in problem.wrong]
    assert bool(named) is (dirty or "e\u0301" in text)


def test_an_overlay_replaces_and_adds(tmp_path: Path) -> None:
    bundled = load_catalog()
    overlay = """
[[program]]
id = "tufts-neurology-residency"
institution = "tufts"
name = "Changed"
kind = "residency"
specialty = "neurology"
source = "mine"
[[program]]
id = "tufts-new"
institution = "tufts"
name = "New"
kind = "other"
specialty = "nursing"
source = "mine"
[[page]]
id = "mine"
url = "https://example.org"
publisher = "institution"
"""
    (tmp_path / "mine.toml").write_text(overlay, encoding="utf-8")
    catalog = load_catalog([tmp_path])
    assert len(catalog.programs) == len(bundled.programs) + 1
    assert catalog.program["tufts-neurology-residency"].name == "Changed"
    assert catalog.program["tufts-new"].institution == "tufts"


def test_without_the_bundled_programs_the_reference_stays(tmp_path: Path) -> None:
    catalog = load_catalog([write_data(tmp_path)], bundled=False)
    assert [institution.id for institution in catalog.institutions] == ["elm", "harbor"]
    assert len(catalog.programs) == 4
    assert sum(specialty.listed for specialty in catalog.specialties) == 233


def test_programs_are_in_order_of_institution_and_name(catalog: object) -> None:
    loaded = load_catalog()
    names = {own.id: own.name.casefold() for own in loaded.institutions}
    keys = [(named_only(p), names[p.institution], p.name.casefold()) for p in loaded.programs]
    assert keys == sorted(keys)
