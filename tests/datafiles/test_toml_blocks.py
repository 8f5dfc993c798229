"""A long list read in blocks gives what reading all of it gives, with the same lines in the same problems."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles import references, toml_blocks
from gmetui.datafiles.data_documents import read_parts
from gmetui.datafiles.files import read_catalog_and_problems
from gmetui.datafiles.toml_blocks import TomlBlocks, parse_programs
from gmetui.errors import DataError, FileError, Problem
from gmetui.importing.data_file import write_toml
from importing.program_lists import ROWS, as_csv, import_content, save

pytestmark = pytest.mark.usefixtures("fixture_data")
BLOCK = 600  # bytes: about two programs
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
_VALUES = st.one_of(
    _TEXTS,
    st.integers(0, 10**12),
    st.lists(_TEXTS, max_size=3),
    st.booleans(),
    st.dictionaries(st.sampled_from(("text", "about")), _TEXTS, min_size=1),
    st.sampled_from(('"', '", "', "[[program]]", "\n[[program]]\n", "# x", "\\", "'''", '"""', "= 1")),
)


@pytest.fixture
def list_file(catalog: Catalog, tmp_path: Path) -> Path:
    """The data file of a list of ten programs."""
    return save(import_content(catalog, tmp_path / "list", as_csv(ROWS)), tmp_path / "list.toml")


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml_blocks, "BLOCK_SIZE", BLOCK)


@given(st.lists(st.dictionaries(st.sampled_from(("id", "name", "kind", "also_listed")), _VALUES, min_size=1)))
def test_programs_are_parsed_as_tomllib_does(tables: list[dict[str, object]]) -> None:
    text = "".join(write_toml({"program": tables})).partition("\n\n")[2]
    expected = tomllib.loads(text).get("program", [])
    assert parse_programs(text) in (expected, None)
    assert parse_programs(text.replace("\n", "\r\n")) in (expected, None)


@pytest.mark.parametrize(
    "text",
    [
        '[[program]]\nid = "a"\n[[page]]\nid = "b"\n',
        '[page]\nid = "a"\n\n[[program]]\nid = "b"\n',
        '[[program]]\nid = "a"\n[program.sources]\npage = ["name"]\n',
        '[[program]]\nid = "a"\n# [[program]]\nname = "b"\n',
        '[[program]]\nid = "a"\nid = "b"\n',
        '[[program]]\nid = "a"\nbroken',
        '[[program]]\nid = "a"\nage = 007\n',
        '[[program]]\nid = "a" name = "b"\n',
        '[[program]]\nid = "\x01"\n',
    ],
)
def test_other_text_is_left_to_tomllib(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        expected = {}
    try:
        programs = parse_programs(text)
    except ValueError:
        programs = None
    assert programs is None or {"program": programs} == expected


@pytest.mark.usefixtures("small_blocks")
def test_blocks_are_the_file(list_file: Path) -> None:
    blocks = list(TomlBlocks(list_file))
    assert len(blocks) > 3
    content = b"".join(block.content for block in blocks)
    assert content == list_file.read_bytes()
    for block in blocks[1:]:
        assert block.content.startswith(b"[[program]]\n")
        position = content.index(block.content)
        assert block.first_line == content.count(b"\n", 0, position)
        assert block.share == position / len(content)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_text_of_several_lines_is_not_divided(list_file: Path, quotes: str) -> None:
    text = list_file.read_text("utf-8").replace(
        'also_listed = ["', f'length_note = {quotes}\n[[program]]\nid = 5{quotes}\nalso_listed = ["', 1
    )
    list_file.write_text(text + f"\n[[unlisted]]\nid = {quotes}x\n[[program]]{quotes}\n", encoding="utf-8")
    parts = [part.tables for part in read_parts(list_file)]
    programs = [program for tables in parts for program in tables.get("program", [])]
    assert programs == tomllib.loads(list_file.read_text("utf-8"))["program"]


def read(list_file: Path) -> tuple[list[Problem], dict[str, object]]:
    """Return the problems and the programs of a list, or the problems that make it unreadable."""
    try:
        catalog, problems = read_catalog_and_problems([list_file])
    except DataError as error:
        return list(error.problems), {}
    return problems, dict(catalog.program)


EDITS = {
    "none": ("", ""),
    "unknown institution": ('institution = "', 'institution = "un'),
    "unknown key": ("kind =", "kid ="),
    "wrong value": ('specialty = "', 'length_years = 0\nspecialty = "'),
    "used twice": ('id = "acgme-', 'id = "acgme-0400599901"\n#'),
    "invalid TOML": ("acgme_id = ", "acgme_id == "),
    "unknown table": ("[[program]]\nid", '[[programme]]\nid = "x"\n\n[[program]]\nid'),
    "unknown source": ('source = "import', 'source = "un'),
    "page behind programs": ("[[program]]\nid", '[[page]]\nid = "more"\npublisher = "own"\n\n[[program]]\nid'),
}


@pytest.mark.parametrize("edit", EDITS)
def test_problems_are_those_of_the_file(list_file: Path, edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = EDITS[edit]
    head, *programs = list_file.read_text("utf-8").split("[[program]]\n")
    wrong = [number in (1, 4, 8) for number in range(len(programs))]
    edited = [
        f"[[program]]\n{program}".replace(before, after, 1) if is_wrong else f"[[program]]\n{program}"
        for program, is_wrong in zip(programs, wrong, strict=True)
    ]
    list_file.write_text(head + "".join(edited), encoding="utf-8")
    expected = read(list_file)
    assert bool(expected[0]) == (edit != "none")
    monkeypatch.setattr(toml_blocks, "BLOCK_SIZE", BLOCK)
    monkeypatch.setattr(references, "_MAX_DECODED_PROGRAMS", 0)
    problems, programs_by_id = read(list_file)
    assert sorted(problems) == sorted(expected[0])
    assert programs_by_id == expected[1]


@pytest.mark.usefixtures("small_blocks")
def test_a_file_that_is_no_list_is_read_at_once(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('[[page]]\nid = "x"\n' + '\n[[program]]\nid = "a"\n' * 100, encoding="utf-8")
    (part,) = read_parts(file)
    assert len(part.tables["program"]) == 100
    with pytest.raises(FileError, match="cannot read"):
        list(read_parts(tmp_path))
