"""Pages of institutions and specialties, and how complete the data is."""

from __future__ import annotations

from collections.abc import Iterable

from ...catalog.completeness import COUNTED, Share, coverage
from ...catalog.facts import NOT_STATED, institution_facts, specialty_facts
from ...catalog.models import KIND_LABELS, Catalog, Institution, Program, Specialty
from ...catalog.training_length import years_in_all, years_text
from .institution_sections import write_about, write_applying, write_pay, write_statements, write_visiting
from .page_writer import Detail, Writer
from .sources import write_sources
from .spans import Line, fit, right, wrap

#: A page that speaks of a year before this one counts as old.
OLDER_THAN = 2020
_BAR = 20


def institution_page(catalog: Catalog, institution: Institution, width: int) -> Detail:
    """Return an institution in full for a pane of `width` cells."""
    writer = Writer(max(20, width))
    writer.section("Mission")
    write_statements(writer, catalog, institution)
    _or_not_stated(writer)
    writer.section("About")
    write_about(writer, catalog, institution)
    writer.section("Applying")
    write_applying(writer, catalog, institution)
    asked = next(fact for fact in institution_facts(catalog, institution) if fact.key == "requirements")
    if asked.values:
        rows = [f"{item.topic}: {text}" for item, text in zip(institution.requirements, asked.shown, strict=True)]
        writer.fact("Asked of all", rows, asked.citations)
    _or_not_stated(writer)
    if institution.routes:
        writer.section("Visiting")
        write_visiting(writer, catalog, institution)
    writer.section("Pay")
    write_pay(writer, catalog, institution)
    _or_not_stated(writer)
    writer.section("Programs")
    _programs(writer, catalog, catalog.programs_of(institution.id))
    write_sources(writer, catalog, {})
    place = ", ".join(filter(None, (institution.city, institution.state)))
    count, own = len(catalog.programs_of(institution.id)), len(catalog.sponsored_by(institution.id))
    others = f", {count - own} of them under a partner" if count > own else ""
    return writer.page(_heading(institution.name, f"{place} · {_programs_here(count)}{others}", width))


def _or_not_stated(writer: Writer) -> None:
    """Say so where nothing was written into a section."""
    if writer.is_at_heading:
        writer.text(NOT_STATED, "unstated")


def specialty_page(catalog: Catalog, specialty: Specialty, width: int) -> Detail:
    """Return a specialty in full for a pane of `width` cells."""
    writer = Writer(max(20, width))
    writer.section("Overview")
    for fact in specialty_facts(catalog, specialty):
        if not fact.values or fact.key in ("id", "name", "display", "group"):
            continue
        known = fact.citations or fact.key in specialty.provenance.general_knowledge
        if known:
            writer.fact(fact.label, fact.shown, fact.citations)
        else:
            writer.plain(fact.label, fact.text)  # written for gmetui
    whole = years_text(years_in_all(catalog, specialty.id))
    if specialty.parents and whole:
        writer.plain("In all", f"{whole} years from the first postgraduate year, by the lengths of what it builds on")
    below = [other for other in catalog.specialties if specialty.id in other.parents]
    if below:
        writer.section("Builds on it")
        for other in sorted(below, key=lambda other: other.label.casefold()):
            years = f", {other.length_years} y" if other.length_years else ""
            words = f"{other.label} ({KIND_LABELS[other.kind].casefold()}{years})"
            writer.link(words, f"specialty:{other.id}", "  ")
    writer.section("Programs here")
    here = [program for program in catalog.programs if program.specialty == specialty.id]
    _programs(writer, catalog, here)
    write_sources(writer, catalog, {})
    about = f"{KIND_LABELS[specialty.kind]}{f' · ACGME code {specialty.code}' if specialty.code else ''}"
    return writer.page(_heading(specialty.label, f"{about} · {_programs_here(len(here))} here", width))


def _programs_here(count: int) -> str:
    return f"{count} program{'s' * (count != 1)}"


def _programs(writer: Writer, catalog: Catalog, programs: Iterable[Program]) -> None:
    kind = None
    for program in sorted(programs, key=lambda program: (tuple(KIND_LABELS).index(program.kind), program.name)):
        if program.kind != kind:
            kind = program.kind
            writer.gap()
            writer.text(KIND_LABELS[kind], "strong")
        place = catalog.institution[program.institution].short
        writer.link(f"{program.name} · {place}", f"id:{program.id}", "  ")
    if kind is None:
        writer.text("None in this data.", "muted")


def coverage_page(catalog: Catalog, institution: str | None, width: int) -> Detail:
    """Return how complete the data of one institution is, or (None) of all."""
    writer = Writer(max(20, width))
    shares = [share for share in coverage(catalog, OLDER_THAN) if institution in (None, share.institution)]
    writer.section("Stated")
    writer.text("How many programs state each field, and of those: by a third party only, undated, old.", "muted")
    writer.blank()
    numbers = ("stated", "third", "undated", f"<{OLDER_THAN}")
    room = max(12, writer.width - _BAR - 8 * len(numbers) - 1)
    writer.add((fit("", room + _BAR + 1), "text"), ("".join(right(name, 8) for name in numbers), "heading"))
    for field in COUNTED:
        total = _sum(share for share in shares if share.field == field.key)
        filled = round(_BAR * total.stated / total.programs) if total.programs else 0
        cells = (f"{total.stated / total.programs:.0%}" if total.programs else "–", *_rest(total))
        writer.add(
            (fit(field.label, room), "text"),
            ("━" * filled, "tick"),
            ("─" * (_BAR - filled) + " ", "muted"),
            ("".join(right(cell, 8) for cell in cells), "text"),
            query=f"has:{field.key}" + (f" institution:{institution}" if institution else ""),
        )
    _ages(writer, catalog)
    stated, asked = sum(share.stated for share in shares), sum(share.programs for share in shares)
    whose = catalog.institution[institution].name if institution else "All institutions"
    words = f"{stated:,} of {asked:,} facts are stated ({stated / asked:.0%})" if asked else "no programs"
    return writer.page(_heading(whose, words, width))


def _rest(total: Share) -> tuple[str, ...]:
    return tuple(str(number) if number else "–" for number in (total.third_party, total.undated, total.older))


def _sum(shares: Iterable[Share]) -> Share:
    found = tuple(shares)
    return Share("", "", *(sum(column) for column in zip(*(share[2:] for share in found), strict=True)))


def _ages(writer: Writer, catalog: Catalog) -> None:
    """Say whose pages the data was read on."""
    writer.section("Pages")
    for publisher, words in (
        ("institution", "institutions"),
        ("official", "official"),
        ("third-party", "third parties"),
    ):
        count = sum(source.publisher == publisher for source in catalog.sources)
        writer.plain(words.capitalize(), f"{count:,} of {len(catalog.sources):,}")
    dated = sum(source.as_of is not None for source in catalog.sources)
    writer.plain("With a date", f"{dated:,}; the date of others stands beside each fact where it is known")
    edition = catalog.edition
    writer.plain(
        "Edition", f"{edition.version} of {edition.date}; pages read up to {edition.read_by or 'an unknown month'}"
    )


def _heading(name: str, about: str, width: int) -> list[Line]:
    return [*(((part, "title"),) for part in wrap(name, width)[:2]), ((fit(about, width), "muted"),)]
