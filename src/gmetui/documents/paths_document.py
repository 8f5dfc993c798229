"""The page of every way to become something: the chains with their years, what they take, and where programs are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..catalog.catalog import Catalog
from ..planning.ladder import Rung, Training
from ..planning.ladder_paths import PathPlan, TrainingPath, end_after
from ..planning.nearby_programs import NO_PLACES
from ..planning.training_years import Years
from ..text import plural
from .document import Block, Document, FactRow, Group, Link, Paragraph, Section, Value
from .fact_rows import specialty_record_facts
from .institution_document import section_sources
from .ladder_words import (
    FULL_TIME_NOTE,
    GENERAL_MARK,
    GENERAL_NOTE,
    SWITCHING_NOTE,
    chain_text,
    first_year_text,
    month_range_text,
    until_text,
    years_phrase,
)
from .rung_blocks import places_text, rung_blocks


def paths_document(catalog: Catalog, path_plan: PathPlan, today: date) -> Document:
    """Return the page of the ways to some specialties."""
    sections = (
        Section("yours", "From where you are", tuple(_from_training(catalog, path_plan, today))),
        Section("paths", "Ways", tuple(_paths(catalog, path_plan))),
        Section("takes", "What it takes", tuple(_requirements(catalog, path_plan, today))),
        Section("programs", "Programs", tuple(_programs(catalog, path_plan))),
        Section("notes", "What to know", tuple(_notes(catalog, path_plan))),
    )
    filled_sections = tuple(section for section in sections if section.blocks)
    labels = dict.fromkeys(catalog.specialty[target].label for target in path_plan.targets)
    total = f"{years_phrase(path_plan.total)} in all" if path_plan.paths else ""
    return Document(
        kind="plan",
        id=f"to-{'-'.join(path_plan.targets)}",
        title=f"To become: {', '.join(labels)}",
        subtitle=" · ".join(filter(None, (total, plural(len(path_plan.paths), "way")))),
        sections=filled_sections,
        sources=section_sources(filled_sections),
    )


def _paths(catalog: Catalog, path_plan: PathPlan) -> Iterator[Block]:
    if not path_plan.paths:
        yield Paragraph(Value("No way from medical school is known: its prerequisites name no specialty of the data."))
    yield from _path_rows(catalog, path_plan.paths)
    if path_plan.combined_paths:
        rows = tuple(_path_rows(catalog, path_plan.combined_paths))
        yield Group("Combined residencies as a start", rows, is_closed=True, size=len(path_plan.combined_paths))


def _path_rows(catalog: Catalog, paths: Iterable[TrainingPath]) -> Iterator[FactRow]:
    """Yield ways of the same number of years as one row."""
    by_total: dict[str, list[TrainingPath]] = {}
    for training_path in paths:
        by_total.setdefault(years_phrase(training_path.total), []).append(training_path)
    for total, same_length_paths in by_total.items():
        yield FactRow("path", total, tuple(_path_value(catalog, training_path) for training_path in same_length_paths))


def _path_value(catalog: Catalog, training_path: TrainingPath) -> Value:
    """Return a way: "Anesthesiology 4 (PGY-1 here or elsewhere) → Pain medicine 1"."""
    first = catalog.specialty[training_path.rungs[0].specialty]
    remarks = [first_year_text(first)] if first.base_year in ("either", "separate") else []
    if first.kind == "other" and first.prerequisite:
        remarks.append(f"after a {first.prerequisite[:1].lower()}{first.prerequisite[1:]}")
    remark = f" ({'; '.join(remarks)})" if remarks else ""
    start, others = chain_text(catalog, training_path.rungs[:1]), chain_text(catalog, training_path.rungs[1:])
    return Value(f"{start}{remark}{f' → {others}' if others else ''}", link=Link("specialty", training_path.target))


def _from_training(catalog: Catalog, path_plan: PathPlan, today: date) -> Iterator[Block]:
    if path_plan.training is None:
        return
    training = path_plan.training
    label = catalog.specialty[training.specialty].label
    until = until_text(training.until, today) if training.until else ""
    yield FactRow("training", "You", (Value(", ".join(filter(None, (label, until)))),))
    continuing = [
        training_path for training_path in (*path_plan.paths, *path_plan.combined_paths) if training_path.done_count
    ]
    if not continuing:
        yield Paragraph(Value("None of the ways goes on from it: another residency comes first."))
    for training_path in continuing or path_plan.paths[:1]:
        if training_path.remaining:
            text = chain_text(catalog, training_path.remaining)
            yield FactRow(
                "remaining",
                _remaining_label(training_path),
                (Value(f"{text}: {_years_left(training_path)}{_end_text(training, training_path, today)}"),),
            )
        else:
            yield FactRow("remaining", "Then", (Value("nothing more: your training is the whole way"),))


def _years_left(training_path: TrainingPath) -> str:
    """Return the years of what is still to come: "4 more years", "3 to 4 more years"."""
    return years_phrase(training_path.remaining_years).replace(" year", " more year")


def _remaining_label(training_path: TrainingPath) -> str:
    return "Then" if training_path.done_count else "Anew"


def _end_text(training: Training, training_path: TrainingPath, today: date) -> str:
    """Return when each rung that is still to come ends: "; until June 2032, then June 2033"."""
    years = Years(0, 0)
    ends: list[str] = []
    for ladder_rung in training_path.remaining:
        years += ladder_rung.years if training_path.done_count or ends else ladder_rung.before + ladder_rung.years
        months = end_after(training, years, today)
        if months is None:
            return ""
        ends.append(month_range_text(months))
    return f"; until {', then '.join(ends)}"


def _requirements(catalog: Catalog, path_plan: PathPlan, today: date) -> Iterator[Block]:
    """Yield what each kind of rung takes: the residencies together, then each later rung."""
    starts = _distinct(training_path.rungs[0] for training_path in path_plan.paths if len(training_path.rungs) > 1)
    for label, key in (("Degree", "prerequisite"), ("Residency", "application"), ("Residency match", "match")):
        texts: dict[str, Value] = {}
        for ladder_rung in starts:
            for value in specialty_record_facts(catalog, ladder_rung.specialty).values(key):
                texts.setdefault(value.text, value)
        if texts:
            yield FactRow(key, label, tuple(texts.values()))
    for ladder_rung in _distinct(
        ladder_rung
        for training_path in path_plan.paths
        for ladder_rung in training_path.rungs[1:] or training_path.rungs
    ):
        specialty = catalog.specialty[ladder_rung.specialty]
        rows = tuple(row for row in rung_blocks(catalog, ladder_rung, NO_PLACES, today) if _is_requirement(row))
        yield Group(specialty.label, rows)


def _is_requirement(block: Block) -> bool:
    return isinstance(block, FactRow) and block.key not in ("programs", "in_all")


def _distinct(rungs: Iterable[Rung]) -> Sequence[Rung]:
    return tuple({ladder_rung.specialty: ladder_rung for ladder_rung in rungs}.values())


def _programs(catalog: Catalog, path_plan: PathPlan) -> Iterator[Block]:
    for target in path_plan.targets:
        programs = tuple(catalog.programs_in(target))
        text = places_text(catalog, programs) if programs else "None in this data"
        yield FactRow("programs", catalog.specialty[target].label, (Value(text),))


def _notes(catalog: Catalog, path_plan: PathPlan) -> Iterator[Block]:
    yield Paragraph(Value(f"{FULL_TIME_NOTE}."))
    if path_plan.training is not None:
        yield Paragraph(Value(f"{SWITCHING_NOTE}."))
    if any(GENERAL_MARK in chain_text(catalog, training_path.rungs) for training_path in path_plan.every_path):
        yield Paragraph(Value(f"{GENERAL_NOTE}."), "muted")
