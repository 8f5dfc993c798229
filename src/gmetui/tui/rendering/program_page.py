"""One program in full, as sections of lines: what is known, from which page and of what date, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...catalog.completeness import NAME_ONLY, completeness, named_only
from ...catalog.facts import ASIDES, NOTES, Fact, all_citations, program_facts, specialty_facts
from ...catalog.models import KIND_LABELS, Catalog, Program
from .institution_sections import write_disagreements, write_institution, write_pay, write_statements
from .page_writer import Detail, Writer
from .requirements import write_requirements
from .sources import write_sources
from .spans import Line, fit, wrap
from .value_links import about, queries_of

#: What applicants ask first; shown also when nobody states it.
_FIRST = (*("length_years", "positions_per_year", "start", "application_service", "match", "visa", "accreditation"),)
_LATER = (
    *("specialty", "specialty_as_named", "parent_specialty", "other_names", "campus", "highlights"),
    "also_listed",
)
_CODES = ("acgme_id", "nrmp_codes", "contact_office", "url")
_TRAINING = ("tracks", "sites", "sites_note", "joint_with", "curriculum")
#: Counted in "not stated either", beside what has a section of its own.
_SILENT = (*_LATER, *_TRAINING, "benefits", *_CODES)
#: When one usually applies in a specialty.
_TIMETABLE = ("apply_from", "read_from", "match_month")


def program_detail(catalog: Catalog, program: Program, width: int, least: int | None = None) -> Detail:
    """Return a program in full for a pane of `width` cells, or only its first sections, `least` lines or more.

    Writing the whole page takes three times as long as the part that is seen while one goes down a list.
    """
    writer = Writer(max(20, width))
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    sections: Mapping[str, Callable[[], None]] = {
        "Overview": lambda: _overview(writer, catalog, program, facts),
        "Requirements": lambda: write_requirements(writer, catalog, program, facts["requirements"]),
        "Dates": lambda: _dates(writer, catalog, program, facts["deadlines"]),
        "Training": lambda: _training(writer, catalog, program, facts),
        "Pay": lambda: _pay(writer, catalog, program, facts["benefits"]),
        "Mission": lambda: _mission(writer, catalog, program),
        "Institution": lambda: write_institution(writer, catalog, catalog.institution[program.institution]),
        "Sources": lambda: write_sources(writer, catalog, all_citations(catalog, program)),
    }
    titles = list(sections)
    while titles and (least is None or len(writer.lines) < least):
        sections[titles.pop(0)]()
    return writer.page(_heading(catalog, program, width), titles)


def _heading(catalog: Catalog, program: Program, width: int) -> tuple[Line, ...]:
    institution = catalog.institution[program.institution]
    place = ", ".join(filter(None, catalog.place_of(program)))
    name = wrap(program.name, width)
    lines = [((part, "title"),) for part in name[:2]]
    if len(name) > 2:
        lines[1] = ((fit(f"{name[1]} {name[2]}", width), "title"),)
    about = " · ".join(filter(None, (institution.name, KIND_LABELS[program.kind], place)))
    return (*lines, ((fit(about, width), "muted"),))


def _overview(writer: Writer, catalog: Catalog, program: Program, facts: dict[str, Fact]) -> None:
    writer.section("Overview")
    if program.provenance.third_party:
        writer.text("No page of the institution itself was found: this is what third parties say.", "warning")
    if named_only(program):
        writer.text(f"{NAME_ONLY}.", "warning")
    for label, words, query in about(catalog, program):
        writer.labelled(label, words, query)
    for key in _FIRST:
        _fact(writer, catalog, program, facts, key)
    for key in (*_LATER, *_CODES):
        if facts[key].values:
            _fact(writer, catalog, program, facts, key)
    if program.disagreements:
        writer.blank()
        write_disagreements(writer, catalog, program)
    stated, asked = completeness(catalog, program)
    writer.blank()
    writer.text(f"{stated} of {asked} things that applicants ask are stated.", "muted")
    silent = [facts[key].name for key in _SILENT if not facts[key].values and key not in ASIDES]
    if silent:
        writer.text(f"Not stated either: {', '.join(silent)}.", "unstated")


def _fact(writer: Writer, catalog: Catalog, program: Program, facts: Mapping[str, Fact], key: str) -> None:
    """Write one fact with the note that belongs to it; its values lead to programs that have them too."""
    fact, note = facts[key], facts.get(NOTES.get(key, ""))
    writer.fact(fact.label, fact.measured, fact.citations, queries=queries_of(catalog, program, key))
    if note and note.values:
        writer.fact("", note.shown, note.citations, "muted")


def _dates(writer: Writer, catalog: Catalog, program: Program, own: Fact) -> None:
    """Write the program's dates, and apart from them when one usually applies in its specialty."""
    writer.section("Dates")
    writer.fact("This program", own.shown, own.citations)
    specialty = catalog.specialty[program.specialty]
    facts = [fact for fact in specialty_facts(catalog, specialty) if fact.key in _TIMETABLE and fact.values]
    if facts:
        cycle = f", {specialty.cycle}" if specialty.cycle else ""
        writer.blank()
        writer.text(f"Usual in {specialty.label.casefold()}{cycle}, not this program's words", "strong")
    for fact in facts:
        writer.fact(fact.label, fact.shown, fact.citations)


def _training(writer: Writer, catalog: Catalog, program: Program, facts: Mapping[str, Fact]) -> None:
    writer.section("Training")
    stated = [key for key in _TRAINING if facts[key].values]
    for key in stated:
        _fact(writer, catalog, program, facts, key)
    if not stated:
        writer.text("Tracks, sites and curriculum: not stated", "unstated")

    _staying(writer, catalog, program)


def _staying(writer: Writer, catalog: Catalog, program: Program) -> None:
    """Write which programs of the same institution build on this one's specialty: where one can stay."""
    here = catalog.programs_of(program.institution)
    after = [own for own in here if program.specialty in catalog.specialty[own.specialty].parents]
    if after:
        writer.blank()
        writer.text(f"What one can stay for at {catalog.institution[program.institution].short}", "strong")
    for own in after:
        writer.link(own.name, f"id:{own.id}", "· ")


def _pay(writer: Writer, catalog: Catalog, program: Program, own: Fact) -> None:
    """Write what the program says of pay and benefits, and apart from it what its sponsor pays."""
    writer.section("Pay")
    writer.fact("This program", own.shown, own.citations)
    institution = catalog.institution[program.institution]
    if institution.benefits or any(salary.institution == institution.id for salary in catalog.salaries):
        writer.blank()
        writer.text(f"{institution.short}, for all its programs", "strong")
        write_pay(writer, catalog, institution)


def _mission(writer: Writer, catalog: Catalog, program: Program) -> None:
    writer.section("Mission")
    institution = catalog.institution[program.institution]
    if not program.statements:
        writer.fact("Of the program", (), ())
    for owner in (program, institution):
        write_statements(writer, catalog, owner)
