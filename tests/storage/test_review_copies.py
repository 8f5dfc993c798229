"""Comments of several copies of gmetui and of several reviewers on one shared list: each of them stays."""

from __future__ import annotations

import multiprocessing
import tomllib
from pathlib import Path

import pytest

from gmetui.errors import DamagedFileError
from gmetui.shortlist.entries import Entry, Shortlist
from gmetui.storage.atomic import write_atomic
from gmetui.storage.review_store import ReviewStore
from gmetui.storage.shortlist_file import format_list, list_tables

PROCESSES = 12


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A shared list of twelve programs."""
    shared = tmp_path / "shared.toml"
    write_list(shared, PROCESSES)
    return shared


def write_list(path: Path, count: int) -> None:
    shortlist = Shortlist(entries=tuple(Entry(f"p{number}", f"P{number}") for number in range(count)))
    write_atomic(path, format_list(list_tables(shortlist)))


def opened(path: Path, reviewer: str = "Dr. Grey") -> ReviewStore:
    store = ReviewStore(path, reviewer, default_reviewer="jo")
    store.load()
    return store


def comment(store: ReviewStore, program_id: str, text: str) -> None:
    store.save(store.shortlist.with_comment(program_id, store.reviewer, text), "comment")


def comments(path: Path, reviewer: str = "Dr. Grey") -> dict[str, str]:
    shortlist = opened(path, reviewer).shortlist
    return {entry.id: dict(entry.comments)[reviewer] for entry in shortlist if reviewer in dict(entry.comments)}


def _comment_in_process(path: Path, number: int) -> None:
    comment(opened(path), f"p{number}", f"comment {number}")


def test_simultaneous_comments_are_all_saved(path: Path) -> None:
    workers = [multiprocessing.Process(target=_comment_in_process, args=(path, number)) for number in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert comments(path) == {f"p{number}": f"comment {number}" for number in range(PROCESSES)}


def test_comments_of_two_open_copies_are_merged(path: Path) -> None:
    first, second = opened(path), opened(path)
    comment(first, "p0", "from the app")
    assert second.changed_by_others()
    comment(second, "p0", "the same program")
    comment(second, "p1", "from the command line")
    comment(first, "p2", "later")
    assert comments(path) == {
        "p0": "from the app\n\nthe same program",
        "p1": "from the command line",
        "p2": "later",
    }
    assert first.shortlist == second.load()


def test_undo_leaves_the_comments_of_another_copy(path: Path) -> None:
    first, second = opened(path), opened(path)
    comment(first, "p0", "first")
    comment(second, "p1", "second")
    assert first.undo()
    assert comments(path) == {"p1": "second"}
    assert first.redo()
    assert comments(path) == {"p0": "first", "p1": "second"}


def test_every_reviewer_has_comments_of_their_own(path: Path) -> None:
    comment(opened(path, "Dr. Grey"), "p0", "good")
    comment(opened(path, "Dr. Yang"), "p0", "far")
    comment(opened(path, "Dr. Bailey"), "p1", "yes")
    assert comments(path, "Dr. Grey") == {"p0": "good"}
    assert comments(path, "Dr. Yang") == {"p0": "far"}
    assert opened(path, "Dr. Yang").comments_path.name == "shared.remarks-2.toml"
    assert opened(path, "Dr. Bailey").comments_path.name == "shared.remarks-3.toml"


def test_without_a_name_the_first_reviewer_goes_on(path: Path) -> None:
    assert opened(path, "").reviewer == "jo"
    comment(opened(path, "Dr. Grey"), "p0", "good")
    assert opened(path, "").reviewer == "Dr. Grey"


def test_comment_on_a_program_that_the_owner_removed_is_kept(path: Path) -> None:
    store = opened(path)
    comment(store, f"p{PROCESSES - 1}", "on the last program")
    write_list(path, 2)
    comment(opened(path), "p0", "on the first")
    store.load()
    comment(store, "p1", "on the second")
    write_list(path, PROCESSES)
    assert comments(path) == {
        f"p{PROCESSES - 1}": "on the last program",
        "p0": "on the first",
        "p1": "on the second",
    }


def test_unknown_keys_of_a_comments_file_are_kept(path: Path) -> None:
    store = ReviewStore(path, "Dr. Grey")
    store.comments_path.write_text(
        'format = 1\nreader = "Dr. Grey"\ncolor = "red"\n[[program]]\nid = "p0"\nremark = "good"\nmood = 3\n',
        encoding="utf-8",
    )
    comment(opened(path), "p1", "far")
    tables = tomllib.loads(store.comments_path.read_text("utf-8"))
    assert tables["color"] == "red"
    assert [program.get("mood") for program in tables["program"]] == [3, None]


def test_comments_file_of_a_newer_format_is_refused(path: Path) -> None:
    store = ReviewStore(path, "Dr. Grey")
    content = 'format = 9\nreader = "Dr. Grey"\nthread = 1\n'
    store.comments_path.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedFileError, match=r"shared\.remarks\.toml: was written by a newer version"):
        store.load()
    assert store.comments_path.read_text("utf-8") == content


def test_repeated_comment_keeps_both_texts(path: Path) -> None:
    store = ReviewStore(path, "Dr. Grey")
    store.comments_path.write_text(
        'reader = "Dr. Grey"\n[[program]]\nid = "p0"\nremark = "x"\n[[program]]\nid = "p0"\nremark = "y"\n', "utf-8"
    )
    assert comments(path) == {"p0": "x\n\ny"}
