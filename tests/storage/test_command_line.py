"""The commands report what the storage layer notices, in one line on standard error each."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import CommandRunner


@pytest.fixture
def program_ids(run: CommandRunner, fixture_data: object) -> list[str]:
    """Five programs of the fixture catalog, four of them on the list, the first with a note."""
    ids = run("search", "--format", "ids").split()[:5]
    for program_id in ids[:4]:
        run("shortlist", "add", program_id)
    run("shortlist", "note", ids[0], "ask about nights")
    return ids


def test_note_can_be_restored_after_the_list_was_emptied(
    run: CommandRunner, program_ids: list[str], home: Path
) -> None:
    list_file = home / "shortlists" / "default.toml"
    list_file.write_text("", encoding="utf-8")
    run("shortlist", "add", program_ids[4])
    message = "gmetui: the list “default” has 0 programs, but version 5 has 4; to restore that version, run: "
    assert run.err.splitlines()[0] == f"{message}gmetui shortlist restore 5"
    run("shortlist", "restore", "5")
    assert "ask about nights" in list_file.read_text("utf-8")


@pytest.mark.parametrize("content", [b"\0" * 300, b"[[program]"])
def test_damaged_list_offers_the_last_version(
    run: CommandRunner, program_ids: list[str], home: Path, content: bytes
) -> None:
    list_file = home / "shortlists" / "default.toml"
    list_file.write_bytes(content)
    run("shortlist", "add", program_ids[4], code=3)
    assert run.err.endswith("to restore the last version, move it away and run: gmetui shortlist restore 5\n")
    list_file.unlink()
    run("shortlist", "restore", "5")
    assert "ask about nights" in list_file.read_text("utf-8")


def test_copies_by_a_sync_tool_are_named(run: CommandRunner, program_ids: list[str], home: Path) -> None:
    name = "000001 (conflicted copy 2026-11-26).toml.gz"
    (home / "shortlists" / "history" / "default" / name).write_text("junk", encoding="utf-8")
    (home / "shortlists" / "default 2.toml").write_text("junk", encoding="utf-8")
    run("shortlist", "rate", program_ids[0], "4")
    assert len([line for line in run.err.splitlines() if name in line]) == 1
    run("shortlist", "lists")
    assert "“default 2.toml”" in run.err


def test_reviewers_have_comments_of_their_own(
    run: CommandRunner, program_ids: list[str], home: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared.toml"
    run("export", "--output", str(shared))
    for reviewer in ("Dr. Grey", "Dr. Yang"):
        run("shortlist", "note", program_ids[0], f"by {reviewer}", "--list-file", str(shared), "--by", reviewer)
    for reviewer, file_name in (("Dr. Grey", "shared.remarks.toml"), ("Dr. Yang", "shared.remarks-2.toml")):
        run("import", str(tmp_path / file_name))
        assert f"by {reviewer}" in (home / "shortlists" / "default.toml").read_text("utf-8")


def test_damaged_settings_remove_no_version(run: CommandRunner, program_ids: list[str], home: Path) -> None:
    (home / "settings.toml").write_text("versions = 10", encoding="utf-8")
    for rating in range(1, 5):
        run("shortlist", "rate", program_ids[0], str(rating))
    (home / "settings.toml").write_text("versions = [", encoding="utf-8")
    for rating in range(1, 5):
        run("shortlist", "rate", program_ids[0], str(rating))
    assert len(list((home / "shortlists" / "history" / "default").glob("*.gz"))) == 13


def test_deleted_list_of_another_name_can_be_restored(run: CommandRunner, program_ids: list[str], home: Path) -> None:
    run("shortlist", "add", program_ids[0], "--list", "second")
    (home / "shortlists" / "second.toml").unlink()
    run("shortlist", "show", "--list", "second")
    command = "gmetui shortlist restore 1 --list second"
    assert command in run.err
    run(*command.split()[1:])
    assert program_ids[0] in run("shortlist", "show", "--list", "second", "--format", "json")
    run("shortlist", "show", "--list", "third", code=5)
