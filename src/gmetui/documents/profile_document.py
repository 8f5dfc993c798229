"""The page of the reader's own profile: what it says, and what else would change a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from ..catalog.catalog import Catalog
from ..catalog.countries import country_name, language_name
from ..catalog.schema import fields_of
from ..planning.exam_findings import short_exam_name
from ..planning.fit_table import MissingAnswer
from ..planning.fit_words import (
    NOT_ANSWERED,
    PRIVACY_NOTE,
    exam_words,
    profile_line,
    question_words,
    training_words,
)
from ..planning.profile import ClinicalExperience, Profile, TrainingRecord
from ..text import format_date, plural
from .document import Block, Document, FactRow, Paragraph, Section, Value

_Entry = TypeVar("_Entry")

_MAX_QUESTIONS = 8
_WELCOME: tuple[Block, ...] = (
    Paragraph(
        Value(
            "Tell gmetui about yourself, and it compares your answers with what each program's page states: what you "
            "meet, what counts against you, and what is unclear."
        )
    ),
    Paragraph(
        Value("Nothing is required. Everything stays in a file on this computer, and is in no export and no web page.")
    ),
)
_NONE = "none"
_UNTOLD = (Value(NOT_ANSWERED),)


def profile_document(
    catalog: Catalog, profile: Profile, name: str, missing: Sequence[MissingAnswer], *, notices: Sequence[str] = ()
) -> Document:
    """Return the page of a profile. `missing` are the questions that it leaves open, the most useful first."""
    rows = {
        "person": ("You", tuple(_person_rows(catalog, profile))),
        "exams": ("Exams and certificates", tuple(_exam_rows(profile))),
        "record": ("Training and experience", tuple(_record_rows(catalog, profile))),
    }
    untold = tuple(row for _, section_rows in rows.values() for row in section_rows if not _is_told(row))
    sections = [
        Section("welcome", "Welcome", _WELCOME if profile.is_empty else ()),
        *(
            Section(key, title, tuple(row for row in section_rows if _is_told(row)))
            for key, (title, section_rows) in rows.items()
        ),
        Section("missing", "Worth answering first", tuple(_question_rows(missing))),
        Section("untold", "Not answered, and optional", untold),
    ]
    return Document(
        kind="plan",
        id=f"profile-{name}",
        title="You",
        subtitle=f"profile “{name}” · {profile_line(profile)}",
        sections=tuple(section for section in sections if section.blocks),
        reliability=tuple(notices) if profile.is_empty else (*notices, PRIVACY_NOTE),
    )


def _is_told(row: FactRow) -> bool:
    return row.values != _UNTOLD


def _row(key: str, label: str, texts: Iterable[str] | None) -> FactRow:
    """Return a row of the profile: what it tells, "none", or that it tells nothing."""
    values = _UNTOLD if texts is None else tuple(map(Value, texts)) or (Value(_NONE),)
    return FactRow(key, label, values)


def _one(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else (text,)


def _named(codes: Sequence[str] | None, name_of: Callable[[str], str]) -> list[str] | None:
    return None if codes is None else list(map(name_of, codes))


def _person_rows(catalog: Catalog, profile: Profile) -> Iterator[FactRow]:
    visa, aim = profile.visa, profile.aim
    yield _row("degree", "Degree", profile.degree)
    yield _row("school_country", "School in", _one(profile.school_country and country_name(profile.school_country)))
    yield _row("graduation", "Graduation", _one(format_date(profile.graduation) if profile.graduation else None))
    yield _row("citizenship", "Citizenship", _named(profile.citizenship, country_name))
    yield _row("residence", "Status in the US", _one(profile.residence))
    needed = visa.needed if visa else None
    yield _row("visa.needed", "Visa", None if needed is None else ("needed" if needed else "not needed",))
    if needed is not False:
        yield _row("visa.will_take", "Would take", visa.will_take if visa else None)
        yield _row("visa.in_us_as", "In the US as", _one(visa.in_us_as if visa else None))
    yield _row("languages", "Languages", _named(profile.languages, language_name))
    yield _row("letters", "Letters", None if profile.letters is None else (str(profile.letters),))
    yield _row("military", "Military", _one(profile.military))
    yield _row("home", "Home hospitals", _named(profile.home, lambda each: _institution_name(catalog, each)))
    yield _row("aim.start", "Start", _one(format_date(aim.start) if aim and aim.start else None))
    yield _row("aim.kind", "Applying for", _one(aim.kind if aim else None))
    specialties = aim.specialties if aim else None
    yield _row("aim.specialties", "Specialties", _named(specialties, lambda each: _specialty_name(catalog, each)))


def _exam_rows(profile: Profile) -> Iterator[FactRow]:
    """Yield a row for each exam and certificate, under the key by which it is changed: "exam[0]"."""
    if not profile.exam:
        yield _row("exam", "Exams", None if profile.exam is None else ())
    for index, result in enumerate(profile.exam or ()):
        yield _row(f"exam[{index}]", short_exam_name(result.name), (exam_words(result),))
    if not profile.certificate:
        yield _row("certificate", "Certificates", None if profile.certificate is None else ())
    for index, record in enumerate(profile.certificate or ()):
        yield _row(f"certificate[{index}]", record.name, (_issue_words(record.issued, record.expected),))


def _record_rows(catalog: Catalog, profile: Profile) -> Iterator[FactRow]:
    """Yield a row for each training, experience and license, under the key by which it is changed."""
    yield from _entry_rows("training", "Training", profile.training, lambda each: _training_text(catalog, each))
    yield from _entry_rows("clinical", "Clinical experience", profile.clinical, _experience_words)
    yield from _entry_rows(
        "license", "Licenses", profile.license, lambda each: " · ".join(filter(None, (each.state, each.kind)))
    )


def _entry_rows(
    table: str, label: str, entries: Sequence[_Entry] | None, words: Callable[[_Entry], str]
) -> Iterator[FactRow]:
    if not entries:
        yield _row(table, label, () if entries is not None else None)
    for index, entry in enumerate(entries or ()):
        yield _row(f"{table}[{index}]", label, (words(entry),))


def _issue_words(issued: str | None, expected: str | None) -> str:
    if issued:
        return f"issued {format_date(issued)}"
    return f"expected {format_date(expected)}" if expected else "not issued yet"


def _training_text(catalog: Catalog, record: TrainingRecord) -> str:
    """Return a training with its program: "Internal Medicine · Jul 1, 2025 – Jun 30, 2028 · under way"."""
    program = catalog.program.get(record.program or "")
    title = catalog.title_of(program) if program else record.program
    specialty = _specialty_name(catalog, record.specialty)
    return " · ".join(filter(None, (specialty, training_words(record), title)))


def _institution_name(catalog: Catalog, institution_id: str) -> str:
    institution = catalog.institution.get(institution_id)
    return institution.short_name if institution else institution_id


def _specialty_name(catalog: Catalog, specialty_id: str | None) -> str:
    specialty = catalog.specialty.get(specialty_id or "")
    return specialty.label if specialty else specialty_id or ""


def _experience_words(record: ClinicalExperience) -> str:
    months = plural(record.months, "month") if record.months else ""
    until = f"until {format_date(record.last)}" if record.last else ""
    return " · ".join(filter(None, (record.kind, months, record.country and country_name(record.country), until)))


def _question_rows(missing: Sequence[MissingAnswer]) -> Iterator[Block]:
    """Yield a row for each question, under the key "?exam:USMLE Step 3" of what would answer it."""
    labels = {field.key: field.label for field in fields_of(Profile)}
    for answer in missing[:_MAX_QUESTIONS]:
        key, finer = answer.question
        text = f"{question_words(answer.question)} · affects {plural(answer.program_count, 'program')}"
        yield FactRow(f"?{key}:{finer}", labels.get(key, key), (Value(text),))
    if len(missing) > _MAX_QUESTIONS:
        more = plural(len(missing) - _MAX_QUESTIONS, "question")
        yield Paragraph(Value(f"{more} more that each affect fewer programs."), "muted")
