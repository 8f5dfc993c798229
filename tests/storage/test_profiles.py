"""Profiles on disk: read strictly, edited in place, for the user alone."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from gmetui.errors import DamagedFileError, DataError, FileError
from gmetui.planning.profile import EMPTY_PROFILE, ExamResult, VisaWish
from gmetui.storage.paths import Paths, user_paths
from gmetui.storage.profile_files import NO_PROFILE_VARIABLE, profile_names, profile_path
from gmetui.storage.profiles import (
    add_entry,
    change_entry,
    profile_text,
    read_profile,
    remove_entry,
    set_value,
    write_profile_text,
)

_COMPLETE = """# mine
format = 1
degree = ["MD", "PhD"]
school_country = "US"
graduation = 2027-05-20
citizenship = ["US"]
residence = "citizen"
languages = ["en", "es"]
letters = 3
military = "none"
training = []

[visa]
needed = false
in_us_as = "F-1 OPT"

[[exam]]
name = "USMLE Step 1"
passed = "2025-03-10"
attempts = 1

[[exam]]
name = "USMLE Step 2 CK"
passed = "2026-07"
score = 245

[[certificate]]
name = "ECFMG"
expected = "2027-01"

[[license]]
state = "MA"
kind = "limited"

[[clinical]]
country = "US"
kind = "hands-on"
months = 6

[aim]
start = "2027-07"
kind = "residency"
specialties = ["internal-medicine"]
"""


@pytest.fixture
def paths(home: Path) -> Paths:
    home.mkdir(parents=True)
    return user_paths()


def write(paths: Paths, text: str) -> Path:
    path = profile_path(paths)
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_an_empty_profile(paths: Paths) -> None:
    stored = read_profile(paths)
    assert (stored.profile, stored.exists) == (EMPTY_PROFILE, False)
    assert profile_names(paths) == ()


def test_every_key_is_read(paths: Paths) -> None:
    write(paths, _COMPLETE)
    profile = read_profile(paths).profile
    assert profile.degree == ("MD", "PhD")
    assert profile.graduation == "2027-05-20"
    assert profile.training == ()
    assert profile.visa == VisaWish(needed=False, in_us_as="F-1 OPT")
    assert profile.exam is not None
    assert profile.exam[1] == ExamResult(name="USMLE Step 2 CK", passed="2026-07", score=245)
    assert profile.certificate is not None
    assert profile.license is not None
    assert profile.clinical is not None
    assert profile.aim is not None
    assert profile.aim.specialties == ("internal-medicine",)


def test_british_spellings_and_inline_tables_are_read(paths: Paths) -> None:
    write(
        paths,
        'examination = [{ name = "USMLE Step 1", taken = false }]\nlicence = []\n'
        'aim = { start = "2028", specialty = "surgery" }\ngraduation = 2019\n',
    )
    profile = read_profile(paths).profile
    assert profile.exam == (ExamResult(name="USMLE Step 1", taken=False),)
    assert profile.license == ()
    assert profile.graduation == "2019"
    assert profile.aim is not None
    assert profile.aim.specialties == ("surgery",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('degree = "M.D."\n', ":1: degree[0]: unknown degree “M.D.”"),
        ('\ndegre = "MD"\n', ":2: degre: unknown key; did you mean “degree”?"),
        ('degree = "MD"\ngraduation = "May 2027"\n', ":2: graduation: “May 2027” is not a date; write YYYY, YYYY-MM"),
        ('graduation = "2027-02-30"\n', ":1: graduation: “2027-02-30” is not a date"),
        ('[[exam]]\nname = "USMLE Step 1"\n[[exam]]\nname = "Step 2"\n', ":4: exam[1].name: unknown name “Step 2”"),
        ('[[exam]]\npassed = "2024"\n', ":1: exam[0].name: is missing"),
        (
            '[[exam]]\nname = "USMLE Step 1"\ntaken = false\npassed = "2024"\n',
            ":3: exam[0].taken: contradicts the date",
        ),
        (
            '[[examination]]\nname = "USMLE Step 3"\nscore = 230\n',
            ":3: examination[0].score: needs the date of the pass",
        ),
        ('school_country = "India"\n', ":1: school_country: “India” is not a country"),
        ('languages = ["English"]\n', ":1: languages[0]: “English” is not a language"),
        ('[[license]]\nstate = "Mass"\n', ":2: license[0].state: “Mass” is not a state"),
        ('visa = "J-1"\n', ":1: visa: expected a table; write [visa]"),
        ('[visa]\nneeded = "yes"\n', ":2: visa.needed: expected true or false, got text"),
        ('[visa]\nneeded = false\nwill_take = ["J-1"]\n', ":3: visa.will_take: names visas although none is needed"),
        ("exam = [1]\n", ":1: exam: expected a list of tables; write [[exam]]"),
        ("letters = true\n", ":1: letters: expected a whole number"),
        ('[[training]]\nfirst = "2026"\nlast = "2024"\n', ":3: training[0].last: is before the first day"),
    ],
)
def test_a_problem_names_file_line_and_key(paths: Paths, text: str, problem: str) -> None:
    path = write(paths, text)
    with pytest.raises(DataError) as caught:
        read_profile(paths)
    assert f"{path}{problem}" in str(caught.value)
    assert path.read_text(encoding="utf-8") == text


def test_keys_of_a_newer_format_are_named_and_survive_a_change(paths: Paths) -> None:
    text = 'format = 2\ndegree = "MD"\nmood = "calm"\n\n[[exam]]\nname = "USMLE Step 1"\nplace = "Boston"\n'
    path = write(paths, text)
    stored = read_profile(paths)
    assert stored.newer_keys == ("mood", "exam[0].place") or stored.newer_keys == ("mood", "exam.place")
    set_value(paths, "default", ("letters",), 3)
    changed = path.read_text(encoding="utf-8")
    assert 'mood = "calm"' in changed
    assert 'place = "Boston"' in changed


def test_a_file_that_is_no_toml_is_left_untouched(paths: Paths) -> None:
    path = write(paths, "degree = \n")
    with pytest.raises(DamagedFileError):
        read_profile(paths)
    with pytest.raises(DamagedFileError):
        set_value(paths, "default", ("letters",), 3)
    assert path.read_text(encoding="utf-8") == "degree = \n"


def test_changes_keep_comments_and_read_back(paths: Paths) -> None:
    path = write(paths, _COMPLETE)
    assert set_value(paths, "default", ("visa", "needed"), True).profile.visa == VisaWish(
        needed=True, in_us_as="F-1 OPT"
    )
    assert set_value(paths, "default", ("letters",), None).profile.letters is None
    profile = add_entry(paths, "default", "exam", {"name": "USMLE Step 1", "attempts": 2}).profile
    assert profile.result_of("USMLE Step 1") == ExamResult(name="USMLE Step 1", passed="2025-03-10", attempts=2)
    profile = add_entry(paths, "default", "training", {"specialty": "surgery", "first": "2025-07"}).profile
    assert profile.training is not None
    assert remove_entry(paths, "default", "exam", 0).profile.exam == profile.exam[1:]  # type: ignore[index]
    with pytest.raises(IndexError):
        remove_entry(paths, "default", "exam", 5)
    assert set_value(paths, "default", ("exam",), []).profile.exam == ()
    assert "# mine" in path.read_text(encoding="utf-8")
    assert read_profile(paths).profile.exam == ()


def test_a_wrong_change_changes_nothing(paths: Paths) -> None:
    path = write(paths, _COMPLETE)
    with pytest.raises(DataError):
        set_value(paths, "default", ("graduation",), "soon")
    assert path.read_text(encoding="utf-8") == _COMPLETE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_profile_is_for_the_user_alone(paths: Paths) -> None:
    path = write(paths, _COMPLETE)
    path.chmod(0o644)
    set_value(paths, "default", ("letters",), 4)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    set_value(paths, "other", ("letters",), 4)
    assert stat.S_IMODE(profile_path(paths, "other").stat().st_mode) == 0o600


def test_several_profiles(paths: Paths) -> None:
    set_value(paths, "fellowship", ("degree",), ["MD"])
    set_value(paths, "default", ("degree",), ["DO"])
    assert profile_names(paths) == ("default", "fellowship")
    assert read_profile(paths, "fellowship").profile.degree == ("MD",)
    with pytest.raises(FileError):
        profile_path(paths, "../settings")


def test_a_served_explorer_has_no_profile(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    write(paths, _COMPLETE)
    monkeypatch.setenv(NO_PROFILE_VARIABLE, "1")
    assert not read_profile(paths).exists
    with pytest.raises(FileError):
        set_value(paths, "default", ("letters",), 3)


def test_an_entry_is_changed_in_its_place(paths: Paths) -> None:
    write(paths, _COMPLETE)
    before = read_profile(paths).profile.exam
    assert before is not None
    stored = change_entry(paths, "default", "exam", 0, {"passed": None, "planned": "2027-02", "score": None})
    assert stored.profile.exam is not None
    assert stored.profile.exam[0].planned == "2027-02"
    assert stored.profile.exam[0].passed is None
    assert stored.profile.exam[1:] == before[1:]
    assert (profile_text(paths, "default") or "").startswith("# mine\n")
    with pytest.raises(IndexError):
        change_entry(paths, "default", "exam", 99, {"planned": "2027"})


def test_the_text_is_replaced_only_if_nothing_is_wrong_in_it(paths: Paths) -> None:
    assert profile_text(paths, "default") is None
    stored = write_profile_text(paths, "default", 'degree = "MD"\n')
    assert stored.profile.degree == ("MD",)
    for text, line in (("degree = [\n", 1), ('format = 1\ndegree = "M.D."\n', 2)):
        with pytest.raises(DataError) as raised:
            write_profile_text(paths, "default", text)
        assert raised.value.problems[0].line in (line, line + 1)
        assert profile_text(paths, "default") == 'degree = "MD"\n'
    assert not write_profile_text(paths, "default", None).exists
    assert profile_names(paths) == ()
