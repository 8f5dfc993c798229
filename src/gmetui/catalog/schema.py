"""Every key a data file may hold, declared once: reading, checking, showing, exporting and the guide follow from here.

A key that is missing means "not stated". `label` is what people see; `meaning` is what `data/README.md` explains.
"""

from __future__ import annotations

from collections.abc import Mapping

from .vocabulary import ACCREDITATIONS, KINDS, PUBLISHERS, ROUTES, Field, items, optional, required

PROVENANCE: tuple[Field, ...] = (
    optional("source", "pages", "Source", "page, or pages, that every field not named in `sources` was read on"),
    optional("also_read", "pages", "Also read", "further pages about the same thing"),
    optional("as_of", "text", "Speaks of", "cycle, year or state that the pages of `source` speak of"),
    optional("as_of_added", "text", "Added fields speak of", "the same for the pages named in `sources`"),
    optional(
        "third_party", "flag or names", "Third party", "true, or the fields that no page of the institution gives"
    ),
    optional("general_knowledge", "names", "General knowledge", "fields that rest on no page"),
)

PROGRAM: tuple[Field, ...] = (
    required(
        "id", "id", "Id", "lower-case letters, digits and hyphens; begins with the institution's id; never reused"
    ),
    required("name", "text", "Name", "as the institution writes it"),
    optional("institution", "id", "Institution", "only where the file has no [institution] of its own"),
    optional("other_names", "texts", "Also called", "other names that pages use"),
    required("kind", "text", "Kind", "residency, fellowship, combined (two or more specialties), other", KINDS),
    required("specialty", "id", "Specialty", "id of an entry in specialties.toml"),
    optional("specialty_as_named", "text", "Named as", "the page's word for the specialty where it differs"),
    optional("parent_specialty", "text", "Builds on", "the specialty it builds on, as the page says it"),
    optional("accreditation", "text", "Accreditation", "unknown: no page read says it", ACCREDITATIONS),
    optional("accreditation_note", "text", "Accreditation note", "who accredits, or how far it is known"),
    optional("acgme_id", "text", "ACGME id", "ten digits"),
    items("nrmp_codes", "nrmp_code", "NRMP codes", "codes of the match, with the track where it is named"),
    optional("url", "address", "Page", "the program's own page"),
    optional("campus", "text", "Campus", "where it differs from the institution's main campus"),
    optional("city", "text", "City", "where it is another than the institution's"),
    optional("state", "text", "State", "two letters, where it is another than the institution's"),
    items("joint_with", "partner", "Joint with", "partners that run the program together with the sponsor"),
    items("sites", "site_use", "Sites", "where trainees work"),
    optional("sites_note", "text", "Sites note", "what has to be said about the sites"),
    optional("length_years", "integer", "Length", "whole years"),
    optional("length_note", "text", "Length note", "what has to be said about the length"),
    optional("positions_per_year", "integer", "Positions", "places offered each year"),
    optional("positions_note", "text", "Positions note", "what has to be said about the places"),
    optional("start", "text", "Start", "when training begins"),
    items("tracks", "track", "Tracks", "categorical, preliminary, research … and areas of concentration"),
    items("curriculum", "note", "Curriculum", "parts of the training as the page groups them"),
    optional("application_service", "text", "Apply through", "ERAS, SF Match, PhORCAS, direct …"),
    optional("application_note", "text", "Application note", "what has to be said about applying"),
    optional("match", "text", "Match", "the match it takes part in"),
    items("deadlines", "deadline", "Dates", "dates and deadlines with their cycle"),
    items("visa", "visa", "Visa", "what the page says about visas"),
    items("requirements", "requirements", "Requirements", "tables of `topic` and `text`, one condition each"),
    items("highlights", "note", "Highlights", "what the page puts forward, in our words"),
    items("benefits", "benefit", "Benefits", "pay and benefits of this program"),
    optional("contact_office", "text", "Office", "the office's own address or number, never a person's"),
    items("also_listed", "note", "In the list", "other columns of a list that was brought in, as they are there"),
    items("disagreements", "disagreement", "Pages disagree", "both versions where two pages differ"),
)

INSTITUTION: tuple[Field, ...] = (
    required("id", "id", "Id", "short and lasting; the file is named after it"),
    required("name", "text", "Name", "ACGME's sponsoring institution"),
    optional("also_called", "texts", "Also called", "short names people type, the shortest first"),
    optional("flagship", "text", "Flagship", "main hospital"),
    optional("system", "text", "System", "health system it belongs to"),
    optional("city", "text", "City", "city of the main campus"),
    optional("state", "text", "State", "two letters"),
    optional("medical_school", "text", "Medical school", "affiliated school"),
    optional("url", "address", "Page", "page on graduate medical education"),
    optional("application_service", "texts", "Apply through", "services used by its programs"),
    optional("match", "texts", "Match", "matches its programs take part in"),
    items("applying", "note", "How to apply", "what is said to all who apply"),
    items("visa", "visa", "Visa", "what holds for all programs"),
    items("requirements", "requirements", "Requirements", "what is asked of every applicant"),
    items("international_graduates", "note", "International graduates", "what is said to them"),
    items("highlights", "note", "Highlights", "what it says of itself, in our words"),
    items("benefits", "benefit", "Benefits", "pay and benefits of its house staff"),
    items("system_hospitals", "site_use", "Hospitals of the system", "members of the system"),
    items("published_counts", "count", "Published counts", "how many programs and trainees pages name"),
    optional("programs_listed", "integer", "Programs listed", "how many programs its own list names"),
    optional("note", "text", "Note", "what else has to be said about it"),
    items("disagreements", "disagreement", "Pages disagree", "both versions where two pages differ"),
)

SPECIALTY: tuple[Field, ...] = (
    required("id", "id", "Id", "made from the name"),
    required("name", "text", "Name", "official name"),
    optional("display", "text", "Known as", "the name people use"),
    optional("code", "text", "Code", "ACGME code, three digits"),
    required("kind", "text", "Kind", "kind of program that trains in it", KINDS),
    optional("group", "text", "Group", "family it is listed under"),
    optional("accreditation", "text", "Accreditation", "who accredits such programs"),
    optional("parents", "texts", "Builds on", "names of the specialties it builds on or combines"),
    optional("length_years", "integer", "Length", "years, from the first postgraduate year, or of the fellowship"),
    optional("length_years_max", "integer", "Longest", "where the length varies"),
    optional("program_years", "integer", "In the program", "years, where the first year is often taken elsewhere"),
    optional("base_year", "text", "First year", "included, separate or either", ("included", "separate", "either")),
    optional("prerequisite", "text", "Prerequisite", "training that must come before"),
    optional("boards", "texts", "Boards", "certifying boards by short name (services.toml)"),
    optional("aoa_boards", "texts", "AOA boards", "osteopathic boards by short name"),
    optional("aoa_parent_board", "texts", "AOA parent board", "osteopathic board of the parent specialty"),
    optional("application", "texts", "Apply through", "application service and season"),
    optional("match", "text", "Match", "match it takes part in"),
    optional("apply_from", "text", "Apply from", "month in which applications may be sent"),
    optional("read_from", "text", "Read from", "month in which programs may read them"),
    optional("match_month", "text", "Match month", "month of the result"),
    optional("cycle", "text", "Cycle", "the year these months speak of"),
    optional("abbreviations", "texts", "Abbreviations", "short forms people type"),
    optional("synonyms", "texts", "Synonyms", "other words for it"),
    optional("variants", "texts", "Variants", "spellings that folding does not already make equal"),
    optional("names_here", "texts", "Names here", "names of programs in the founding documents"),
    optional("about", "text", "About", "one sentence, written for gmetui"),
    optional("note", "text", "Note", "what else has to be said"),
)

UNLISTED: tuple[Field, ...] = tuple(f for f in SPECIALTY if f.key in ("id", "name", "kind", "parents"))

PAGE: tuple[Field, ...] = (
    required("id", "id", "Id", "made from the address"),
    optional("url", "address", "Address", "as it was read"),
    optional("title", "text", "Title", "what the page is, where it was recorded"),
    required(
        "publisher", "text", "Publisher", "who speaks: the institution, an official body, a third party", PUBLISHERS
    ),
    optional("as_of", "text", "Speaks of", "date or cycle the page gives"),
)

SERVICE: tuple[Field, ...] = (
    required("id", "id", "Id", "made from the name"),
    required("name", "text", "Name", "short name"),
    optional("full_name", "text", "Full name", "spelt out"),
    required("role", "text", "Role", "application, match or both", ("application", "match", "both")),
    optional("about", "text", "About", "what it is used for"),
    items("dates", "deadline", "Dates", "its timetable, with its cycle"),
)

SALARY: tuple[Field, ...] = (
    required("institution", "id", "Institution", "id of the employer's institution, also one not yet in the data"),
    required("employer", "text", "Employer", "who pays, and under which contract"),
    required("year", "text", "Year", "when the table holds, as the page says it"),
    required("pgy", "pay", "Pay", "dollars a year by postgraduate year, or by the name of a level"),
    optional("note", "text", "Note", "what has to be said about the table"),
)

GENERAL: tuple[Field, ...] = (
    required("id", "id", "Id", "short and lasting"),
    required("topic", "text", "Topic", "what it is about"),
    required("applies_to", "texts", "Applies to", "residency, fellowship, rotator, visiting student, former trainee"),
    optional("state", "text", "State", "two letters, where it is a state's rule"),
    optional("institution", "text", "Institution", "where it is an institution's rule"),
    required("text", "text", "Rule", "the rule in our words"),
    optional("note", "text", "Note", "what has to be checked"),
)

STATEMENT: tuple[Field, ...] = (
    required("what", "text", "What", "mission, vision, values …"),
    required("quote", "texts", "Quote", "word for word"),
    required("source", "pages", "Source", "page it stands on"),
    optional("note", "text", "Note", "other versions, or whose statement it is"),
)

ROUTE: tuple[Field, ...] = (
    required("kind", "text", "Kind", "who comes", ROUTES),
    required("steps", "texts", "Steps", "what is asked, one step each"),
    required("source", "pages", "Source", "page it stands on"),
)

SITE: tuple[Field, ...] = (
    required("id", "id", "Id", "short and lasting"),
    required("name", "text", "Name", "the place's own name"),
    optional("also_called", "texts", "Also called", "other names that pages use"),
    optional("institution", "id", "Institution", "the sponsoring institution it belongs to, where that is in the data"),
    optional("part_of", "id", "Part of", "id of the site that it is a part of"),
    optional("city", "text", "City", "where a page says it"),
    optional("state", "text", "State", "two letters, where a page says it"),
)

AMBIGUITY: tuple[Field, ...] = (
    required("token", "text", "Short form", "as people type it"),
    required("names", "texts", "Names", "names of the specialties it may mean"),
)

EDITION: tuple[Field, ...] = (
    required("version", "text", "Version", "year and month"),
    required("date", "text", "Date", "YYYY-MM-DD"),
    optional("title", "text", "Title", "what the data covers"),
    optional("read_by", "text", "Read by", "month by which the pages were read, YYYY-MM"),
)

IMPORT: tuple[Field, ...] = (
    required("title", "text", "Title", "what the list is"),
    optional("url", "address", "Address", "where the list is published"),
    optional("as_of", "text", "Speaks of", "date or cycle of the list"),
    required("file", "text", "File", "name of the file it was read from"),
    optional("rows", "size", "Rows", "rows that were read"),
    required("programs", "size", "Programs", "programs that they made"),
    required("brought", "text", "Brought in", "YYYY-MM-DD"),
)

#: Every table of the format, by the name it has in the files.
TABLES: Mapping[str, tuple[Field, ...]] = {
    "edition": EDITION,
    "import": IMPORT,
    "institution": (*INSTITUTION, *PROVENANCE),
    "institution.statement": STATEMENT,
    "institution.route": ROUTE,
    "program": (*PROGRAM, *PROVENANCE),
    "program.statement": STATEMENT,
    "specialty": (*SPECIALTY, *PROVENANCE),
    "unlisted": (*UNLISTED, *PROVENANCE),
    "ambiguous": AMBIGUITY,
    "service": (*SERVICE, *PROVENANCE),
    "salary": (*SALARY, *PROVENANCE),
    "requirement": (*GENERAL, *PROVENANCE),
    "site": (*SITE, *PROVENANCE),
    "page": PAGE,
}
