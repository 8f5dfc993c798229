"""The file of a couple: what is written is read again, and what is wrong in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.errors import DamagedFileError, FileError
from gmetui.planning.couples import CoupleChoices, OrderRule, RowKey
from gmetui.storage.couples import CoupleFile, PartnerSource, read_couple, read_partner_list, write_couple
from gmetui.storage.paths import user_paths

IDS = st.sampled_from(["mgh-medicine", "bwh-surgery", "x", ""])
KEYS: st.SearchStrategy[list[RowKey]] = st.lists(st.tuples(IDS, IDS), unique=True, max_size=4)
RULES: st.SearchStrategy[OrderRule] = st.sampled_from(("sum", "mine", "theirs", "near"))


@given(RULES, st.none() | st.integers(0, 99_999), KEYS, KEYS, st.booleans())
def test_choices_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory,
    rule: OrderRule,
    miles: int | None,
    order: list[RowKey],
    removed: list[RowKey],
    allows_advanced: bool,
) -> None:
    path = tmp_path_factory.mktemp("couple") / "default.toml"
    choices = CoupleChoices(rule, miles, ("theirs", "mine"), tuple(order), tuple(removed), allows_advanced)
    couple = CoupleFile(PartnerSource("/home/me/partner.toml"), choices, {"later": 1})
    write_couple(path, couple)
    assert read_couple(path) == couple


def test_there_may_be_no_couple(tmp_path: Path) -> None:
    assert read_couple(tmp_path / "default.toml") == CoupleFile()


def test_tracks_and_repeated_rows_are_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    path.write_text('rows = ["a|Categorical + b", "a + b", "a + no match"]\nwith_list = "partner"\n')
    couple = read_couple(path)
    assert couple.choices.order == (("a", "b"), ("a", ""))
    assert couple.partner == PartnerSource(list_name="partner")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("order = ", "is not valid TOML"),
        ('order = "best"', "order: must be sum, mine, theirs, near"),
        ("miles = -1", "miles: must be a number of miles"),
        ("miles = true", "miles: must be a number of miles"),
        ('no_match = ["both"]', "no_match: must be a list of mine and theirs"),
        ('no_match = "mine"', "no_match: must be a list"),
        ("rows = [1]", "rows: must be a list of rows"),
        ('removed = ["a"]', "removed: must be a list of rows"),
        ("format = 99", "was written by a newer version of gmetui (format 99)"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "default.toml"
    path.write_text(content)
    with pytest.raises(DamagedFileError) as raised:
        read_couple(path)
    assert message in str(raised.value)
    assert path.read_text() == content


def test_a_partner_list_is_a_shortlist(tmp_path: Path) -> None:
    path = tmp_path / "partner.toml"
    with pytest.raises(FileError, match="no such file"):
        read_partner_list(user_paths(), PartnerSource(file=str(path)))
    path.write_text("format = 1\n")
    with pytest.raises(DamagedFileError, match="is not a shortlist"):
        read_partner_list(user_paths(), PartnerSource(file=str(path)))
    path.write_text('[[program]]\nid = "a"\nname = "\\u001b[2JA"\n')
    (entry,) = read_partner_list(user_paths(), PartnerSource(file=str(path)))
    assert (entry.id, entry.name) == ("a", "[2JA")


def test_the_file_of_a_couple_is_beside_the_lists() -> None:
    assert user_paths().couple("default").parts[-2:] == ("couples", "default.toml")
    with pytest.raises(FileError):
        user_paths().couple("../x")
