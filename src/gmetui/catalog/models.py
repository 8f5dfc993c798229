"""The values of the catalog: programs, institutions, specialties and the pages that describe them.

These classes are the one declaration of the model. The keys of the data files, the JSON Schema, the tables in
`data/README.md` (all by way of `schema`) and the compiled catalog follow from their annotations.

An attribute that is None or () was not found on any page: it is shown as "not stated", never as zero or "none".
"""

# Annotations are evaluated here, not deferred as in other modules: `schema` reads the keys from them at every start.

from collections.abc import Mapping
from typing import Annotated, Literal

from .annotations import Key
from .ids import InstitutionId, ProgramId, SiteId, SourceId, SpecialtyId
from .items import (
    Benefit,
    CatalogValue,
    Deadline,
    Disagreement,
    MatchCode,
    Needs,
    Note,
    Partner,
    PublishedCount,
    Requirement,
    SiteReference,
    Track,
    Visa,
)
from .kinds import Kind, Publisher
from .vocabulary import ACCREDITATIONS, APPLICANT_GROUPS, ROUTES


class Source(CatalogValue, frozen=True, kw_only=True):
    """A web page on which facts were read. Without `as_of` the page gives no date."""

    id: Annotated[SourceId, Key("Id", "made from the address")]
    url: Annotated[str | None, Key("Address", "as it was read", shape="address")] = None
    title: Annotated[str | None, Key("Title", "title of the page, where it was recorded")] = None
    publisher: Annotated[
        Publisher, Key("Publisher", "who publishes the page: the institution, an official body, a third party")
    ]
    as_of: Annotated[str | None, Key("Date", "date or cycle the page gives")] = None
    read: Annotated[str | None, Key("Last read", "month in which the page was last read, YYYY-MM")] = None
    copy_of: Annotated[str | None, Key("Copy of", "address of the page that this one copies", shape="address")] = None
    old_address: Annotated[bool, Key("Old address", "true: the site at this address was moved or retired")] = False


class Provenance(CatalogValue, frozen=True, kw_only=True):
    """The pages that a table's facts come from.

    A field's pages are those of `by_field`, else `source`. `as_of` is the date of the pages in `source`,
    `as_of_added` that of the pages in `by_field`. No page states a field in `general_knowledge`; a field in
    `third_party_fields` is a third party's statement, whatever page it was read on. `listed_in` are imported lists
    that contain the program too; each has a date of its own.
    """

    source: Annotated[
        tuple[SourceId, ...], Key("Source", "page or pages of every field that `sources` does not name")
    ] = ()
    also_read: Annotated[tuple[SourceId, ...], Key("Also read", "more pages about the same subject")] = ()
    as_of: Annotated[str | None, Key("Date", "cycle or year of the pages in `source`")] = None
    as_of_added: Annotated[str | None, Key("Date of added fields", "cycle or year of the pages in `sources`")] = None
    third_party: Annotated[
        bool,
        Key("Third party", "true, or the fields that no page of the institution states", shape="flag or names"),
    ] = False
    general_knowledge: Annotated[
        tuple[str, ...],
        Key("General knowledge", "fields that no page states; shown as “general knowledge, no source”", shape="names"),
    ] = ()
    confirmed: Annotated[
        str | None, Key("Confirmed", "month in which the facts were last compared with their pages, YYYY-MM")
    ] = None
    unconfirmed: Annotated[
        tuple[str, ...],
        Key("Unconfirmed", "fields whose page could not be compared again", shape="names"),
    ] = ()
    third_party_fields: tuple[str, ...] = ()
    by_field: Mapping[str, tuple[SourceId, ...]] = {}
    listed_in: tuple[SourceId, ...] = ()

    @property
    def pages(self) -> frozenset[SourceId]:
        """The ids of all pages that the table names."""
        return frozenset(self.source).union(self.also_read, *self.by_field.values())

    def sources_of(self, key: str) -> tuple[SourceId, ...]:
        """Return the ids of the pages that field `key` was read on; () for general knowledge."""
        sources = self.by_field.get(key)
        if sources:
            return sources
        return () if key in self.general_knowledge else self.source

    def date_of(self, source: SourceId) -> str | None:
        """Return the cycle or date this table gives for a page, or None when it gives none."""
        if source in self.listed_in:
            return None
        return self.as_of if source in self.source else self.as_of_added


class Statement(CatalogValue, frozen=True, kw_only=True):
    """An official mission, vision or values statement, quoted word for word."""

    what: Annotated[str, Key("Kind", "mission, vision, values …")]
    quote: Annotated[tuple[str, ...], Key("Quotation", "word for word")]
    source: Annotated[tuple[SourceId, ...], Key("Source", "the page quoted")]
    note: Annotated[str | None, Key("Note", "other versions, or whose statement it is")] = None


class Route(CatalogValue, frozen=True, kw_only=True):
    """How somebody who is not an applicant comes: rotator, visiting student, verification of training."""

    kind: Annotated[str, Key("Kind", "who comes", ROUTES)]
    steps: Annotated[tuple[str, ...], Key("Steps", "the requirements, one step each")]
    source: Annotated[tuple[SourceId, ...], Key("Source", "the page that describes it")]


class Program(CatalogValue, frozen=True, kw_only=True):
    """One training program at one institution."""

    id: Annotated[
        ProgramId,
        Key("Id", "lower-case letters, digits and hyphens; starts with the institution's id; never reused"),
    ]
    name: Annotated[str, Key("Name", "as the institution writes it")]
    institution: Annotated[
        InstitutionId,
        Key("Institution", "id; only in a file without an `[institution]` table", required=False),
    ]
    other_names: Annotated[tuple[str, ...], Key("Also called", "other names that pages use")] = ()
    kind: Annotated[Kind, Key("Kind", "combined: two or more specialties; other: pharmacy, nursing, psychology …")]
    specialty: Annotated[SpecialtyId, Key("Specialty", "id of an entry in specialties.toml")]
    specialty_as_named: Annotated[
        str | None, Key("Named as", "the page's word for the specialty, where it differs from the reference")
    ] = None
    parent_specialty: Annotated[str | None, Key("Builds on", "the specialty it builds on, as the page states it")] = (
        None
    )
    accreditation: Annotated[str | None, Key("Accreditation", "unknown: no page read states it", ACCREDITATIONS)] = None
    accreditation_note: Annotated[str | None, Key("Accreditation note", "who accredits it, or what is uncertain")] = (
        None
    )
    acgme_id: Annotated[str | None, Key("ACGME id", "ten digits")] = None
    nrmp_codes: Annotated[
        tuple[MatchCode, ...], Key("NRMP codes", "codes in the match, with the track where the page names it")
    ] = ()
    url: Annotated[str | None, Key("Page", "the program's own page", shape="address")] = None
    campus: Annotated[str | None, Key("Campus", "where it differs from the institution's main campus")] = None
    city: Annotated[str | None, Key("City", "where it differs from the institution's")] = None
    state: Annotated[str | None, Key("State", "two letters, where it differs from the institution's")] = None
    joint_with: Annotated[
        tuple[Partner, ...], Key("Joint with", "partners that run the program together with the sponsor")
    ] = ()
    sites: Annotated[tuple[SiteReference, ...], Key("Sites", "where trainees work")] = ()
    sites_note: Annotated[str | None, Key("Sites note", "anything else about the sites")] = None
    length_years: Annotated[int | None, Key("Length", "whole years")] = None
    length_note: Annotated[str | None, Key("Length note", "anything else about the length")] = None
    positions_per_year: Annotated[int | None, Key("Positions", "positions offered each year")] = None
    positions_note: Annotated[str | None, Key("Positions note", "anything else about the positions")] = None
    start: Annotated[str | None, Key("Start", "when training starts")] = None
    tracks: Annotated[
        tuple[Track, ...], Key("Tracks", "categorical, preliminary, research … and areas of concentration")
    ] = ()
    curriculum: Annotated[tuple[Note, ...], Key("Curriculum", "parts of the training, as the page groups them")] = ()
    own_residents: Annotated[
        tuple[Note, ...], Key("Own residents", "what the page says of places for residents of the same institution")
    ] = ()
    application_service: Annotated[
        str | None, Key("Apply through", "ERAS, SF Match, PhORCAS, direct …; remarks in brackets or after a semicolon")
    ] = None
    application_note: Annotated[str | None, Key("Application note", "anything else about applying")] = None
    match: Annotated[str | None, Key("Match", "the match it takes part in")] = None
    deadlines: Annotated[tuple[Deadline, ...], Key("Dates", "dates and deadlines with their cycle")] = ()
    visa: Annotated[tuple[Visa, ...], Key("Visa", "what the page states about visas")] = ()
    requirements: Annotated[
        tuple[Requirement, ...], Key("Requirements", "tables of `topic` and `text`, one condition each")
    ] = ()
    highlights: Annotated[tuple[Note, ...], Key("Highlights", "what the page emphasizes, in our words")] = ()
    benefits: Annotated[tuple[Benefit, ...], Key("Benefits", "pay and benefits of this program")] = ()
    contact_office: Annotated[str | None, Key("Office", "the office's own address or number, never a person's")] = None
    also_listed: Annotated[
        tuple[Note, ...], Key("In the list", "other columns of an imported list, unchanged; not used in these files")
    ] = ()
    disagreements: Annotated[
        tuple[Disagreement, ...], Key("Pages disagree", "both versions where two pages differ")
    ] = ()
    provenance: Provenance
    statements: tuple[Statement, ...] = ()


class Institution(CatalogValue, frozen=True, kw_only=True):
    """A sponsoring institution, with the facts that hold for all its programs."""

    id: Annotated[InstitutionId, Key("Id", "short and permanent; the file has the same name")]
    name: Annotated[str, Key("Name", "the sponsoring institution's name at the ACGME")]
    also_called: Annotated[
        tuple[str, ...], Key("Also called", "short names people type; the first one is shown in narrow columns")
    ] = ()
    flagship: Annotated[str | None, Key("Flagship", "main hospital")] = None
    system: Annotated[str | None, Key("System", "the health system it belongs to")] = None
    city: Annotated[str | None, Key("City", "city of the main campus")] = None
    state: Annotated[str | None, Key("State", "two letters")] = None
    medical_school: Annotated[str | None, Key("Medical school", "affiliated medical school")] = None
    url: Annotated[str | None, Key("Page", "page on graduate medical education", shape="address")] = None
    application_service: Annotated[
        tuple[str, ...], Key("Apply through", "application services that its programs use")
    ] = ()
    match: Annotated[tuple[str, ...], Key("Match", "matches that its programs take part in")] = ()
    applying: Annotated[tuple[Note, ...], Key("How to apply", "instructions to all applicants")] = ()
    visa: Annotated[tuple[Visa, ...], Key("Visa", "what holds for all programs")] = ()
    requirements: Annotated[tuple[Requirement, ...], Key("Requirements", "conditions for every applicant")] = ()
    international_graduates: Annotated[tuple[Note, ...], Key("International graduates", "information for them")] = ()
    highlights: Annotated[tuple[Note, ...], Key("Highlights", "what it emphasizes, in our words")] = ()
    benefits: Annotated[tuple[Benefit, ...], Key("Benefits", "pay and benefits of its house staff")] = ()
    system_hospitals: Annotated[tuple[SiteReference, ...], Key("Hospitals of the system", "members of the system")] = ()
    published_counts: Annotated[
        tuple[PublishedCount, ...], Key("Published counts", "numbers of programs and trainees that pages state")
    ] = ()
    programs_listed: Annotated[
        int | None, Key("Programs listed", "number of programs on the institution's own list")
    ] = None
    note: Annotated[str | None, Key("Note", "anything else about it")] = None
    disagreements: Annotated[
        tuple[Disagreement, ...], Key("Pages disagree", "both versions where two pages differ")
    ] = ()
    provenance: Provenance
    statements: tuple[Statement, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def short_name(self) -> str:
        """The name that fits a column: "MGH", "Tufts"."""
        return self.also_called[0] if self.also_called else self.name


class Specialty(CatalogValue, frozen=True, kw_only=True):
    """An entry of the closed reference, or (`listed` false) one that only programs name."""

    id: Annotated[SpecialtyId, Key("Id", "made from the name")]
    name: Annotated[str, Key("Name", "official name")]
    display: Annotated[str | None, Key("Known as", "the name people use, where it differs")] = None
    code: Annotated[str | None, Key("Code", "ACGME code, three digits")] = None
    kind: Annotated[Kind, Key("Kind", "kind of program that trains in it")]
    group: Annotated[str | None, Key("Group", "family it is listed under")] = None
    accreditation: Annotated[str | None, Key("Accreditation", "who accredits such programs")] = None
    parents: Annotated[
        tuple[SpecialtyId, ...],
        Key("Builds on", "names of the specialties it builds on or combines", shape="texts"),
    ] = ()
    length_years: Annotated[
        int | None, Key("Length", "years, from the first postgraduate year, or of the fellowship")
    ] = None
    length_years_max: Annotated[int | None, Key("Longest", "where the length varies")] = None
    length_after: Annotated[
        Mapping[str, int],
        Key(
            "Length after",
            "years after one of the specialties it builds on, by its id, where they differ from the length",
        ),
    ] = {}
    program_years: Annotated[
        int | None, Key("In the program", "years, where the first year is often taken elsewhere")
    ] = None
    base_year: Annotated[
        Literal["included", "separate", "either"] | None,
        Key("First year", "separate: a preliminary or transitional year comes first"),
    ] = None
    prerequisite: Annotated[str | None, Key("Prerequisite", "training that must come before")] = None
    needs: Annotated[Needs | None, Key("Conditions", "what of the prerequisite can be tested")] = None
    boards: Annotated[tuple[str, ...], Key("Boards", "certifying boards by short name (services.toml)")] = ()
    aoa_boards: Annotated[tuple[str, ...], Key("AOA boards", "osteopathic boards by short name")] = ()
    aoa_parent_board: Annotated[
        tuple[str, ...], Key("AOA parent board", "osteopathic board of the parent specialty")
    ] = ()
    application: Annotated[tuple[str, ...], Key("Apply through", "application service and season")] = ()
    match: Annotated[str | None, Key("Match", "match it takes part in")] = None
    application_ids: Annotated[
        tuple[str, ...],
        Key("Application services", "ids in services.toml; left out: those that `application` names", shape="ids"),
    ] = ()
    match_ids: Annotated[
        tuple[str, ...], Key("Matches", "ids in services.toml; left out: the one that `match` names", shape="ids")
    ] = ()
    apply_from: Annotated[str | None, Key("Applications open", "month in which applications open")] = None
    read_from: Annotated[
        str | None, Key("Programs review from", "month in which programs may start to review them")
    ] = None
    match_month: Annotated[str | None, Key("Match month", "month of the result")] = None
    cycle: Annotated[str | None, Key("Cycle", "the year of these months")] = None
    abbreviations: Annotated[tuple[str, ...], Key("Abbreviations", "short forms people type")] = ()
    synonyms: Annotated[tuple[str, ...], Key("Synonyms", "other names for it")] = ()
    variants: Annotated[
        tuple[str, ...],
        Key("Variants", "spellings that search does not already treat as equal (case, plural, British, punctuation)"),
    ] = ()
    names_here: Annotated[
        tuple[str, ...], Key("Names here", "names of programs in the documents gmetui started from")
    ] = ()
    about: Annotated[str | None, Key("About", "one sentence, written for gmetui")] = None
    note: Annotated[str | None, Key("Note", "anything else about it")] = None
    provenance: Provenance
    listed: bool = True

    @property
    def label(self) -> str:
        """The name people know it by: "Cardiology" for cardiovascular disease."""
        return self.display or self.name

    @property
    def builds_on(self) -> tuple[SpecialtyId, ...]:
        """The specialties that come before it: none for a combined residency, whose parents are its components."""
        return () if self.kind == "combined" else self.parents


class Service(CatalogValue, frozen=True, kw_only=True):
    """An application service or match (ERAS, NRMP, SF Match, PhORCAS …)."""

    id: Annotated[str, Key("Id", "made from the name", shape="id")]
    name: Annotated[str, Key("Name", "short name")]
    also_called: Annotated[
        tuple[str, ...], Key("Also called", "other names, as `application` and `match` of specialties use them")
    ] = ()
    full_name: Annotated[str | None, Key("Full name", "spelled out")] = None
    role: Annotated[str, Key("Role", "what it does", ("application", "match", "both", "certification", "electives"))]
    about: Annotated[str | None, Key("About", "what it is used for")] = None
    dates: Annotated[tuple[Deadline, ...], Key("Dates", "its timetable, with the cycle")] = ()
    provenance: Provenance


class Site(CatalogValue, frozen=True, kw_only=True):
    """A hospital, clinic or campus where trainees work, shared by any number of programs."""

    id: Annotated[SiteId, Key("Id", "short and permanent")]
    name: Annotated[str, Key("Name", "the place's own name")]
    also_called: Annotated[tuple[str, ...], Key("Also called", "other names that pages use")] = ()
    institution: Annotated[
        InstitutionId | None, Key("Institution", "the sponsoring institution it belongs to, if the data has it")
    ] = None
    part_of: Annotated[SiteId | None, Key("Part of", "id of the site that it is a part of")] = None
    city: Annotated[str | None, Key("City", "where a page states it")] = None
    state: Annotated[str | None, Key("State", "two letters, where a page states it")] = None
    provenance: Provenance


class Salary(CatalogValue, frozen=True, kw_only=True):
    """One employer's pay in one year: dollars a year by postgraduate year ("1" … "8") or by the name of a level."""

    institution: Annotated[
        InstitutionId, Key("Institution", "id of the employer's institution, even if the data does not have it yet")
    ]
    employer: Annotated[str, Key("Employer", "who pays, and under which contract")]
    year: Annotated[str, Key("Year", "when the scale is valid, as the page states it")]
    pgy: Annotated[Mapping[str, float], Key("Pay", "dollars a year by postgraduate year, or by the name of a level")]
    note: Annotated[str | None, Key("Note", "anything else about the scale")] = None
    provenance: Provenance

    @property
    def levels(self) -> tuple[tuple[str, float], ...]:
        """Each level as people call it ("PGY-1"), with its dollars a year."""
        return tuple((f"PGY-{level}" if level.isdecimal() else level, dollars) for level, dollars in self.pgy.items())


class GeneralRequirement(CatalogValue, frozen=True, kw_only=True):
    """A rule of US graduate medical education, of a state or of an institution, in our words."""

    id: Annotated[str, Key("Id", "short and permanent", shape="id")]
    topic: Annotated[str, Key("Topic", "subject of the rule")]
    applies_to: Annotated[
        tuple[str, ...], Key("Applies to", "residency, fellowship, rotator, visiting student, former trainee")
    ]
    state: Annotated[str | None, Key("State", "two letters, where it is a state's rule")] = None
    institution: Annotated[str | None, Key("Institution", "where it is an institution's rule")] = None
    text: Annotated[str, Key("Rule", "the rule in our words")]
    note: Annotated[str | None, Key("Note", "what to verify")] = None
    applicants: Annotated[
        str | None, Key("Applicants", "whom it binds; left out: every applicant", APPLICANT_GROUPS)
    ] = None
    needs: Annotated[Needs | None, Key("Conditions", "what of the rule can be tested")] = None
    provenance: Provenance


class Ambiguity(CatalogValue, frozen=True, kw_only=True):
    """A short form that stands for more than one specialty."""

    token: Annotated[str, Key("Short form", "as people type it")]
    names: Annotated[tuple[str, ...], Key("Names", "names of the specialties it may stand for")]


class Edition(CatalogValue, frozen=True, kw_only=True):
    """The version and date of a set of data."""

    version: Annotated[str, Key("Version", "year and month")]
    date: Annotated[str, Key("Date", "YYYY-MM-DD")]
    title: Annotated[str | None, Key("Title", "what the data covers")] = None
    read_by: Annotated[str | None, Key("Read by", "month by which the pages were read, YYYY-MM")] = None
