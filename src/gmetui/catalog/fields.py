"""Every key a data file may hold, declared once: reading, checking, showing, exporting and the guide follow from here.

A key that is missing means "not stated". `label` is what people see; `meaning` is what `data/README.md` explains.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Shape = Literal["text", "texts", "id", "address", "integer", "flag", "requirements", "names", "pages", "pay"]

KINDS = ("residency", "fellowship", "combined", "other")
ACCREDITATIONS = ("acgme", "non-acgme", "other", "unknown")
PUBLISHERS = ("institution", "official", "third-party")
TOPICS = (
    "degree",
    "prior training",
    "examination",
    "letters",
    "documents",
    "licence",
    "visa",
    "international graduates",
    "recency",
    "clinical experience",
    "language",
    "application",
    "selection",
    "other",
)


class Field(NamedTuple):
    """One key: what shape its value has, what it is called on screen and what it means."""

    key: str
    shape: Shape
    label: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()


def _f(key: str, shape: Shape, label: str, meaning: str, choices: tuple[str, ...] = ()) -> Field:
    return Field(key, shape, label, meaning, choices=choices)


def _r(key: str, shape: Shape, label: str, meaning: str, choices: tuple[str, ...] = ()) -> Field:
    return Field(key, shape, label, meaning, required=True, choices=choices)


PROVENANCE: tuple[Field, ...] = (
    _f("source", "pages", "Source", "page, or pages, that every field not named in `sources` was read on"),
    _f("also_read", "pages", "Also read", "further pages about the same thing"),
    _f("as_of", "text", "Speaks of", "cycle, year or state that the pages of `source` speak of"),
    _f("as_of_added", "text", "Added fields speak of", "the same for the pages named in `sources`"),
    _f("third_party", "flag", "Third party", "true: no page of the institution itself was found for this table"),
    _f("general_knowledge", "names", "General knowledge", "fields that rest on no page"),
)

PROGRAM: tuple[Field, ...] = (
    _r("id", "id", "Id", "lower-case letters, digits and hyphens; begins with the institution's id; never reused"),
    _r("name", "text", "Name", "as the institution writes it"),
    _f("institution", "id", "Institution", "only where the file has no [institution] of its own"),
    _f("other_names", "texts", "Also called", "other names that pages use"),
    _r("kind", "text", "Kind", "residency, fellowship, combined (two or more specialties), other", KINDS),
    _r("specialty", "id", "Specialty", "id of an entry in specialties.toml"),
    _f("specialty_as_named", "text", "Named as", "the page's word for the specialty where it differs"),
    _f("parent_specialty", "text", "Builds on", "the specialty it builds on, as the page says it"),
    _f("accreditation", "text", "Accreditation", "unknown: no page read says it", ACCREDITATIONS),
    _f("accreditation_note", "text", "Accreditation note", "who accredits, or how far it is known"),
    _f("acgme_id", "text", "ACGME id", "ten digits"),
    _f("nrmp_codes", "texts", "NRMP codes", "codes of the match, with the track where it is named"),
    _f("url", "address", "Page", "the program's own page"),
    _f("campus", "text", "Campus", "where it differs from the institution's main campus"),
    _f("joint_with", "texts", "Joint with", "partners that run the program together with the sponsor"),
    _f("sites", "texts", "Sites", "where trainees work"),
    _f("sites_note", "text", "Sites note", "what has to be said about the sites"),
    _f("length_years", "integer", "Length", "whole years"),
    _f("length_note", "text", "Length note", "what has to be said about the length"),
    _f("positions_per_year", "integer", "Positions", "places offered each year"),
    _f("positions_note", "text", "Positions note", "what has to be said about the places"),
    _f("start", "text", "Start", "when training begins"),
    _f("tracks", "texts", "Tracks", "categorical, preliminary, research … and areas of concentration"),
    _f("curriculum", "texts", "Curriculum", "parts of the training as the page groups them"),
    _f("application_service", "text", "Apply through", "ERAS, SF Match, PhORCAS, direct …"),
    _f("application_note", "text", "Application note", "what has to be said about applying"),
    _f("match", "text", "Match", "the match it takes part in"),
    _f("deadlines", "texts", "Dates", "dates and deadlines with their cycle"),
    _f("visa", "texts", "Visa", "what the page says about visas"),
    _f("requirements", "requirements", "Requirements", "tables of `topic` and `text`, one condition each"),
    _f("highlights", "texts", "Highlights", "what the page puts forward, in our words"),
    _f("benefits", "texts", "Benefits", "pay and benefits of this program"),
    _f("contact_office", "text", "Office", "the office's own address or number, never a person's"),
    _f("disagreements", "texts", "Pages disagree", "both versions where two pages differ"),
)

INSTITUTION: tuple[Field, ...] = (
    _r("id", "id", "Id", "short and lasting; the file is named after it"),
    _r("name", "text", "Name", "ACGME's sponsoring institution"),
    _f("also_called", "texts", "Also called", "short names people type, the shortest first"),
    _f("flagship", "text", "Flagship", "main hospital"),
    _f("system", "text", "System", "health system it belongs to"),
    _f("city", "text", "City", "city of the main campus"),
    _f("state", "text", "State", "two letters"),
    _f("medical_school", "text", "Medical school", "affiliated school"),
    _f("url", "address", "Page", "page on graduate medical education"),
    _f("application_service", "texts", "Apply through", "services used by its programs"),
    _f("match", "texts", "Match", "matches its programs take part in"),
    _f("visa", "texts", "Visa", "what holds for all programs"),
    _f("requirements", "requirements", "Requirements", "what is asked of every applicant"),
    _f("international_graduates", "texts", "International graduates", "what is said to them"),
    _f("highlights", "texts", "Highlights", "what it says of itself, in our words"),
    _f("benefits", "texts", "Benefits", "pay and benefits of its house staff"),
    _f("system_hospitals", "texts", "Hospitals of the system", "members of the system"),
    _f("published_counts", "texts", "Published counts", "how many programs and trainees pages name"),
    _f("programs_listed", "integer", "Programs listed", "how many programs its own list names"),
    _f("disagreements", "texts", "Pages disagree", "both versions where two pages differ"),
)

SPECIALTY: tuple[Field, ...] = (
    _r("id", "id", "Id", "made from the name"),
    _r("name", "text", "Name", "official name"),
    _f("display", "text", "Known as", "the name people use"),
    _f("code", "text", "Code", "ACGME code, three digits"),
    _r("kind", "text", "Kind", "kind of program that trains in it", KINDS),
    _f("group", "text", "Group", "family it is listed under"),
    _f("accreditation", "text", "Accreditation", "who accredits such programs"),
    _f("parents", "texts", "Builds on", "names of the specialties it builds on or combines"),
    _f("length_years", "integer", "Length in years", "from the first postgraduate year, or of the fellowship"),
    _f("length_years_max", "integer", "Longest", "where the length varies"),
    _f("program_years", "integer", "Years in the program", "where the first year is often taken elsewhere"),
    _f("base_year", "text", "First year", "included, separate or either", ("included", "separate", "either")),
    _f("prerequisite", "text", "Prerequisite", "training that must come before"),
    _f("boards", "texts", "Boards", "certifying boards by short name (services.toml)"),
    _f("aoa_boards", "texts", "AOA boards", "osteopathic boards by short name"),
    _f("aoa_parent_board", "texts", "AOA parent board", "osteopathic board of the parent specialty"),
    _f("application", "texts", "Apply through", "application service and season"),
    _f("match", "text", "Match", "match it takes part in"),
    _f("apply_from", "text", "Apply from", "month in which applications may be sent"),
    _f("read_from", "text", "Read from", "month in which programs may read them"),
    _f("match_month", "text", "Match month", "month of the result"),
    _f("cycle", "text", "Cycle", "the year these months speak of"),
    _f("abbreviations", "texts", "Abbreviations", "short forms people type"),
    _f("synonyms", "texts", "Synonyms", "other words for it"),
    _f("variants", "texts", "Variants", "spellings that folding does not already make equal"),
    _f("names_here", "texts", "Names here", "names of programs in the founding documents"),
    _f("about", "text", "About", "one sentence, written for gmetui"),
    _f("note", "text", "Note", "what else has to be said"),
)

UNLISTED: tuple[Field, ...] = tuple(f for f in SPECIALTY if f.key in ("id", "name", "kind", "parents"))

PAGE: tuple[Field, ...] = (
    _r("id", "id", "Id", "made from the address"),
    _f("url", "address", "Address", "as it was read"),
    _f("title", "text", "Title", "what the page is, where it was recorded"),
    _r("publisher", "text", "Publisher", "who speaks: the institution, an official body, a third party", PUBLISHERS),
    _f("as_of", "text", "Speaks of", "date or cycle the page gives"),
)

SERVICE: tuple[Field, ...] = (
    _r("id", "id", "Id", "made from the name"),
    _r("name", "text", "Name", "short name"),
    _f("full_name", "text", "Full name", "spelt out"),
    _r("role", "text", "Role", "application, match or both", ("application", "match", "both")),
    _f("about", "text", "About", "what it is used for, with dates and their cycle"),
)

SALARY: tuple[Field, ...] = (
    _r("institution", "id", "Institution", "id of the employer's institution, also one not yet in the data"),
    _r("employer", "text", "Employer", "who pays, and under which contract"),
    _r("year", "text", "Year", "when the table holds, as the page says it"),
    _r("pgy", "pay", "Pay", "dollars a year by postgraduate year"),
    _f("note", "text", "Note", "what has to be said about the table"),
)

GENERAL: tuple[Field, ...] = (
    _r("id", "id", "Id", "short and lasting"),
    _r("topic", "text", "Topic", "what it is about"),
    _r("applies_to", "texts", "Applies to", "residency, fellowship, rotator, visiting student, former trainee"),
    _f("state", "text", "State", "two letters, where it is a state's rule"),
    _f("institution", "text", "Institution", "where it is an institution's rule"),
    _r("text", "text", "Rule", "the rule in our words"),
    _f("note", "text", "Note", "what has to be checked"),
)

STATEMENT: tuple[Field, ...] = (
    _r("what", "text", "What", "mission, vision, values …"),
    _r("quote", "texts", "Quote", "word for word"),
    _r("source", "pages", "Source", "page it stands on"),
    _f("note", "text", "Note", "other versions, or whose statement it is"),
)

ROUTE: tuple[Field, ...] = (
    _r("kind", "text", "Kind", "rotator, visiting student, verification of training"),
    _r("steps", "texts", "Steps", "what is asked, one step each"),
    _r("source", "pages", "Source", "page it stands on"),
)

REQUIREMENT: tuple[Field, ...] = (
    _r("topic", "text", "Topic", "what it is about", TOPICS),
    _r("text", "text", "Text", "the condition in our words"),
)

AMBIGUITY: tuple[Field, ...] = (
    _r("token", "text", "Short form", "as people type it"),
    _r("names", "texts", "Names", "names of the specialties it may mean"),
)

EDITION: tuple[Field, ...] = (
    _r("version", "text", "Version", "year and month"),
    _r("date", "text", "Date", "YYYY-MM-DD"),
    _f("title", "text", "Title", "what the data covers"),
    _f("read_by", "text", "Read by", "month by which the pages were read, YYYY-MM"),
)

#: Every table of the format, by the name it has in the files.
TABLES: Mapping[str, tuple[Field, ...]] = {
    "edition": EDITION,
    "institution": (*INSTITUTION, *PROVENANCE),
    "institution.statement": STATEMENT,
    "institution.route": ROUTE,
    "program": (*PROGRAM, *PROVENANCE),
    "program.statement": STATEMENT,
    "requirements": REQUIREMENT,
    "specialty": (*SPECIALTY, *PROVENANCE),
    "unlisted": (*UNLISTED, *PROVENANCE),
    "ambiguous": AMBIGUITY,
    "service": (*SERVICE, *PROVENANCE),
    "salary": (*SALARY, *PROVENANCE),
    "requirement": (*GENERAL, *PROVENANCE),
    "page": PAGE,
}
