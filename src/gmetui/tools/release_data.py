"""A release of the data: its figures in words, what changed since the last one, and the files that state both.

The figures in README.md are placed between two marks, so that no figure is typed by hand. `gmetui edition` runs this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.completeness import COUNTED_FIELDS, coverage, is_name_only
from ..catalog.program_diff import Change, diff_catalogs
from ..catalog.vocabulary import KIND_PLURALS, KINDS
from ..catalog.years import year_of
from ..errors import ReleaseError
from ..storage.atomic import write_atomic
from ..text import plural

BEGIN, END = "<!-- figures: gmetui edition -->", "<!-- /figures -->"
_LINE_WIDTH = 118
#: How the items of a changelog entry begin that `changelog_entry` writes.
_GENERATED_ITEM = re.compile(
    r"- (?:New institutions:|Removed institutions:|[\d,]+ programs? (?:added|removed|changed):)"
)


class Figures(NamedTuple):
    """The counts of a set of data. `oldest` and `newest` are the years of the pages that give one."""

    institutions: int
    programs: int
    kinds: tuple[int, ...]  # in the order of `KINDS`
    named_only: int
    specialties: int
    rules: int
    pages: int
    dated: int
    oldest: int
    newest: int
    stated: int
    asked: int


def figures(catalog: Catalog) -> Figures:
    """Return the figures of a catalog."""
    programs_by_kind = Counter(program.kind for program in catalog.programs)
    years = [year for source in catalog.sources if (year := year_of(source.as_of))]
    return Figures(
        institutions=len(catalog.institutions),
        programs=len(catalog.programs),
        kinds=tuple(programs_by_kind[kind] for kind in KINDS),
        named_only=sum(map(is_name_only, catalog.programs)),
        specialties=sum(specialty.listed for specialty in catalog.specialties),
        rules=len(catalog.requirements),
        pages=len(catalog.sources),
        dated=len(years),
        oldest=min(years, default=0),
        newest=max(years, default=0),
        stated=sum(field.stated for field in coverage(catalog, 0)),
        asked=len(catalog.programs) * len(COUNTED_FIELDS),
    )


def summary(counts: Figures) -> str:
    """Return the figures in words, as README.md and the changelog state them."""
    kinds = ", ".join(f"{count} {KIND_PLURALS[kind]}" for kind, count in zip(KINDS, counts.kinds, strict=True))
    share = f"{counts.stated / counts.asked:.0%}" if counts.asked else "0%"
    return (
        f"{plural(counts.institutions, 'institution')} and {plural(counts.programs, 'program')} ({kinds}), with a "
        f"reference of {counts.specialties} specialties and {counts.rules} general rules, from {counts.pages:,} pages. "
        f"The pages state {counts.stated:,} of the {counts.asked:,} facts that applicants look for ({share}); for "
        f"{plural(counts.named_only, 'program')} only the name is known. {counts.dated} pages give a year, from "
        f"{counts.oldest} to {counts.newest}."
    )


def with_figures(text: str, counts: Figures, name: str) -> str:
    """Return a text with its figures replaced. Raises `ReleaseError` without the marks around them."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ReleaseError(f"gmetui: {name}: expected the marks {BEGIN} and {END} once each, around the figures")
    before, _, marked = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{_wrapped(summary(counts))}\n{END}{marked.partition(END)[2]}"


def changelog_entry(old: Catalog, new: Catalog, version: str, date: str) -> str:
    """Return what changed since `old` as a section of the data changelog."""
    changes = diff_catalogs(old, new)
    added = [institution.name for institution in new.institutions if institution.id not in old.institution]
    removed = [institution.name for institution in old.institutions if institution.id not in new.institution]
    sentences = [
        f"New institutions: {', '.join(sorted(added))}." if added else "",
        f"Removed institutions: {', '.join(sorted(removed))}." if removed else "",
        _programs_sentence(new, changes, "added"),
        _programs_sentence(old, changes, "removed"),
        _changes_sentence(changes),
    ]
    heading = [f"## {version} ({date})", "", _wrapped(summary(figures(new))), ""]
    return "\n".join([*heading, *(_list_item(sentence) for sentence in sentences if sentence)]) + "\n"


def _programs_sentence(catalog: Catalog, changes: Iterable[Change], what: str) -> str:
    """Return how many programs were added or removed, by institution."""
    counts = Counter(catalog.program[change.program].institution for change in changes if change.what == what)
    by_institution = ", ".join(f"{institution} {count}" for institution, count in sorted(counts.items()))
    return f"{plural(counts.total(), 'program')} {what}: {by_institution}." if counts else ""


def _changes_sentence(changes: Iterable[Change]) -> str:
    changed = [change for change in changes if change.what == "changed"]
    by_field = ", ".join(
        f"{field} {count}" for field, count in Counter(change.field for change in changed).most_common()
    )
    return f"{plural(len({change.program for change in changed}), 'program')} changed: {by_field}." if changed else ""


def _wrapped(text: str, width: int = _LINE_WIDTH) -> str:
    return fill(text, width, break_long_words=False, break_on_hyphens=False)


def _list_item(text: str) -> str:
    return "- " + _wrapped(text, _LINE_WIDTH - 2).replace("\n", "\n  ")


def write_edition(
    root: Path, old: Catalog | None, new: Catalog, version: str, date: str, title: str | None
) -> list[str]:
    """Bring edition.toml, CHANGELOG.md and README.md of the source tree at `root` up to date; return their names.

    The generated items of an entry of the same version are replaced, items written by hand stay. Without `old` only the
    figures of the entry change. Raises `ReleaseError` when a file does not have the expected form, `FileError` when one
    cannot be written and OSError when one cannot be read; nothing is written before all is read.
    """
    edition, changelog, readme = root / "data" / "edition.toml", root / "data" / "CHANGELOG.md", root / "README.md"
    earlier_text, counts = changelog.read_text(encoding="utf-8"), figures(new)
    texts = {
        edition: _with_edition(edition, version, date, title),
        changelog: (
            _with_summary(earlier_text, summary(counts), version, str(changelog))
            if old is None
            else _with_entry(earlier_text, changelog_entry(old, new, version, date), version)
        ),
        readme: with_figures(readme.read_text(encoding="utf-8"), counts, str(readme)),
    }
    for file, text in texts.items():
        write_atomic(file, text)
    return [str(file.relative_to(root)) for file in texts]


def _with_edition(file: Path, version: str, date: str, title: str | None) -> str:
    text = file.read_text(encoding="utf-8")
    for key, value in (("version", version), ("date", date), ("title", title)):
        if value is not None:
            text, count = re.subn(rf'(?m)^{key} = "[^"\n]*"', f'{key} = "{value}"', text)
            if count != 1:
                raise ReleaseError(f'gmetui: {file}: expected one line `{key} = "…"`')
    return text


def _with_entry(changelog: str, entry: str, version: str) -> str:
    """Return the changelog with an entry on top, in place of an earlier one of the same version.

    Items of the earlier one that were written by hand come before the generated ones.
    """
    head, entries = _split_entries(changelog)
    earlier = [old_entry for old_entry in entries if old_entry.startswith(f"## {version} ")]
    others = [old_entry for old_entry in entries if old_entry not in earlier]
    manual_items = [item for old_entry in earlier for item in _items(old_entry) if not _GENERATED_ITEM.match(item)]
    heading, items = "\n\n".join(_paragraphs(entry)[:2]), [*manual_items, *_items(entry)]
    return "\n\n".join([head, f"{heading}\n\n{chr(10).join(items)}".rstrip("\n"), *others]) + "\n"


def _with_summary(changelog: str, text: str, version: str, name: str) -> str:
    """Return the changelog with other figures in the entry on top. Raises `ReleaseError` if that is another version."""
    head, entries = _split_entries(changelog)
    if not entries or not entries[0].startswith(f"## {version} "):
        raise ReleaseError(f"gmetui: {name}: no entry for {version} on top; add one with --since OLD_DIR")
    heading, _old_summary, *items = _paragraphs(entries[0])
    return "\n\n".join([head, heading, _wrapped(text), *items, *entries[1:]]) + "\n"


def _split_entries(changelog: str) -> tuple[str, list[str]]:
    """Return what precedes the first entry, and the entries, without blank lines around them."""
    head, *entries = re.split(r"(?m)^(?=## )", changelog)
    return head.strip("\n"), [entry.strip("\n") for entry in entries]


def _paragraphs(entry: str) -> list[str]:
    return [paragraph.strip("\n") for paragraph in re.split(r"\n{2,}", entry.strip("\n"))]


def _items(entry: str) -> list[str]:
    """Return the list items of an entry, each with its continuation lines."""
    return [item.rstrip("\n") for item in re.split(r"(?m)^(?=- )", entry) if item.startswith("- ")]
