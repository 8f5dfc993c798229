"""Questions to ask a program about facts that no source states.

A field that nobody would ask about in person, such as an id, has no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Field -> question, in the order of a conversation.
QUESTIONS: Mapping[str, str] = {
    "accreditation": "Who accredits the program, and what is its current status?",
    "length_years": "How many years is the training?",
    "positions_per_year": "How many positions are offered each year?",
    "tracks": "Are there tracks, and do they have separate match codes?",
    "sites": "Where do trainees work?",
    "start": "When does training start?",
    "application_service": "Which application service do you use?",
    "match": "Which match does the program take part in?",
    "nrmp_codes": "What is the program's match code?",
    "deadlines": "When do applications open and close?",
    "requirements": "What do you require of applicants: exams, scores, letters, years since graduation?",
    "visa": "Which visas does the institution sponsor?",
    "curriculum": "How is time divided among rotations, research and electives?",
    "benefits": "What are the salary and benefits?",
}


def questions(unstated_keys: Iterable[str]) -> list[str]:
    """Return the questions for fields that no source states, each once."""
    keys = set(unstated_keys)
    return [question for key, question in QUESTIONS.items() if key in keys]
