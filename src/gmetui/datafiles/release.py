"""The edition of the data: its figures in words, what is new since another, and the files that say so.

README's figures stand between two marks, so that no figure is written by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..catalog.completeness import COUNTED, coverage, named_only
from ..catalog.models import Catalog
from ..catalog.program_diff import changes
from ..catalog.years import year_of
from ..errors import GmetuiError

BEGIN, END = "<!-- figures: gmetui edition -->", "<!-- /figures -->"
_KINDS = (("residency", "residencies"), ("fellowship", "fellowships"), ("combined", "combined"), ("other", "other"))


class EditionError(GmetuiError):
    """A file that an edition is written into is not what it should be; the message names it."""


class Figures(NamedTuple):
    """What a set of data counts up to. `oldest` and `newest`: years that pages speak of."""

    institutions: int
    programs: int
    kinds: tuple[int, ...]
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
    """Count a catalog."""
    kinds = Counter(str(program.kind) for program in catalog.programs)
    years = [year for source in catalog.sources if (year := year_of(source.as_of))]
    shares = coverage(catalog, 0)
    return Figures(
        len(catalog.institutions),
        len(catalog.programs),
        tuple(kinds[kind] for kind, _ in _KINDS),
        sum(map(named_only, catalog.programs)),
        sum(specialty.listed for specialty in catalog.specialties),
        len(catalog.requirements),
        len(catalog.sources),
        len(years),
        min(years, default=0),
        max(years, default=0),
        sum(share.stated for share in shares),
        len(catalog.programs) * len(COUNTED),
    )


def in_words(own: Figures) -> str:
    """Return the figures as README says them."""
    kinds = ", ".join(f"{count} {words}" for count, (_, words) in zip(own.kinds, _KINDS, strict=True))
    return (
        f"{own.institutions} institutions, {own.programs} programs ({kinds}), beside a reference of {own.specialties} "
        f"specialties and {own.rules} general rules, drawn from {own.pages:,} pages. {own.stated:,} of {own.asked:,} "
        f"facts that applicants ask for are stated ({own.stated / own.asked:.0%}); of {own.named_only} programs only "
        f"a name is known. {own.dated} pages say what year they speak of, from {own.oldest} to {own.newest}."
    )


def with_figures(text: str, own: Figures, name: str) -> str:
    """Return a text with its figures brought up to date. Raises `EditionError` without the marks around them."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise EditionError(f"gmetui: {name}: the marks {BEGIN} and {END} must stand around the figures, once")
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n{_wrapped(in_words(own))}\n{END}{rest.split(END)[1]}"


def _wrapped(text: str, width: int = 118) -> str:
    from textwrap import fill

    return fill(text, width, break_long_words=False, break_on_hyphens=False)


def entry(old: Catalog, new: Catalog, version: str, date: str) -> str:
    """Return what is new since `old` as a section of the changelog."""
    found = changes(old, new)
    come = [own.name for own in new.institutions if own.id not in old.institution]
    gone = [own.name for own in old.institutions if own.id not in new.institution]
    lines = [f"## {version} ({date})", "", _wrapped(in_words(figures(new))), ""]
    lines += [_item(f"New institutions: {_listed(come)}.")] if come else []
    lines += [_item(f"No longer in the data: {_listed(gone)}.")] if gone else []
    for what, words in (("added", "new"), ("removed", "no longer in the data")):
        places = Counter(
            (new if what == "added" else old).program[own.program].institution for own in found if own.what == what
        )
        if places:
            by = ", ".join(f"{place} {count}" for place, count in sorted(places.items()))
            lines.append(_item(f"{places.total()} programs {words}: {by}."))
    fields = Counter(own.field for own in found if own.what == "changed")
    if fields:
        changed = len({own.program for own in found if own.what == "changed"})
        by = ", ".join(f"{field} {count}" for field, count in fields.most_common())
        lines.append(_item(f"{changed} programs say something else: {by}."))
    return "\n".join(lines) + "\n"


def _item(text: str) -> str:
    return "- " + _wrapped(text, 116).replace("\n", "\n  ")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(sorted(names))


def write_edition(root: Path, old: Catalog, new: Catalog, version: str, date: str, title: str | None) -> list[str]:
    """Bring edition.toml, CHANGELOG.md and README.md of the tree at `root` up to date; return their names.

    An entry of the same version is replaced. Raises `EditionError`, and OSError where a file cannot be read.
    """
    edition, log, readme = root / "data" / "edition.toml", root / "data" / "CHANGELOG.md", root / "README.md"
    text = edition.read_text(encoding="utf-8")
    for key, value in (("version", version), ("date", date), ("title", title)):
        if value is not None:
            text, count = re.subn(rf'(?m)^{key} = "[^"\n]*"', f'{key} = "{value}"', text)
            if count != 1:
                raise EditionError(f"gmetui: {edition}: {key} must stand there once")
    history = log.read_text(encoding="utf-8")
    head, *entries = re.split(r"(?m)^(?=## )", history)
    kept = [own for own in entries if not own.startswith(f"## {version} ")]
    written = [
        (edition, text),
        (log, "\n".join([head.rstrip("\n") + "\n", entry(old, new, version, date), *kept]).rstrip("\n") + "\n"),
        (readme, with_figures(readme.read_text(encoding="utf-8"), figures(new), str(readme))),
    ]
    for file, content in written:
        file.write_text(content, encoding="utf-8", newline="\n")
    return [str(file.relative_to(root)) for file, _ in written]
