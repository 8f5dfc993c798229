"""The page of a ladder: where it starts, every rung that builds on it, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..planning.ladder import Branch, Ladder, Rung, branches_of
from ..planning.ladder_paths import branch_end
from ..text import plural
from .document import Block, Document, FactRow, Link, Paragraph, Section, Table, TableRow, Value
from .fact_rows import RecordFacts
from .institution_document import section_sources
from .ladder_words import (
    FIRST_YEAR_ELSEWHERE,
    FULL_TIME_NOTE,
    GENERAL_MARK,
    GENERAL_NOTE,
    NO_PROMISE_NOTE,
    SWITCHING_NOTE,
    TRACKS_NOTE,
    month_range_text,
    other_track_lengths,
    pgy_text,
    starts_after_first_year,
    until_text,
    years_figure,
)
from .rung_blocks import rung_blocks, start_rows

_ADVANCED = "advanced"  # in the name of a track that starts after a year elsewhere


def ladder_document(catalog: Catalog, ladder: Ladder, today: date) -> Document:
    """Return the page of a ladder from a specialty, a program, or somebody's training."""
    sections = (
        Section("start", "Where it starts", tuple(_start(catalog, ladder, today))),
        Section("rungs", "What can follow", tuple(_rungs(catalog, ladder, today))),
        Section("notes", "What to know", tuple(_notes(catalog, ladder))),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    return Document(
        kind="plan",
        id=f"ladder-{ladder.program.id if ladder.program else ladder.start.specialty}",
        title=ladder_title(catalog, ladder),
        subtitle=ladder_subtitle(catalog, ladder),
        sections=filled_sections,
        sources=section_sources(filled_sections),
    )


def ladder_title(catalog: Catalog, ladder: Ladder) -> str:
    """Return what a ladder is about."""
    if ladder.program is not None:
        return f"Ladder from {catalog.title_of(ladder.program)}"
    label = catalog.specialty[ladder.start.specialty].label
    return f"Ladder from your training: {label}" if ladder.training else f"Ladder from {label}"


def ladder_subtitle(catalog: Catalog, ladder: Ladder) -> str:
    """Return how many specialties and programs are on a ladder."""
    specialties = {branch.rung.specialty: branch.places for branch in branches_of(ladder.branches)}
    if ladder.is_nearby_only:
        programs = plural(sum(places.nearby_count for places in specialties.values()), "program")
        return f"{plural(len(specialties), 'specialty', 'specialties')} can follow here, with {programs}"
    programs = plural(sum(places.total for places in specialties.values()), "program")
    return f"{plural(len(specialties), 'specialty', 'specialties')} can follow, with {programs} in this data"


def _start(catalog: Catalog, ladder: Ladder, today: date) -> Iterator[Block]:
    specialty = catalog.specialty[ladder.start.specialty]
    label = Value(specialty.label, link=Link("specialty", specialty.id))
    yield FactRow("specialty", "Specialty", (label,))
    yield from start_rows(catalog, ladder.start)
    if starts_after_first_year(ladder.start, specialty):
        yield FactRow("first_year", "First year", (Value(FIRST_YEAR_ELSEWHERE),))
    if ladder.program is not None:
        if any(_ADVANCED in track.name.casefold() for track in ladder.program.tracks):
            yield FactRow("advanced", "Advanced track", (Value(FIRST_YEAR_ELSEWHERE),))
        facts = RecordFacts(catalog, ladder.program)
        yield from facts.stated_rows(("length_years", "own_residents"))
        yield from _other_lengths(ladder.program, facts)
    if ladder.training is not None and ladder.training.until is not None:
        yield FactRow("until", "You", (Value(until_text(ladder.training.until, today)),))


def _other_lengths(program: Program, facts: RecordFacts) -> Iterator[Block]:
    """Yield the tracks that take another time than their program, which the ladder doesn't count."""
    values = facts.values("tracks")
    lengths = other_track_lengths(program)
    if lengths:
        rows = tuple(
            values[program.tracks.index(track)]._replace(text=f"{track.name}: {length}") for track, length in lengths
        )
        yield FactRow("track_lengths", "Other tracks", rows)
        yield Paragraph(Value(TRACKS_NOTE), "muted")


def _rungs(catalog: Catalog, ladder: Ladder, today: date) -> Iterator[Block]:
    branches = branches_of(ladder.branches)
    if not branches:
        yield Paragraph(Value("Nothing in this data builds on it."))
        return
    is_dated = ladder.training is not None
    headings = ("Then", "Years", "In all", *(("Here", "Elsewhere") if ladder.program else ("Programs",)))
    rows = []
    for branch in branches:
        name = Value(catalog.specialty[branch.rung.specialty].label, link=Link("specialty", branch.rung.specialty))
        cells = (name, *map(Value, rung_figures(branch.rung)), *map(Value, program_figures(ladder, branch)))
        ends = branch_end(branch, branches, ladder.training, today) if ladder.training else None
        rows.append(TableRow((*cells, *((Value(month_range_text(ends) if ends else "—"),) if is_dated else ()))))
        rows[-1] = rows[-1]._replace(depth=len(branch.chain) - 2)
    yield Table((*headings, *(("Until",) if is_dated else ())), tuple(rows))


def rung_figures(rung: Rung) -> tuple[str, str]:
    """Return the years of a rung and all years to its end, for columns."""
    return years_figure(rung.years), years_figure(rung.total)


def program_figures(ladder: Ladder, branch: Branch) -> tuple[str, ...]:
    """Return how many programs are here and elsewhere, or how many there are; "1 j" where one is run jointly."""
    places = branch.places
    if ladder.program is None:
        return (f"{places.total:,}" if places.total else "—",)
    is_joint = any(each.is_joint or each.proximity == "joint" for each in places.nearby if each.proximity != "system")
    here = f"{places.nearby_count}{' j' if is_joint else ''}" if places.nearby_count else "—"
    others = places.total - places.nearby_count
    return here, f"{others:,}" if others else "—"


def _notes(catalog: Catalog, ladder: Ladder) -> Iterator[Block]:
    branches = branches_of(ladder.branches)
    for note in ladder_notes(ladder):
        yield Paragraph(Value(f"{note}."))
    figures = "".join(figure for branch in branches for figure in rung_figures(branch.rung))
    if GENERAL_MARK in figures:
        yield Paragraph(Value(f"{GENERAL_NOTE}."), "muted")
    if "+" in figures or any("—" in rung_figures(branch.rung)[0] for branch in branches):
        yield Paragraph(Value("A plus sign is “at least”: a length on the way is not stated."), "muted")
    if ladder.program is not None:
        yield Paragraph(Value("j: run jointly with another institution."), "muted")


def ladder_notes(ladder: Ladder) -> tuple[str, ...]:
    """Return what holds for a whole ladder."""
    promises = () if ladder.program is None or ladder.program.own_residents else (NO_PROMISE_NOTE,)
    return (*promises, FULL_TIME_NOTE, SWITCHING_NOTE)


def branch_document(catalog: Catalog, ladder: Ladder, branch: Branch, today: date) -> Document:
    """Return the page of one rung: what must come before, where its programs are, how and when to apply."""
    specialty = catalog.specialty[branch.rung.specialty]
    blocks = list(rung_blocks(catalog, branch.rung, branch.places, today))
    if ladder.training is not None:
        ends = branch_end(branch, branches_of(ladder.branches), ladder.training, today)
        if ends is not None:
            blocks.insert(1, FactRow("ends", "For you", (Value(f"until {month_range_text(ends)}"),)))
    section = Section("rung", "Details", tuple(blocks))
    base = catalog.specialty[branch.rung.base].label
    return Document(
        kind="plan",
        id=f"rung-{specialty.id}",
        title=f"{specialty.label} · builds on {base}",
        subtitle=pgy_text(branch.rung),
        sections=(section,),
        reliability=ladder_notes(ladder)[:-1],
        sources=section_sources((section,)),
    )
