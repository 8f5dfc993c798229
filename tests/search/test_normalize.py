from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.search.normalize import fold_word, joined, raw_words, words


@pytest.mark.parametrize(
    "same",
    [
        ("OB/GYN", "ob-gyn", "obgyn", "Ob Gyn", "ob & gyn"),
        ("E.N.T.", "ENT", "e n t"),
        ("Paediatrics", "pediatric", "PEDIATRICS"),
        ("Anaesthesia", "anesthesia"),
        ("Orthopaedic", "orthopedics"),
        ("Haematology", "hematology"),
        ("Gynaecology", "gynecology"),
        ("Infectious Diseases", "infectious disease"),
        ("Hematology + Oncology", "Hematology and Oncology", "Hematology & Oncology"),
        ("licence", "license"),
        ("dermatologist", "Dermatologists", "dermatology"),
        ("Paediatrician", "pediatrics"),
        ("surgeons", "surgery"),
        ("psychiatrist", "psychiatry"),
        ("behavioural", "behavioral"),
        ("tumour", "tumor"),
        ("specialisation", "specialization"),
        ("centre", "center"),
        ("Children's", "Childrens", "Children’s"),
        ("Río", "rio"),
        ("A&I", "a/i", "AI"),
        ("PM&R", "PM and R", "pmr"),
        ("allergies", "allergy"),
    ],
)
def test_the_same_after_folding(same: tuple[str, ...]) -> None:
    assert len({joined(text) for text in same}) == 1


@pytest.mark.parametrize(("one", "other"), [("EP", "ER"), ("gas", "ga"), ("us", "u"), ("process", "proces")])
def test_different_after_folding(one: str, other: str) -> None:
    assert joined(one) != joined(other)


@given(st.text(max_size=60))
def test_folding_is_total_and_lower_case(text: str) -> None:
    for word in words(text):
        assert word
        assert not word.isascii() or word == word.casefold()
        assert " " not in word


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_words_fold_one_by_one(text: str) -> None:
    assert words(text) == [fold_word(raw) for raw in raw_words(text)]
