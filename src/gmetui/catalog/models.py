"""What the catalog holds: programs, institutions, specialties and the pages that say so, as frozen values.

They are named tuples: defining them takes 5 ms where frozen dataclasses took 17, which is felt at every start.
An attribute that is None or () was not found on any page: it is shown as "not stated", never as zero or "none".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import Literal, NamedTuple, NewType

from .items import Benefit, Count, Deadline, Disagreement, MatchCode, Note, Partner, Requirement, SiteUse, Track, Visa

ProgramId = NewType("ProgramId", str)
InstitutionId = NewType("InstitutionId", str)
SpecialtyId = NewType("SpecialtyId", str)
SiteId = NewType("SiteId", str)
SourceId = NewType("SourceId", str)

Kind = Literal["residency", "fellowship", "combined", "other"]
Publisher = Literal["institution", "official", "third-party"]

KIND_LABELS: Mapping[str, str] = {
    "residency": "Residency",
    "fellowship": "Fellowship",
    "combined": "Combined residency",
    "other": "Other training",
}
PUBLISHER_LABELS: Mapping[str, str] = {
    "institution": "the institution's own page",
    "official": "an official body",
    "third-party": "a third party",
}
ACCREDITATION_LABELS: Mapping[str, str] = {
    "acgme": "ACGME-accredited",
    "non-acgme": "Not ACGME-accredited",
    "other": "Another accreditor",
}


class Source(NamedTuple):
    """A page on which facts were read. No `as_of` means that the page gives no date."""

    id: SourceId
    publisher: Publisher
    url: str | None = None
    title: str | None = None
    as_of: str | None = None


class Provenance(NamedTuple):
    """Which pages a table's facts come from.

    A field's pages are those of `by_field`, else `source`. `as_of` is what the pages of `source` speak of,
    `as_of_added` what the pages of `by_field` speak of. A field in `general_knowledge` rests on no page; one in
    `third_party_fields` is what a third party says, whatever page it was read on. `listed_in` are lists that a person
    brought in and that have the program too; each has a date of its own.
    """

    source: tuple[SourceId, ...] = ()
    by_field: Mapping[str, tuple[SourceId, ...]] = MappingProxyType({})
    also_read: tuple[SourceId, ...] = ()
    as_of: str | None = None
    as_of_added: str | None = None
    third_party: bool = False
    third_party_fields: tuple[str, ...] = ()
    general_knowledge: tuple[str, ...] = ()
    listed_in: tuple[SourceId, ...] = ()

    def pages(self, key: str) -> tuple[SourceId, ...]:
        """Return the ids of the pages that field `key` was read on; () for general knowledge."""
        named = self.by_field.get(key)
        if named:
            return named
        return () if key in self.general_knowledge else self.source

    def speaks_of(self, page: SourceId) -> str | None:
        """Return the cycle or date this table gives for `page`, or None when it gives none."""
        if page in self.listed_in:
            return None
        return self.as_of if page in self.source else self.as_of_added


class Statement(NamedTuple):
    """An official mission, vision or values statement, quoted word for word."""

    what: str
    quote: tuple[str, ...]
    source: tuple[SourceId, ...]
    note: str | None = None


class Route(NamedTuple):
    """How somebody who is not an applicant comes: rotator, visiting student, verification of training."""

    kind: str
    steps: tuple[str, ...]
    source: tuple[SourceId, ...]


class Program(NamedTuple):
    """One training program at one institution."""

    id: ProgramId
    institution: InstitutionId
    name: str
    kind: Kind
    specialty: SpecialtyId
    provenance: Provenance
    other_names: tuple[str, ...] = ()
    specialty_as_named: str | None = None
    parent_specialty: str | None = None
    accreditation: str | None = None
    accreditation_note: str | None = None
    acgme_id: str | None = None
    nrmp_codes: tuple[MatchCode, ...] = ()
    url: str | None = None
    campus: str | None = None
    city: str | None = None
    state: str | None = None
    joint_with: tuple[Partner, ...] = ()
    sites: tuple[SiteUse, ...] = ()
    sites_note: str | None = None
    length_years: int | None = None
    length_note: str | None = None
    positions_per_year: int | None = None
    positions_note: str | None = None
    start: str | None = None
    tracks: tuple[Track, ...] = ()
    curriculum: tuple[Note, ...] = ()
    application_service: str | None = None
    application_note: str | None = None
    match: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    visa: tuple[Visa, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    highlights: tuple[Note, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    contact_office: str | None = None
    also_listed: tuple[Note, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    statements: tuple[Statement, ...] = ()


class Institution(NamedTuple):
    """A sponsoring institution with what holds for all its programs."""

    id: InstitutionId
    name: str
    provenance: Provenance
    also_called: tuple[str, ...] = ()
    flagship: str | None = None
    system: str | None = None
    city: str | None = None
    state: str | None = None
    medical_school: str | None = None
    url: str | None = None
    application_service: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    applying: tuple[Note, ...] = ()
    visa: tuple[Visa, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    international_graduates: tuple[Note, ...] = ()
    highlights: tuple[Note, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    system_hospitals: tuple[SiteUse, ...] = ()
    published_counts: tuple[Count, ...] = ()
    programs_listed: int | None = None
    note: str | None = None
    disagreements: tuple[Disagreement, ...] = ()
    statements: tuple[Statement, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def short(self) -> str:
        """The name that fits a column: "MGH", "Tufts"."""
        return self.also_called[0] if self.also_called else self.name


class Specialty(NamedTuple):
    """An entry of the closed reference, or (`listed` false) one that only programs name."""

    id: SpecialtyId
    name: str
    kind: Kind
    provenance: Provenance
    listed: bool = True
    display: str | None = None
    code: str | None = None
    group: str | None = None
    accreditation: str | None = None
    parents: tuple[SpecialtyId, ...] = ()
    length_years: int | None = None
    length_years_max: int | None = None
    program_years: int | None = None
    base_year: str | None = None
    prerequisite: str | None = None
    boards: tuple[str, ...] = ()
    aoa_boards: tuple[str, ...] = ()
    aoa_parent_board: tuple[str, ...] = ()
    application: tuple[str, ...] = ()
    match: str | None = None
    apply_from: str | None = None
    read_from: str | None = None
    match_month: str | None = None
    cycle: str | None = None
    abbreviations: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    names_here: tuple[str, ...] = ()
    about: str | None = None
    note: str | None = None

    @property
    def label(self) -> str:
        """The name people know it by: "Cardiology" for cardiovascular disease."""
        return self.display or self.name


class Service(NamedTuple):
    """An application service or match (ERAS, NRMP, SF Match, PhORCAS …)."""

    id: str
    name: str
    role: str
    provenance: Provenance
    full_name: str | None = None
    about: str | None = None
    dates: tuple[Deadline, ...] = ()


class Site(NamedTuple):
    """A hospital, clinic or campus where trainees work, shared by any number of programs."""

    id: SiteId
    name: str
    provenance: Provenance
    also_called: tuple[str, ...] = ()
    institution: str | None = None
    part_of: str | None = None
    city: str | None = None
    state: str | None = None


class Salary(NamedTuple):
    """One employer's pay in one year: dollars a year by postgraduate year ("1" … "8") or by the name of a level."""

    institution: InstitutionId
    employer: str
    year: str
    pgy: Mapping[str, float]
    provenance: Provenance
    note: str | None = None

    @property
    def levels(self) -> tuple[tuple[str, float], ...]:
        """Each level as people call it ("PGY-1"), with its dollars a year."""
        return tuple((f"PGY-{own}" if own.isdecimal() else own, dollars) for own, dollars in self.pgy.items())


class GeneralRequirement(NamedTuple):
    """A rule of US graduate medical education, of a state or of an institution, in our words."""

    id: str
    topic: str
    text: str
    applies_to: tuple[str, ...]
    provenance: Provenance
    state: str | None = None
    institution: str | None = None
    note: str | None = None


class Ambiguity(NamedTuple):
    """A short form that means more than one specialty."""

    token: str
    names: tuple[str, ...]


class Edition(NamedTuple):
    """The version and date of a set of data; `read_by` is the month by which its pages were read."""

    version: str
    date: str
    title: str | None = None
    read_by: str | None = None


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything gmetui knows, in its fixed order. Never changes while the program runs."""

    edition: Edition
    institutions: tuple[Institution, ...]
    programs: tuple[Program, ...]
    specialties: tuple[Specialty, ...]
    services: tuple[Service, ...] = ()
    salaries: tuple[Salary, ...] = ()
    requirements: tuple[GeneralRequirement, ...] = ()
    sources: tuple[Source, ...] = ()
    boards: Mapping[str, str] = field(default_factory=dict)
    ambiguities: tuple[Ambiguity, ...] = ()
    sites: tuple[Site, ...] = ()

    @cached_property
    def program(self) -> Mapping[str, Program]:
        """Programs by id."""
        return {program.id: program for program in self.programs}

    @cached_property
    def institution(self) -> Mapping[str, Institution]:
        """Institutions by id."""
        return {institution.id: institution for institution in self.institutions}

    @cached_property
    def specialty(self) -> Mapping[str, Specialty]:
        """Specialties by id, the unlisted ones too."""
        return {specialty.id: specialty for specialty in self.specialties}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Pages by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def site(self) -> Mapping[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def institution_labels(self) -> Mapping[str, str]:
        """What to call institutions beside each other: by name, or otherwise where that begins with another's."""
        names = {own.name for own in self.institutions}
        starts = {own.id: accumulate(own.name.split(" ")[:-1], "{} {}".format) for own in self.institutions}
        alike = {own for own, begun in starts.items() if names & set(begun)}
        called = ((own.id, max(own.also_called, key=len, default=own.name), own.name) for own in self.institutions)
        return {own: short if own in alike else name for own, short, name in called}

    @cached_property
    def has_lists(self) -> bool:
        """Whether lists of programs that a person brought in are part of it; each has a date of its own."""
        return any(program.provenance.listed_in for program in reversed(self.programs))

    @cached_property
    def partners(self) -> Mapping[str, tuple[InstitutionId, ...]]:
        """By program id, the institutions in the data that run it together with the one it stands under."""
        found: dict[str, tuple[InstitutionId, ...]] = {}
        for program in self.programs:
            owners = (self._owner(SiteId(site)) for partner in program.joint_with for site in partner.site)
            others = dict.fromkeys(own for own in owners if own is not None and own != program.institution)
            if others:
                found[program.id] = tuple(others)
        return found

    def _owner(self, site: SiteId) -> InstitutionId | None:
        """Return the institution that a site, or the site it is a part of, belongs to."""
        seen = set()
        while site not in seen and site in self.site:
            seen.add(site)
            own = self.site[site]
            if own.institution in self.institution:
                return InstitutionId(str(own.institution))
            site = SiteId(own.part_of or "")
        return None

    def place_of(self, program: Program) -> tuple[str | None, str | None]:
        """Return city and state of a program: its own where they are others than its institution's."""
        home = self.institution[program.institution]
        if program.city or program.state:
            return program.city, program.state or home.state
        return home.city, home.state

    def institutions_of(self, program: Program) -> tuple[InstitutionId, ...]:
        """Return the institution that a program stands under, and then its partners."""
        return (program.institution, *self.partners.get(program.id, ()))

    def sponsored_by(self, institution: str) -> tuple[Program, ...]:
        """Return the programs that stand under `institution`."""
        return tuple(program for program in self.programs_of(institution) if program.institution == institution)

    def programs_of(self, institution: str) -> tuple[Program, ...]:
        """Return the programs that `institution` sponsors or runs together with another."""
        return tuple(self._run_by.get(institution, ()))

    @cached_property
    def _run_by(self) -> Mapping[str, list[Program]]:
        found: dict[str, list[Program]] = {}
        for program in self.programs:
            for own in self.institutions_of(program):
                found.setdefault(own, []).append(program)
        return found


#: What there is before anything was read.
NO_PROGRAMS = Catalog(Edition("", ""), (), (), ())
