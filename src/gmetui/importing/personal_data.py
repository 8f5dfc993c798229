"""Keep people out of imported lists: their names, addresses, mail and telephone numbers, wherever a row has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: Words in headings of columns about people.
_PERSON_WORDS = frozenset(
    (
        *(
            "director",
            "directors",
            "coordinator",
            "coordinators",
            "email",
            "mail",
            "emails",
            "phone",
            "telephone",
            "tel",
        ),
        *(
            "fax",
            "mobile",
            "cell",
            "chair",
            "chairman",
            "chairperson",
            "chief",
            "chiefs",
            "faculty",
            "contact",
            "contacts",
        ),
        *("pd", "apd", "dio", "pds", "apds", "administrator", "manager", "secretary", "liaison", "attn", "attention"),
        *("interviewer", "interviewers", "mentor", "twitter", "linkedin"),
    )
)
#: Headings with such a word that are about something else.
_OTHER_HEADINGS = re.compile(r"\b(?:chief year|contact (?:hours|lens)|cell (?:biology|therapy))\b")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(
    r"(?:(?:tel|phone|fax|call|ph)\b[.:]? *)?(?:\+?1[-. ]?)?\(?\b\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4}\b"
    r"(?: *(?:x|ext\.?) *\d{1,6})?",
    re.IGNORECASE,
)
_DEGREE = (
    r"(?:MD|M\.D\.|DO|D\.O\.|PhD|Ph\.D\.|MBBS|MPH|MBA|MS|MSc|MHA|MEd|RN|DDS|DMD|PharmD|PsyD|FAC[A-Z]{1,3}|JD)\b\.?"
)
_INITIAL_OR_NAME = r"[A-Z][\w'’-]*\.?"
_DEGREED_NAME = re.compile(rf"{_INITIAL_OR_NAME}(?: {_INITIAL_OR_NAME}){{1,4}},? +{_DEGREE}(?:, *{_DEGREE})*")
_TITLED_NAME = re.compile(rf"\b(?:Dr|Drs|Prof|Mr|Ms|Mrs)\.? {_INITIAL_OR_NAME}(?: {_INITIAL_OR_NAME}){{0,3}}")
_ATTENTION = re.compile(r"^(?:attn|attention|c/o)\b[^0-9]*", re.IGNORECASE)
_ROLE_AND_NAME = re.compile(
    rf"\b(?:PD|APD|DIO|Director|director|Coordinator|coordinator|Chair|chair|Contact|contact)\b(?: is|:)?"
    rf" {_INITIAL_OR_NAME} {_INITIAL_OR_NAME}"
)
_MAX_CELL = 2_000
_MIN_SURNAME = 3  # letters
_MAX_REMEMBERED_CELLS, _MAX_REMEMBERED_LENGTH = 20_000, 100  # characters


def is_personal_heading(heading: str) -> bool:
    """Return whether a normalized heading is of a column about people."""
    return not _PERSON_WORDS.isdisjoint(heading.split()) and not _OTHER_HEADINGS.search(heading)


def is_personal(cell: str) -> bool:
    """Return whether a cell is nothing but a person's name with a degree or title, mail or telephone number."""
    cell = cell[:_MAX_CELL].strip()
    return any(form.fullmatch(cell) for form in (_MAIL, _TELEPHONE, _DEGREED_NAME, _TITLED_NAME))


def surnames(cells: Iterable[str]) -> frozenset[str]:
    """Return the last names in cells of people, in lower case: "Jane Q. Doe, MD; A. Roe" gives "doe" and "roe"."""
    names = (name for cell in cells for name in re.split(r"[;/\n]|, (?=[A-Z]\. )| and ", cell[:_MAX_CELL]))
    last_names = (re.findall(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*", name.partition(",")[0]) for name in names)
    return frozenset(words[-1].casefold() for words in last_names if words and len(words[-1]) >= _MIN_SURNAME)


def without_people(cell: str, people: frozenset[str] = frozenset()) -> str:
    """Return a cell without the sentences and parts that hold mail, telephone numbers or names of people.

    `people` are last names that other columns of the row give.
    """
    return (
        _without_people_in_short_cell(cell, people) if len(cell) <= _MAX_REMEMBERED_LENGTH else _without(cell, people)
    )


def _without(cell: str, people: frozenset[str]) -> str:
    text = _ATTENTION.sub("", cell[:_MAX_CELL])
    if text == cell and not _names_person(text, people):
        return cell
    parts = re.split(r"(?<=[.;!?])\s+|;\s*|,\s+(?=\d)", text)
    return "; ".join(part.strip(" ,;") for part in parts if part and not _names_person(part, people)).strip()


#: Most cells of a list are repeated many times.
_without_people_in_short_cell = lru_cache(_MAX_REMEMBERED_CELLS)(_without)


def _names_person(text: str, people: frozenset[str]) -> bool:
    if any(form.search(text) for form in (_MAIL, _TELEPHONE, _DEGREED_NAME, _TITLED_NAME, _ROLE_AND_NAME)):
        return True
    return bool(people) and any(word.casefold() in people for word in re.findall(r"[^\W\d_]{3,}", text))


def clean_extras(extras: Sequence[tuple[str, str]], people: frozenset[str]) -> tuple[list[tuple[str, str]], int]:
    """Return (title, cell) pairs without what is about people, and how many cells lost something."""
    cleaned = [(title, without_people(cell, people)) for title, cell in extras]
    changed = sum(before != after for (_title, before), (_same, after) in zip(extras, cleaned, strict=True))
    return [(title, cell) for title, cell in cleaned if cell], changed
