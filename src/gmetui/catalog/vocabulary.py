"""How a key of the data files is declared, and the words that closed lists allow."""

from __future__ import annotations

from typing import Literal, NamedTuple

Shape = Literal[
    "text",
    "texts",
    "id",
    "ids",
    "address",
    "integer",
    "size",
    "flag",
    "names",
    "flag or names",
    "pages",
    "pay",
    "figures",
    "moment",
    "item",
    "items",
]

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
ROUTES = ("rotator", "visiting student", "observer", "verification of training")
STRENGTHS = ("required", "preferred", "considered")
APPLICANTS = ("US graduates", "international graduates", "osteopathic graduates")
MOMENTS = ("application", "interview", "rank list", "match", "appointment", "start", "PGY-1", "PGY-2", "graduation")
EXAMINATIONS = (
    "USMLE Step 1",
    "USMLE Step 2 CK",
    "USMLE Step 3",
    "COMLEX Level 1",
    "COMLEX Level 2",
    "COMLEX Level 3",
    "COMLEX",
    "ABSITE",
    "CREOG",
    "CBSE",
    "NBDE",
    "TOEFL or IELTS",
)
VISAS = ("J-1", "H-1B", "F-1", "O-1", "TN", "E-3", "J-2")
BENEFITS = ("pay", "leave", "insurance", "housing", "transport", "education", "licence", "union", "supplies")
DATES = (
    "opening",
    "application",
    "reading",
    "documents",
    "examination",
    "interview",
    "invitation",
    "rank list",
    "match",
    "start",
)
FIGURES = (
    "programs",
    "ACGME programs",
    "residencies",
    "non-ACGME programs",
    "nonstandard programs",
    "specialties",
    "affiliated hospitals",
    "trainees",
    "positions",
)
#: A date, a month, or without a year a day of a month or a month: "2025-10-01", "2025-10", "10-01", "10".
MOMENT_FORM = r"(?:\d{4}-)?(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?"


class Field(NamedTuple):
    """One key: what shape its value has, what it is called on screen and what it means."""

    key: str
    shape: Shape
    label: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    table: str = ""


def optional(key: str, shape: Shape, label: str, meaning: str, choices: tuple[str, ...] = ()) -> Field:
    """Declare a key that may be left out."""
    return Field(key, shape, label, meaning, choices=choices)


def required(key: str, shape: Shape, label: str, meaning: str, choices: tuple[str, ...] = ()) -> Field:
    """Declare a key that must be there."""
    return Field(key, shape, label, meaning, required=True, choices=choices)


def items(key: str, table: str, label: str, meaning: str) -> Field:
    """Declare a list of items of one table, each of which may be written as plain text."""
    return Field(key, "items", label, meaning, table=table)
