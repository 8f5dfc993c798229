"""What to ask a program where no page read states it, in the order of a conversation.

A field that nobody would ask about in person, such as an id, has no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

QUESTIONS: Mapping[str, str] = {
    "accreditation": "Who accredits the program, and what is its status now?",
    "length_years": "How many years does the training take?",
    "positions_per_year": "How many places are offered each year?",
    "tracks": "Are there tracks, and do they have match codes of their own?",
    "sites": "Where do trainees work?",
    "start": "When does the training begin?",
    "application_service": "Through which service does one apply?",
    "match": "In which match does the program take part?",
    "nrmp_codes": "What is its code in the match?",
    "deadlines": "When does the application open, and when does it close?",
    "requirements": "What must an applicant have: examinations, scores, letters, years since graduation?",
    "visa": "Which visas does the institution sponsor?",
    "curriculum": "How is the time divided between rotations, research and electives?",
    "benefits": "What are the salary and the benefits?",
}


def questions(keys: Iterable[str]) -> list[str]:
    """Return the questions for fields that nobody states, each once."""
    wanted = set(keys)
    return [question for key, question in QUESTIONS.items() if key in wanted]
