"""What the data said of listed programs when they were added, so that a later edition can be compared with it.

`known/000012.json.gz` beside the lists holds the facts of the programs that were added at one time, by their mark. A
file is written once and never changed; a mark whose file is gone only means that the former words are not known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..catalog.models import Catalog
from ..shortlist.entries import Shortlist
from ..shortlist.fact_changes import Facts, facts_of, mark_of
from .atomic import locked, write_atomic
from .storage_errors import FileError


class KnownFacts:
    """The facts that are kept beside the lists of one directory. Nothing is read before it is asked for."""

    def __init__(self, lists: Path) -> None:
        self._place = lists / "known"
        self._found: dict[str, Facts] | None = None

    def facts(self, mark: str) -> Facts | None:
        """Return the facts that have a mark, or None where they are not kept."""
        return self._all().get(mark)

    def keep(self, facts: Mapping[str, Facts]) -> None:
        """Write down facts by their marks, those that are not there yet. Raises `FileError`."""
        import gzip

        lacking = {mark: own for mark, own in facts.items() if mark not in self._all()}
        if not lacking:
            return
        with locked(self._place / "known"):
            numbers = [int(file.name.split(".")[0]) for file in self._files()]
            content = json.dumps(lacking, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            file = self._place / f"{max(numbers, default=0) + 1:06}.json.gz"
            write_atomic(file, gzip.compress(content, mtime=0))
        self._all().update(lacking)

    def _files(self) -> list[Path]:
        try:
            return sorted(file for file in self._place.glob("[0-9]*.json.gz"))
        except OSError as error:
            raise FileError(f"gmetui: cannot read {self._place}: {error.strerror}") from error

    def _all(self) -> dict[str, Facts]:
        if self._found is None:
            self._found = {}
            for file in self._files():
                self._found |= _read(file)
        return self._found


def keep_known(kept: KnownFacts, catalog: Catalog, before: Shortlist, after: Shortlist) -> None:
    """Write down what the data says of programs that came onto a list or were looked at again. Raises `FileError`."""
    marks = {entry.known for entry in before}
    facts = {}
    for entry in after:
        program = catalog.program.get(entry.id)
        if program is not None and entry.known and entry.known not in marks:
            now = facts_of(catalog, program)
            if mark_of(now) == entry.known:
                facts[entry.known] = now
    kept.keep(facts)


def _read(file: Path) -> dict[str, Facts]:
    """Return the facts of a file; one that is damaged, or that says something else than its marks, has none."""
    import gzip

    try:
        whole = json.loads(gzip.decompress(file.read_bytes()))
        facts = {
            str(mark): {str(key): tuple(map(str, words)) for key, words in own.items()} for mark, own in whole.items()
        }
    except (OSError, EOFError, ValueError, AttributeError, TypeError):
        return {}
    return {mark: own for mark, own in facts.items() if mark_of(own) == mark}
