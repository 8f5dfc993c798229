"""Snapshots of the facts of listed programs, to show later what changed since a program was saved.

Each file `known/000012.json.gz` next to the lists holds the snapshots that were saved together, by fingerprint. Files
are written once and never changed. If one is missing, only the earlier facts of its programs are unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..catalog.catalog import Catalog
from ..errors import GmetuiError
from ..shortlist.entries import Shortlist
from ..shortlist.fact_changes import Facts, fingerprint, snapshot_of
from .atomic import file_lock, remove_temporary_files, write_atomic
from .numbered_files import NumberedFiles
from .regular_file import read_user_file

_MAX_UNPACKED_BYTES = 64 * 1024 * 1024  # the facts of all programs of the country are half of it


class FactSnapshots:
    """The snapshots next to the lists of one directory. Files are read on first use."""

    def __init__(self, lists_directory: Path) -> None:
        self._files = NumberedFiles(lists_directory / "known", ".json.gz")
        self._cache: dict[str, Facts] | None = None

    def get(self, saved_fingerprint: str) -> Facts | None:
        """Return the facts with a fingerprint, or None if they weren't saved."""
        return self._load().get(saved_fingerprint)

    def save(self, facts_by_fingerprint: Mapping[str, Facts]) -> None:
        """Write the facts that aren't saved yet. Raises `FileError`."""
        import gzip

        new_facts = {key: facts for key, facts in facts_by_fingerprint.items() if key not in self._load()}
        if not new_facts:
            return
        with file_lock(self._files.directory / "known"):
            remove_temporary_files(self._files.directory)
            content = json.dumps(new_facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            _, snapshot_file = self._files.next_path(self._files.paths())
            write_atomic(snapshot_file, gzip.compress(content, mtime=0))
        self._load().update(new_facts)

    def _load(self) -> dict[str, Facts]:
        if self._cache is None:
            facts_by_fingerprint: dict[str, Facts] = {}
            for file in self._files.paths().values():
                facts_by_fingerprint |= _read_snapshots(file)
            self._cache = facts_by_fingerprint
        return self._cache


def save_snapshots(snapshots: FactSnapshots, catalog: Catalog, before: Shortlist, after: Shortlist) -> None:
    """Save the facts of programs that were added to a list or marked as seen. Raises `FileError`."""
    old_fingerprints = {entry.fingerprint for entry in before}
    new_facts = {}
    for entry in after:
        program = catalog.program.get(entry.id)
        if program is not None and entry.fingerprint and entry.fingerprint not in old_fingerprints:
            facts = snapshot_of(catalog, program)
            if fingerprint(facts) == entry.fingerprint:
                new_facts[entry.fingerprint] = facts
    snapshots.save(new_facts)


def _read_snapshots(snapshot_file: Path) -> dict[str, Facts]:
    """Return the snapshots in a file, without those that are damaged or don't match their fingerprint."""
    import gzip
    import io
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(read_user_file(snapshot_file) or b"")) as stream:
            content = stream.read(_MAX_UNPACKED_BYTES + 1)
        data = json.loads(content) if len(content) <= _MAX_UNPACKED_BYTES else {}
        snapshots = {
            str(key): {str(field): tuple(map(str, values)) for field, values in facts.items()}
            for key, facts in data.items()
        }
    except (OSError, EOFError, ValueError, AttributeError, TypeError, RecursionError, zlib.error, GmetuiError):
        return {}
    return {key: facts for key, facts in snapshots.items() if fingerprint(facts) == key}
