"""Facts as people see them: a value in words, the pages that say so, and the date those pages speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from . import schema as f
from .item_notes import beside
from .models import (
    ACCREDITATION_LABELS,
    KIND_LABELS,
    Catalog,
    GeneralRequirement,
    Institution,
    Program,
    Provenance,
    Source,
    SourceId,
    Specialty,
)
from .vocabulary import Field

NOT_STATED = "not stated"
UNDATED = "undated"
NO_SOURCE = "general knowledge, no source"
#: Fields that say something only where they are needed: nobody asks why they are not stated.
ASIDES = frozenset(
    {
        "other_names",
        "specialty_as_named",
        "parent_specialty",
        "accreditation_note",
        "campus",
        "city",
        "state",
        "also_listed",
        "joint_with",
        "sites_note",
        "length_note",
        "positions_note",
        "application_note",
        "disagreements",
    }
)

#: The note that stands beside a field.
NOTES: Mapping[str, str] = {
    "length_years": "length_note",
    "positions_per_year": "positions_note",
    "application_service": "application_note",
    "accreditation": "accreditation_note",
    "sites": "sites_note",
}
#: What the fields of programs are called inside a sentence: "positions", "ACGME id".
LABELS: Mapping[str, str] = {
    field.key: field.label if field.label[:2].isupper() else field.label[:1].lower() + field.label[1:]
    for field in f.PROGRAM
}


class Citation(NamedTuple):
    """A page and what it speaks of: its own date, or the one the table gives for it."""

    source: Source
    as_of: str | None

    @property
    def date(self) -> str:
        """The date in words."""
        return self.as_of or UNDATED


class Fact(NamedTuple):
    """One field of a program or institution. No values means that no page read says anything."""

    key: str
    label: str
    values: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    beside: tuple[str, ...] = ()  # remarks, one for each value
    own: tuple[tuple[Citation, ...], ...] = ()  # pages of a single value, one tuple for each
    third_party: bool = False  # nobody else says any of it

    @property
    def name(self) -> str:
        """The label as it stands inside a sentence: "positions", "ACGME id"."""
        return self.label if self.label[:2].isupper() else self.label[:1].lower() + self.label[1:]

    @property
    def shown(self) -> tuple[str, ...]:
        """The values with what is said beside them."""
        if not any(self.beside):
            return self.values
        return tuple(
            f"{value} · {said}" if said else value for value, said in zip(self.values, self.beside, strict=True)
        )

    @property
    def measured(self) -> tuple[str, ...]:
        """The values as shown, numbers with their unit: "3 years", "7 a year"."""
        unit = {"length_years": "year" if self.text == "1" else "years", "positions_per_year": "a year"}.get(self.key)
        return tuple(value.replace(self.text, f"{self.text} {unit}", 1) for value in self.shown) if unit else self.shown

    @property
    def text(self) -> str:
        """The values as one text."""
        return "; ".join(self.values) if self.values else NOT_STATED


def citations(catalog: Catalog, provenance: Provenance, pages: Iterable[SourceId]) -> tuple[Citation, ...]:
    """Return the pages as citations, each with the date that is known for it."""
    found = (catalog.source[page] for page in pages if page in catalog.source)
    return tuple(Citation(source, provenance.speaks_of(source.id) or source.as_of) for source in found)


def program_facts(catalog: Catalog, program: Program) -> tuple[Fact, ...]:
    """Return every field of a program as a fact, in the order of the format, the ones not stated too."""
    return _facts(catalog, program, f.PROGRAM, _program_values(catalog, program))


def program_fact(catalog: Catalog, program: Program, key: str) -> Fact:
    """Return one field of a program as a fact."""
    field = next(field for field in f.PROGRAM if field.key == key)
    return _fact(catalog, program, field, _program_values(catalog, program))


def institution_facts(catalog: Catalog, institution: Institution) -> tuple[Fact, ...]:
    """Return every field of an institution as a fact."""
    return _facts(catalog, institution, f.INSTITUTION, {})


def specialty_facts(catalog: Catalog, specialty: Specialty) -> tuple[Fact, ...]:
    """Return every field of a specialty as a fact."""
    parents = tuple(catalog.specialty[parent].label for parent in specialty.parents)
    boards = tuple(catalog.boards.get(board, board) for board in specialty.boards)
    aoa = tuple(catalog.boards.get(board, board) for board in specialty.aoa_boards)
    words = {"parents": parents, "boards": boards, "aoa_boards": aoa, "kind": (KIND_LABELS[specialty.kind],)}
    return _facts(catalog, specialty, f.SPECIALTY, words)


def _facts(
    catalog: Catalog,
    thing: Program | Institution | Specialty,
    declared: Sequence[Field],
    words: Mapping[str, tuple[str, ...]],
) -> tuple[Fact, ...]:
    return tuple(_fact(catalog, thing, field, words) for field in declared)


def _fact(
    catalog: Catalog, thing: Program | Institution | Specialty, field: Field, words: Mapping[str, tuple[str, ...]]
) -> Fact:
    stored = getattr(thing, field.key, None)
    values = words.get(field.key)
    if values is None:
        values = in_words(stored)
    provenance = thing.provenance
    cited = citations(catalog, provenance, provenance.pages(field.key) if values else ())
    said_by_others = field.key in provenance.third_party_fields
    if not values or not (said_by_others or field.shape == "items"):
        return Fact(field.key, field.label, values, cited, third_party=_by_others(thing, field.key, cited))
    items = stored if field.shape == "items" and stored else values
    codes = getattr(thing, "nrmp_codes", ())
    remarks = tuple(beside(item, codes, third_party=said_by_others) for item in items)
    own = tuple(item_citations(catalog, item) for item in items)
    others = said_by_others or all(getattr(item, "third_party", False) for item in items)
    others = others or _by_others(thing, field.key, cited)
    pages = tuple(dict.fromkeys((*cited, *(page for pages in own for page in pages))))
    return Fact(field.key, field.label, values, pages, remarks, own, others)


def item_citations(catalog: Catalog, item: object) -> tuple[Citation, ...]:
    """Return the pages that one item of a list names for itself."""
    pages = (catalog.source[page] for page in getattr(item, "source", ()))
    return tuple(Citation(page, getattr(item, "as_of", None) or page.as_of) for page in pages)


def _by_others(thing: Program | Institution | Specialty, key: str, cited: Sequence[Citation]) -> bool:
    if thing.provenance.third_party and not thing.provenance.by_field.get(key):
        return True
    return bool(cited) and all(citation.source.publisher == "third-party" for citation in cited)


def _program_values(catalog: Catalog, program: Program) -> dict[str, tuple[str, ...]]:
    said = ACCREDITATION_LABELS.get(program.accreditation or "")
    return {
        "institution": (catalog.institution[program.institution].name,),
        "specialty": (catalog.specialty[program.specialty].label,),
        "kind": (KIND_LABELS[program.kind],),
        "accreditation": (said,) if said else (),
    }


def in_words(value: object) -> tuple[str, ...]:
    """Return a stored value as texts; () for nothing stated."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple(part if isinstance(part, str) else str(getattr(part, "text", part)) for part in value)
    return (str(value),)


def source_name(source: Source) -> str:
    """Return what to call a page: its title, or the host and end of its address."""
    if source.title:
        return source.title
    if not source.url:
        return source.id
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(source.url)
    last = next((part for part in reversed(unquote(parts.path).split("/")) if part), "")
    if parts.query:
        last += f"?{parts.query}"
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host} › {last.replace('-', ' ')}" if last else host


def all_citations(catalog: Catalog, program: Program) -> dict[SourceId, tuple[Citation, tuple[str, ...]]]:
    """Return every page behind a program with the names of the fields it gave; () for pages read beside them."""
    given: dict[SourceId, list[str]] = {}
    for fact in program_facts(catalog, program):
        for citation in fact.citations:
            given.setdefault(citation.source.id, []).append(fact.name)
    for statement in program.statements:
        for page in statement.source:
            given.setdefault(page, []).append(statement.what)
    for page in (*program.provenance.also_read, *program.provenance.listed_in):
        given.setdefault(page, [])
    cited = citations(catalog, program.provenance, given)
    return {citation.source.id: (citation, tuple(given[citation.source.id])) for citation in cited}


def general_requirements(catalog: Catalog, program: Program) -> tuple[GeneralRequirement, ...]:
    """Return the rules of the country and the state that apply to applicants of a program."""
    kind = "fellowship" if program.kind == "fellowship" else "residency"
    if program.kind == "other":
        return ()
    state = catalog.place_of(program)[1]
    return tuple(
        rule
        for rule in catalog.requirements
        if kind in rule.applies_to and rule.state in (None, state) and rule.institution is None
    )
