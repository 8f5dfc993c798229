"""What the data said of a program when it was put on the list, to say later what has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..catalog.models import Catalog, Program, ProgramId
from ..catalog.program_diff import said
from ..catalog.schema import PROGRAM

#: A field and what it said, in words.
Facts = Mapping[str, tuple[str, ...]]
_LABELS = {field.key: field.label for field in PROGRAM} | {"statements": "Statements"}


class Changed(NamedTuple):
    """One field that says something else now."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def words(self) -> str:
        """The change in a line."""
        return f"{self.label}: {'; '.join(self.before) or 'not stated'} → {'; '.join(self.after) or 'not stated'}"


def facts_of(catalog: Catalog, program: Program) -> Facts:
    """Return what the data says of a program, without what only gmetui makes of it."""
    facts = {key: words for key, words in said(program).items() if words and key != "id"}
    facts["institution"] = (catalog.institution[program.institution].name,)
    facts["specialty"] = (catalog.specialty[program.specialty].name,)
    return facts


def mark_of(facts: Facts) -> str:
    """Return a short mark that is the same for the same facts, today and in ten years."""
    from hashlib import sha256  # a start needs no mark

    whole = "\0".join("\1".join((key, *facts[key])) for key in sorted(facts))
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def changed_since(before: Facts, now: Facts) -> list[Changed]:
    """Return what says something else now, in the order of the fields."""
    keys = [*_LABELS, *(key for key in sorted({*before, *now}) if key not in _LABELS)]
    pairs = ((key, tuple(before.get(key, ())), tuple(now.get(key, ()))) for key in keys)
    return [Changed(_LABELS.get(key, key), was, own) for key, was, own in pairs if was != own]


class News(NamedTuple):
    """What is different about a listed program since it was added, or last looked at.

    `gone`: it is no longer in the data; `now` is then the program that seems to be the same, and `former` what was
    known. `lost`: something changed, but what was said before is not kept.
    """

    changed: tuple[Changed, ...] = ()
    gone: bool = False
    now: Program | None = None
    former: Facts = MappingProxyType({})
    lost: bool = False

    def words(self) -> list[str]:
        """The news, a line each."""
        if self.gone:
            became = [f"Now perhaps: {self.now.name} ({self.now.id})"] if self.now else []
            former = (f"{_LABELS.get(key, key)}: {'; '.join(own)}" for key, own in self.former.items())
            return ["No longer in the data.", *became, *(["What was known:"] if self.former else []), *former]
        return ["The data says something else; what it said before is not kept."] * self.lost + [
            own.words for own in self.changed
        ]


def news_of(catalog: Catalog, own: ProgramId | str, known: str, kept: Callable[[str], Facts | None]) -> News | None:
    """Return what is new about a program that was known by a mark, or None. `kept` gives the facts of a mark."""
    program = catalog.program.get(ProgramId(own))
    if program is None:
        former = kept(known) or {}
        return News(gone=True, now=_successor(catalog, former), former=former)
    now = facts_of(catalog, program)
    if not known or mark_of(now) == known:
        return None
    before = kept(known)
    return News(lost=True) if before is None else News(tuple(changed_since(before, now)))


def _successor(catalog: Catalog, former: Facts) -> Program | None:
    """Return the one program that has the ACGME id of one that is gone, or its name at the same institution."""

    def same(program: Program) -> bool:
        if former.get("acgme_id") and program.acgme_id:
            return (program.acgme_id,) == former["acgme_id"]
        place = (catalog.institution[program.institution].name,)
        return (program.name,) == former.get("name") and place == former.get("institution")

    found = [program for program in catalog.programs if former and same(program)]
    return found[0] if len(found) == 1 else None
