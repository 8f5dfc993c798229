"""Saving an imported list: it takes its place together with the compiled catalog, or neither leaves a trace."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from gmetui import archive_writer, loader
from gmetui.catalog.catalog import Catalog
from gmetui.compiled import sections
from gmetui.datafiles import draft, program_spool, references, toml_blocks
from gmetui.errors import FileError
from gmetui.importing.program_list import toml_parts
from gmetui.search import Query, identifiers, search
from gmetui.storage import atomic
from gmetui.storage.import_store import ImportStore
from gmetui.storage.paths import COMPILED_FILE, START_FILE, user_paths
from importing.program_lists import IDS, ROWS, as_csv, import_content

pytestmark = pytest.mark.usefixtures("fixture_data")


class StoppedError(Exception):
    """Somebody stopped the work."""


@pytest.fixture
def store() -> ImportStore:
    return ImportStore(user_paths().programs)


@pytest.fixture
def parts(catalog: Catalog, tmp_path: Path) -> list[str]:
    """The data file of a list of ten programs."""
    return list(toml_parts(import_content(catalog, tmp_path / "list", as_csv(ROWS))))


def files() -> list[Path]:
    """Return the files of the user, without locks."""
    home = user_paths().programs.parent
    return sorted(file for file in home.rglob("*") if file.is_file() and file.suffix != ".lock")


def save(store: ImportStore, parts: Iterable[str], **options: Any) -> Catalog:
    with store.staged("made-up", parts) as staged:
        return loader.load_catalog(staged=staged, **options)


def answers(catalog: Catalog) -> list[object]:
    lines = ("", "harbor", "acgme:0400599901", "id:acgme-0400599901", "sort:-stated", '"st elm\'s"', "anesthsiology")
    return [[program.id for program in search(catalog, Query.parse(line)).programs()] for line in lines]


def test_a_saved_list_is_compiled(store: ImportStore, parts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = save(store, parts)
    assert set(IDS) <= set(catalog.program)
    assert [file.name for file in files()] == [COMPILED_FILE, START_FILE, "made-up.toml"]
    monkeypatch.setattr(loader, "read_catalog_and_problems", lambda *_, **__: pytest.fail("read again"))
    assert answers(loader.load_catalog()) == answers(catalog)
    assert save(store, parts) is not None, "an unchanged list is not read"


def test_a_list_that_fits_in_no_memory_gives_the_same(
    store: ImportStore, parts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In parts and from a file, program by program, as a million of them."""
    expected = save(store, parts)
    content = {name: getattr(expected, name) for name in ("programs", "institutions", "sources", "specialties")}
    expected_answers = answers(expected)
    store.remove("made-up")
    monkeypatch.setattr(toml_blocks, "BLOCK_SIZE", 500)
    monkeypatch.setattr(program_spool, "_MAX_MEMORY", 2_000)
    monkeypatch.setattr(references, "_MAX_DECODED_PROGRAMS", 0)
    monkeypatch.setattr(identifiers, "MAX_NAMES_AT_ONCE", 0)
    catalog = save(store, parts)
    assert {name: getattr(catalog, name) for name in content} == content
    assert answers(catalog) == expected_answers


def moments(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[Callable[..., Any]], None]]:
    """Return functions that make something happen at a moment of saving."""

    def replace(owner: object, name: str) -> Callable[[Callable[..., Any]], None]:
        return lambda event: monkeypatch.setattr(owner, name, event)

    return {
        "while the list is written": replace(os, "fsync"),
        "while it is read": replace(loader, "read_catalog_and_problems"),
        "while programs are spooled": replace(draft.ProgramNodes, "__setitem__"),
        "while references are checked": replace(references, "_check_program"),
        "while programs are looked at": replace(archive_writer, "encode_fields"),
        "while the index is built": replace(archive_writer, "build_index"),
        "while tables are written": replace(sections, "encode_table_block"),
        "while identifiers are written": replace(archive_writer, "identity_sections"),
    }


@pytest.mark.parametrize("moment", moments(pytest.MonkeyPatch()))
@pytest.mark.parametrize("is_new", [True, False])
def test_an_interrupt_leaves_no_trace(
    store: ImportStore, parts: list[str], moment: str, is_new: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_new:
        save(store, [*parts, "# an earlier version\n"])
    before = {file: file.read_bytes() for file in files()}

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        moments(patch)[moment](interrupt)
        with pytest.raises(KeyboardInterrupt):
            save(store, parts)
    assert {file: file.read_bytes() for file in files()} == before
    assert loader.load_quickly() is not None, "the next start is as fast as before"


@pytest.mark.parametrize("is_new", [True, False])
def test_an_interrupt_after_the_list_took_its_place(
    store: ImportStore, parts: list[str], is_new: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the compiled copy is still written to the disk."""
    if not is_new:
        save(store, [*parts, "# an earlier version\n"])
    before = {file: file.read_bytes() for file in files()}
    content, list_file, fsync = "".join(parts), store.path("made-up"), os.fsync

    def interrupt(descriptor: int) -> None:
        if list_file.exists() and list_file.read_text("utf-8") == content:
            raise KeyboardInterrupt
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            save(store, parts)
    assert {file: file.read_bytes() for file in files()} == before
    assert loader.load_quickly() is not None


def test_saving_can_be_stopped_until_the_list_takes_its_place(store: ImportStore, parts: list[str]) -> None:
    shares: list[float] = []
    save(store, parts, report_progress=shares.append)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.2
    assert 0.9 < shares[-1] <= 1
    assert len(shares) > 100
    store.remove("made-up")
    for count in (1, 2, len(shares) // 2, len(shares)):
        for file in files():
            file.unlink()

        with pytest.raises(StoppedError):
            save(store, parts, report_progress=stop_at(count))
        assert files() == []


def test_a_full_disk_leaves_the_list_without_a_compiled_copy(
    store: ImportStore, parts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_: object, blocks: Iterable[bytes]) -> None:
        for number, _ in enumerate(blocks):
            if number == 20:
                raise FileError("gmetui: cannot write: no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_atomic_parts", full_disk)
        catalog = save(store, parts)
    assert set(IDS) <= set(catalog.program)
    assert [file.name for file in files()] == ["made-up.toml"]
    assert answers(loader.load_catalog()) == answers(catalog)


def stop_at(count: int) -> Callable[[float], None]:
    """Return a function that raises at a call."""
    calls = iter(range(count - 1))

    def stop(_: float) -> None:
        if next(calls, None) is None:
            raise StoppedError

    return stop


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("step", [1, 60, 200, 355])
def test_a_killed_process_leaves_what_the_next_one_removes(store: ImportStore, parts: list[str], step: int) -> None:
    child = os.fork()
    if child == 0:
        calls = iter(range(step))

        def kill(_: float) -> None:
            if next(calls, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            save(store, parts, report_progress=kill)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert store.lists() == []
    assert all(file.suffix == ".tmp" for file in files())
    assert set(IDS) <= set(save(store, parts).program)
    left = [file for file in files() if file.suffix == ".tmp"]
    assert not [file for file in left if file.parent == user_paths().programs]
